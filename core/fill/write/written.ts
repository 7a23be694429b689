import type { RefusalReason } from "../../plan/index.ts";

/** What came of a write: done (and read back, or not readable), or a refusal with its reason. */
export type Written = { verified: boolean; attempts: number } | Refused;
export type Refused = { refused: RefusalReason; detail?: string; attempts: number };

export const refused = (reason: RefusalReason, detail?: string, attempts = 1): Refused => ({
  refused: reason,
  detail,
  attempts,
});
export const isRefused = (written: Written): written is Refused => "refused" in written;
