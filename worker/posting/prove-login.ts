/** The site itself showed, in the account's own session, who is signed in: from then on the account's word binds others. */
import { ServiceAway, whose } from "#core/host/index.ts";
import { loginIdOf, loginKey, type Reading } from "#core/posting/index.ts";
import { reportLogin, type AccountRow } from "../data/accounts.ts";
import { DatabaseRefusal } from "../data/database.ts";
import type { WorkerContext } from "../worker-context.ts";

/** Told once an account, by whichever run sees it first; nothing of that run depends on it. */
export const proveLogin = async (
  { db, log }: Pick<WorkerContext, "db" | "log">,
  account: AccountRow,
  fence: number,
  read: Pick<Reading, "login">,
): Promise<void> => {
  const { login } = read;
  if (account.login_proven_at !== null || login === null) return;
  if (whose({ login }, { id: loginIdOf(account.login_key) }) !== "ours") return;
  try {
    await reportLogin(db, account.id, fence, loginKey(account.platform, login));
  } catch (error) {
    if (!(error instanceof ServiceAway || error instanceof DatabaseRefusal)) throw error;
    log.warn({ err: error, accountId: account.id }, "whose login it is was not taken");
  }
};
