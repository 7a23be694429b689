/** What a channel asked for, and whether a change is of that kind. Filters as hosted: `column=op.value`. */
import { z } from "zod";

export const wishSchema = z.object({
  event: z.enum(["*", "INSERT", "UPDATE", "DELETE"]),
  schema: z.string(),
  table: z.string().optional(),
  filter: z.string().optional(),
});
export type Wish = z.infer<typeof wishSchema>;

export const changeSchema = z.object({
  schema: z.string(),
  table: z.string(),
  type: z.enum(["INSERT", "UPDATE", "DELETE"]),
  id: z.string(),
  workspace_id: z.string().nullable(),
});
export type Change = z.infer<typeof changeSchema>;

export const wantsKind = (wish: Wish, change: Change): boolean =>
  (wish.event === "*" || wish.event === change.type) &&
  (wish.schema === "*" || wish.schema === change.schema) &&
  (wish.table === undefined || wish.table === "*" || wish.table === change.table);

const compare = (left: unknown, right: string): number => {
  if (typeof left === "number") return left - Number(right);
  const text = String(left);
  return text < right ? -1 : text > right ? 1 : 0;
};

const OPERATORS: Record<string, (value: unknown, wanted: string) => boolean> = {
  eq: (value, wanted) => String(value) === wanted,
  neq: (value, wanted) => String(value) !== wanted,
  lt: (value, wanted) => compare(value, wanted) < 0,
  lte: (value, wanted) => compare(value, wanted) <= 0,
  gt: (value, wanted) => compare(value, wanted) > 0,
  gte: (value, wanted) => compare(value, wanted) >= 0,
  in: (value, wanted) =>
    wanted
      .replace(/^\(|\)$/g, "")
      .split(",")
      .includes(String(value)),
};

/** An unknown column or operator matches nothing: showing too little is safer than showing too much. */
export const wantsRow = (wish: Wish, row: Record<string, unknown>): boolean => {
  if (!wish.filter) return true;
  const match = /^([^=]+)=([a-z]+)\.(.*)$/s.exec(wish.filter);
  const [, column = "", operator = "", wanted = ""] = match ?? [];
  const value = row[column];
  return value !== undefined && value !== null && (OPERATORS[operator]?.(value, wanted) ?? false);
};
