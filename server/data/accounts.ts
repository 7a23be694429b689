/** Accounts, under the caller's rights. */
import type { Account, ConnectRequest } from "#core/api/index.ts";
import { ACCOUNT_COLUMNS, toAccount } from "#core/api/account-row.ts";
import { ApiProblem } from "../problem.ts";
import type { Database } from "./database.ts";
import { dataOf } from "./sql-problem.ts";

export const connectAccount = async (database: Database, request: ConnectRequest): Promise<Account> =>
  toAccount(dataOf(await database.rpc("connect_account", { p: request })));

export const disconnectAccount = async (database: Database, accountId: string): Promise<Account> =>
  toAccount(dataOf(await database.rpc("disconnect_account", { p_account_id: accountId })));

export const listAccounts = async (database: Database): Promise<Account[]> => {
  const rows: unknown[] = dataOf(
    await database
      .from("platform_accounts")
      .select(ACCOUNT_COLUMNS)
      .order("created_at")
      .order("id")
      .limit(1000),
  );
  return rows.map(toAccount);
};

/** @throws not_found also for an account of somebody else: whether it exists is theirs to know. */
export const getAccount = async (database: Database, accountId: string): Promise<Account> => {
  const rows: unknown[] = dataOf(
    await database.from("platform_accounts").select(ACCOUNT_COLUMNS).eq("id", accountId).limit(1),
  );
  if (rows.length === 0) {
    throw new ApiProblem("not_found", "There is no such account. GET /api/platform/accounts lists yours.");
  }
  return toAccount(rows[0]);
};
