/** How a session sealed to an old key is sealed again to the current one without the seller. No task does it yet (README). */
import { sealedRowSchema, type SessionMeta } from "./info.ts";
import type { Envelope } from "./envelope.ts";
import type { Recipient } from "./manifest.ts";
import { openSession, type Opened } from "./open.ts";
import { metaOf, seal } from "./seal.ts";
import type { Session } from "./storage-state.ts";

/** Whether this row's session is sealed to another key than the current one. */
export const needsReseal = (row: unknown, current: Recipient): boolean => {
  const parsed = sealedRowSchema.safeParse(row);
  return parsed.success && parsed.data.session_meta.keyId !== current.keyId;
};

export type Resealed =
  | {
      ok: true;
      envelope: Envelope;
      meta: SessionMeta;
      secret: Extract<Opened<Session>, { ok: true }>["secret"];
    }
  | Extract<Opened<Session>, { ok: false }>;

/**
 * Opens a session with all checks and seals it to `current`, same version, same content. The device's private key is
 * not here, so the worker signs with its own and the new row says so (`signedBy`). Store envelope and meta together,
 * in one statement that still finds the old `keyId` in the row.
 */
export const resealSession = async (
  input: Parameters<typeof openSession>[0] & { current: Recipient },
): Promise<Resealed> => {
  const opened = await openSession(input);
  if (!opened.ok) return opened;
  const row = sealedRowSchema.parse(input.row);
  const { formatVersion: _format, keyId: _key, suite: _suite, ...context } = opened.binding;
  const content = new TextEncoder().encode(JSON.stringify(opened.secret.reveal()));
  const { envelope, binding } = await seal({
    content,
    context: { ...context, signedBy: `worker:${input.keys.signer.id}` },
    recipient: input.current,
    signKey: input.keys.signer.privateKey,
  });
  content.fill(0);
  return {
    ok: true,
    envelope,
    meta: metaOf(binding, envelope, row.session_meta.cookieNames),
    secret: opened.secret,
  };
};
