/** The sealed form, as stored in `platform_accounts.session_payload_encrypted`. Everything in it may be public. */
import { z } from "zod";
import { FORMAT_VERSION } from "./suite.ts";

const base64url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/, "unpadded base64url");

export const envelopeSchema = z.strictObject({
  v: z.literal(FORMAT_VERSION),
  keyId: z.string().min(1).max(100),
  suite: z.string().min(1).max(100),
  /** HPKE's encapsulated key. */
  enc: base64url(64),
  ct: base64url(200_000),
  /** SHA-256 of the bound bytes: lets a refusal say "another row's" instead of "tampered with". Never trusted. */
  infoHash: base64url(43),
  /** ES256 over enc, ct and the bound bytes. */
  sig: base64url(86),
});
export type Envelope = z.infer<typeof envelopeSchema>;

export type SealRefusalReason =
  /** Not an envelope, not a row, or not a session inside. */
  | "malformed"
  /** A suite this version does not know, or not the one its key is for. */
  | "wrong-suite"
  /** Sealed to a key the worker does not hold (retired and destroyed, or never ours). */
  | "unknown-key"
  /** The envelope was made for another row, environment, purpose or version of this row. */
  | "does-not-belong"
  /** Older than a version already seen. */
  | "rolled-back"
  /** Not signed by this row's device: planted, or changed since. */
  | "bad-signature";

/** Why something sealed was not opened. The message names no value. */
export type SealRefusal = { reason: SealRefusalReason; message: string };
