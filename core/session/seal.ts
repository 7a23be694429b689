/** Sealing: a secret goes in where it is born; only the worker gets it out. */
import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { signSealed } from "./device.ts";
import type { Envelope } from "./envelope.ts";
import { bindingSchema, encodeInfo, infoHash, type Binding, type SessionMeta } from "./info.ts";
import type { KeyPair } from "./key-pair.ts";
import type { Recipient } from "./manifest.ts";
import { pad, SIZE_CLASSES } from "./padding.ts";
import { allowlistHash, cookieNamesOf, filterSession, sessionSchema } from "./storage-state.ts";
import type { Session, SessionAllowlist } from "./storage-state.ts";
import { FORMAT_VERSION, hpkeSeal, importPublicKey, KEY_BYTES, SUITE, TAG_BYTES } from "./suite.ts";

/** The part of the binding the caller knows; the rest follows from the key and the signer. */
export type SealContext = Omit<Binding, "formatVersion" | "keyId" | "suite">;

/**
 * Seals bytes to a recipient and signs the result.
 * @throws Error for an unknown suite or key, TooLargeToSealError, ZodError for an incomplete context.
 */
export const seal = async (input: {
  content: Uint8Array;
  context: SealContext;
  recipient: Recipient;
  signKey: CryptoKey;
}): Promise<{ envelope: Envelope; binding: Binding }> => {
  const { recipient } = input;
  const publicKey = fromBase64Url(recipient.publicKey);
  if (recipient.suite !== SUITE)
    throw new Error(`Key ${recipient.keyId} is for a suite this version does not know.`);
  if (publicKey?.length !== KEY_BYTES)
    throw new Error(`Key ${recipient.keyId} is not a ${KEY_BYTES}-byte public key.`);

  const binding = bindingSchema.parse({
    ...input.context,
    formatVersion: FORMAT_VERSION,
    keyId: recipient.keyId,
    suite: recipient.suite,
  });
  const info = encodeInfo(binding);
  const padded = pad(input.content);
  const { enc, ct } = await hpkeSeal(await importPublicKey(publicKey), info, padded);
  padded.fill(0);
  const sig = await signSealed(input.signKey, enc, ct, info);
  return {
    binding,
    envelope: {
      v: FORMAT_VERSION,
      keyId: recipient.keyId,
      suite: recipient.suite,
      enc: toBase64Url(enc),
      ct: toBase64Url(ct),
      infoHash: await infoHash(info),
      sig: toBase64Url(sig),
    },
  };
};

/** The size class of a ciphertext of this many bytes, or null when it is none. */
export const sizeClassOf = (ctBytes: number): number | null =>
  SIZE_CLASSES.find((size) => size + TAG_BYTES === ctBytes) ?? null;

export const metaOf = (binding: Binding, envelope: Envelope, cookieNames: string[]): SessionMeta => ({
  formatVersion: binding.formatVersion,
  env: binding.env,
  keyId: binding.keyId,
  suite: binding.suite,
  capturedAt: binding.capturedAt,
  allowlistHash: binding.allowlistHash,
  signedBy: binding.signedBy,
  cookieNames,
  sizeClass: sizeClassOf(Math.floor((envelope.ct.length * 3) / 4))!,
});

/** What a captured session is bound to: the account's row, the consent and the device. */
export type SessionBinding = {
  env: string;
  workspaceId: string;
  userId: string;
  channel: string;
  accountId: string;
  sessionVersion: number;
  consentId: string;
  deviceId: string;
  /** ISO 8601. */
  capturedAt: string;
};

/**
 * Seals a captured session. What the allowlist does not name is dropped here, before anything else happens, and the
 * allowlist's hash is bound.
 * @param input.recipient from `verifyManifest`; `input.deviceKey` the pair whose public half is registered as
 *   `binding.deviceId`.
 * @returns the envelope and the row's `session_meta`; both must be stored together, as given.
 * @throws TooLargeToSealError past 128 KiB.
 */
export const sealSession = async (input: {
  session: Session;
  allowlist: SessionAllowlist;
  binding: SessionBinding;
  recipient: Recipient;
  deviceKey: KeyPair;
}): Promise<{ envelope: Envelope; meta: SessionMeta }> => {
  const kept = filterSession(sessionSchema.parse(input.session), input.allowlist);
  const content = new TextEncoder().encode(JSON.stringify(kept));
  const { envelope, binding } = await seal({
    content,
    context: {
      ...input.binding,
      purpose: "session",
      signedBy: "device",
      allowlistHash: await allowlistHash(input.allowlist),
    },
    recipient: input.recipient,
    signKey: input.deviceKey.privateKey,
  });
  content.fill(0);
  return { envelope, meta: metaOf(binding, envelope, cookieNamesOf(kept)) };
};
