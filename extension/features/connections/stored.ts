import { sessionMetaSchema } from "#core/session/info.ts";
import type { AccountRow } from "#extension/store/rows.ts";

/** What the service says it keeps of a session: names and times, never values. Null when it keeps nothing. */
export const storedOf = (
  account: AccountRow,
): { cookieNames: string[]; sealedAt: string; keyId: string } | null => {
  const parsed = sessionMetaSchema.safeParse(account.sessionMeta);
  return parsed.success
    ? { cookieNames: parsed.data.cookieNames, sealedAt: parsed.data.capturedAt, keyId: parsed.data.keyId }
    : null;
};
