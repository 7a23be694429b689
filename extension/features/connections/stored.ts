import { sessionMetaSchema } from "#core/session/info.ts";
import type { AccountRow } from "#extension/store/rows.ts";

/** What the service says it keeps of a session: names and times, never values. */
export const storedOf = (account: AccountRow): { cookieNames: string[]; sealedAt: string | null; keyId: string | null } | null => {
  const parsed = sessionMetaSchema.safeParse(account.sessionMeta);
  if (!parsed.success) return null;
  const meta: Record<string, unknown> = parsed.data;
  const names = meta["cookieNames"];
  const word = (key: string) => (typeof meta[key] === "string" ? (meta[key] as string) : null);
  return {
    cookieNames: Array.isArray(names) ? names.filter((n): n is string => typeof n === "string") : [],
    sealedAt: word("capturedAt"),
    keyId: word("keyId"),
  };
};
