import type { FieldMeaning } from "../../plan/index.ts";
import type { Control } from "./control.ts";

export type Taken = { control: Control; score: number; margin: number } | { missing: "not-found" | "ambiguous"; detail?: string };

export function takeByMeaning(_controls: readonly Control[], _field: FieldMeaning, _fits: (control: Control) => boolean): Taken {
  return { missing: "not-found" };
}
