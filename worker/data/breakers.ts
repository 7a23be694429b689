/** Circuit breakers: an account, or a channel where several fail, is left alone for a while instead of being hammered. */
import type { Database } from "./database.ts";

/** When this account may be driven again, or null when it may now. */
export const restsUntil = (db: Database, accountId: string): Promise<Date | null> =>
  db.call<Date | null>("worker_breaker", { p_account_id: accountId });

export const noteOutcome = (db: Database, accountId: string, ok: boolean): Promise<void> =>
  db.call("worker_breaker_note", { p_account_id: accountId, p_ok: ok });
