/** A row of `platform_accounts` as the data API gives it: one reading of it for the API and the extension. */
import { z } from "zod";
import { ACCOUNT_STATES, PLATFORMS } from "../job/job.ts";
import { loginIdOf } from "../posting/login-key.ts";
import { instant } from "./columns.ts";
import type { Account } from "./platform.ts";

const accountRowSchema = z.object({
  id: z.string(),
  workspace_id: z.string(),
  platform: z.enum(PLATFORMS),
  handle: z.string(),
  login_key: z.string(),
  display_name: z.string().nullable(),
  status: z.enum(ACCOUNT_STATES),
  status_reason: z.string().nullable(),
  replay: z.enum(["yes", "no", "unknown"]),
  cloud_allowed: z.boolean(),
  session_version: z.number(),
  session_meta: z.record(z.string(), z.unknown()).nullable(),
  session_expires_at: instant.nullable(),
  last_verified_at: instant.nullable(),
  last_action_at: instant.nullable(),
  created_at: instant,
});
/** Never the sealed session: no API role may select it. */
export const ACCOUNT_COLUMNS: string = Object.keys(accountRowSchema.shape).join(",");

export const toAccount = (value: unknown): Account => {
  const row = accountRowSchema.parse(value);
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    platform: row.platform,
    handle: row.handle,
    loginId: loginIdOf(row.login_key),
    displayName: row.display_name ?? "",
    status: row.status,
    statusReason: row.status_reason,
    replay: row.replay,
    cloudAllowed: row.cloud_allowed,
    sessionVersion: row.session_version,
    sessionMeta: row.session_meta,
    sessionExpiresAt: row.session_expires_at,
    lastVerifiedAt: row.last_verified_at,
    lastActionAt: row.last_action_at,
    createdAt: row.created_at,
  };
};
