/**
 * Opening: refuse first, decrypt last. Every check is against the row and the worker's own keys; nothing the envelope
 * says about itself is believed.
 */
import { fromBase64Url, type Bytes } from "./base64url.ts";
import { importVerifyKey, publicJwkSchema, verifySealed } from "./device.ts";
import { envelopeSchema, type Envelope, type SealRefusal, type SealRefusalReason } from "./envelope.ts";
import { bindingFromRow, encodeInfo, infoHash, sealedRowSchema, type Binding } from "./info.ts";
import { unpad } from "./padding.ts";
import { sizeClassOf } from "./seal.ts";
import { Secret } from "./secret.ts";
import { sessionSchema, type Session } from "./storage-state.ts";
import { hpkeOpen, KEY_BYTES, SUITE } from "./suite.ts";
import type { RecipientKey, WorkerKeys } from "./worker-keys.ts";

export type Opened<T> =
  | { ok: true; secret: Secret<T>; binding: Binding }
  | { ok: false; refusal: SealRefusal };

type Refused = { ok: false; refusal: SealRefusal };
const refuse = (reason: SealRefusalReason, message: string): Refused => ({
  ok: false,
  refusal: { reason, message },
});

type Parts = { envelope: Envelope; enc: Bytes; ct: Bytes; sig: Bytes };

const partsOf = (value: unknown): Parts | null => {
  const parsed = envelopeSchema.safeParse(value);
  if (!parsed.success) return null;
  const [enc, ct, sig] = [parsed.data.enc, parsed.data.ct, parsed.data.sig].map(fromBase64Url);
  if (enc?.length !== KEY_BYTES || sig?.length !== 64 || !ct || sizeClassOf(ct.length) === null) return null;
  return { envelope: parsed.data, enc, ct, sig };
};

/** The key that must have signed: the row's device, or the worker's own signer after a re-seal. */
const verifyKeyFor = async (
  binding: Binding,
  devicePublicKey: unknown,
  keys: WorkerKeys,
): Promise<CryptoKey | null> => {
  if (binding.signedBy !== "device")
    return keys.signers.get(binding.signedBy.slice("worker:".length))?.publicKey ?? null;
  const jwk = publicJwkSchema.safeParse(devicePublicKey);
  if (!jwk.success) return null;
  return importVerifyKey(jwk.data).catch(() => null); // 43 characters that are no point on the curve
};

const recipientFor = ({ envelope }: Parts, binding: Binding, keys: WorkerKeys): RecipientKey | Refused => {
  if (binding.suite !== SUITE || envelope.suite !== SUITE) {
    return refuse("wrong-suite", "This was sealed with a cipher suite this version does not know.");
  }
  if (binding.env !== keys.env || envelope.keyId !== binding.keyId) {
    return refuse("does-not-belong", "The sealed data and its row name different keys or environments.");
  }
  return (
    keys.recipients.get(binding.keyId) ??
    refuse(
      "unknown-key",
      `The worker does not hold key ${binding.keyId}. The seller has to connect this account again.`,
    )
  );
};

/**
 * Opens something sealed for a purpose.
 * @param input.binding built from the row by the caller, never from the envelope.
 * @param input.highWater the highest version the worker has seen for this account, or null when none.
 * @returns the content as a secret, or a typed refusal. On success the caller raises its high-water mark.
 */
export const open = async (input: {
  envelope: unknown;
  binding: Binding;
  keys: WorkerKeys;
  devicePublicKey: unknown;
  highWater: number | null;
}): Promise<Opened<Bytes>> => {
  const { binding, keys } = input;
  const parts = partsOf(input.envelope);
  if (!parts)
    return refuse(
      "malformed",
      "The stored envelope is damaged. The seller has to connect this account again.",
    );
  const recipient = recipientFor(parts, binding, keys);
  if ("ok" in recipient) return recipient;
  if (input.highWater !== null && binding.sessionVersion < input.highWater) {
    return refuse(
      "rolled-back",
      `Version ${binding.sessionVersion} is older than version ${input.highWater}, already seen.`,
    );
  }
  const info = encodeInfo(binding);
  if ((await infoHash(info)) !== parts.envelope.infoHash) {
    return refuse("does-not-belong", "The envelope was sealed for another row, or its row was edited since.");
  }
  const verifyKey = await verifyKeyFor(binding, input.devicePublicKey, keys);
  if (!verifyKey || !(await verifySealed(verifyKey, parts.sig, parts.enc, parts.ct, info))) {
    return refuse(
      "bad-signature",
      "The envelope was not signed by the device of its row, or was changed since.",
    );
  }
  let padded: Bytes;
  try {
    padded = await hpkeOpen(recipient.pair, info, parts.enc, parts.ct);
  } catch {
    // Signed by the right device, so not tampered with: sealed to other keys or other context than it claims.
    return refuse("does-not-belong", "The envelope cannot be opened with the key its row names.");
  }
  const content = unpad(padded);
  padded.fill(0);
  if (!content) return refuse("malformed", "The sealed content is not padded as this version pads.");
  return { ok: true, secret: new Secret(content), binding };
};

const parseSession = (content: Bytes): Session | null => {
  try {
    const parsed = sessionSchema.safeParse(
      JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(content)),
    );
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // the error would quote the content
  }
};

/**
 * Opens the session of an account row. Call it inside the task that holds the account's lease, then check the
 * signed-in handle before acting: a valid envelope proves which device sealed it, not whose cookies are in it.
 * @param input.row the `platform_accounts` row as stored; `input.devicePublicKey` from `devices` by `row.device_id`,
 *   not revoked.
 */
export const openSession = async (input: {
  envelope: unknown;
  row: unknown;
  keys: WorkerKeys;
  devicePublicKey: unknown;
  highWater: number | null;
}): Promise<Opened<Session>> => {
  const row = sealedRowSchema.safeParse(input.row);
  if (!row.success) return refuse("malformed", "The account row lacks what its session was bound to.");
  const opened = await open({ ...input, binding: bindingFromRow(row.data) });
  if (!opened.ok) return opened;
  const content = opened.secret.reveal();
  const session = parseSession(content);
  content.fill(0);
  opened.secret.forget();
  if (!session) return refuse("malformed", "What was sealed is not a session.");
  return { ok: true, secret: new Secret(session), binding: opened.binding };
};
