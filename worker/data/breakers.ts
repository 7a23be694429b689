/** Circuit breakers: a channel or an account that keeps failing is left alone for a while, instead of being hammered. */
import type { Database } from "./database.ts";

const scopesOf = (account: { id: string; platform: string }): string[] => [
  `channel:${account.platform}`,
  `account:${account.id}`,
];

/** When this account may be driven again, or null when it may now. */
export const closedUntil = async (
  db: Database,
  account: { id: string; platform: string },
): Promise<Date | null> => {
  const until = await db.call<Date | null>("worker_breaker", { p_scopes: scopesOf(account) });
  return until;
};

export const noteSuccess = (db: Database, account: { id: string; platform: string }): Promise<void> =>
  db.call("worker_breaker_note", { p_scopes: scopesOf(account), p_ok: true });

export const noteFailure = (db: Database, account: { id: string; platform: string }): Promise<void> =>
  db.call("worker_breaker_note", { p_scopes: scopesOf(account), p_ok: false });
