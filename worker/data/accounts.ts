/** An account as a task sees it: never with its session (worker/sessions opens that). */
import { z } from "zod";
import { ACCOUNT_STATES, PLATFORMS, type AccountState } from "#core/job/index.ts";
import type { Database } from "./database.ts";

const accountRowSchema = z.object({
  id: z.uuid(),
  workspace_id: z.uuid(),
  platform: z.enum(PLATFORMS),
  handle: z.string(),
  login_key: z.string(),
  login_proven_at: z.date().nullable(),
  status: z.enum(ACCOUNT_STATES),
  status_reason: z.string().nullable(),
  replay: z.enum(["yes", "no", "unknown"]),
  cloud_allowed: z.boolean(),
  /** When the sealed session was taken, by the clock of the browser that took it. */
  captured_at: z.string().nullable(),
});
export type AccountRow = z.infer<typeof accountRowSchema>;

export const readAccount = async (db: Database, accountId: string): Promise<AccountRow | null> => {
  const [row] = await db.rows(
    "select id, workspace_id, platform, handle, login_key, login_proven_at, status, status_reason, replay, cloud_allowed, session_meta ->> 'capturedAt' as captured_at from public.platform_accounts where id = $1",
    [accountId],
  );
  return row ? accountRowSchema.parse(row) : null;
};

/** @returns false when another workspace drives that login: it is told the next time it is seen. */
export const reportLogin = (
  db: Database,
  accountId: string,
  fence: number,
  loginKey: string,
): Promise<boolean> =>
  db.call("worker_login_seen", { p_account_id: accountId, p_fence: fence, p_login_key: loginKey });

export const reportHealth = (
  db: Database,
  accountId: string,
  fence: number,
  health: { status: AccountState; reason: string | null; replay?: "yes" | "no" },
): Promise<void> =>
  db.call("worker_account_health", {
    p_account_id: accountId,
    p_fence: fence,
    p_status: health.status,
    p_reason: health.reason,
    p_replay: health.replay ?? null,
  });
