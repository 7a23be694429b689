/**
 * What a sealed secret is bound to. The worker rebuilds these bytes from the database row and never takes them from
 * the envelope: an envelope moved to another row, or a row edited around its envelope, no longer opens.
 */
import { z } from "zod";
import { toBase64Url, type Bytes } from "./base64url.ts";
import { lengthPrefixed, sha256 } from "./length-prefix.ts";
import { FORMAT_VERSION } from "./suite.ts";

export const PURPOSES = ["session", "oauth", "api-secret", "vendor-password"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Well-formed: see length-prefix.ts on lone surrogates. */
const text = z
  .string()
  .min(1)
  .max(300)
  .refine((value) => !/\p{Surrogate}/u.test(value), "well-formed text");

/** Who signed: the device of the row, or a worker that re-sealed to a newer key (`worker:<signer id>`). */
const signedBySchema = z.union([
  z.literal("device"),
  z.templateLiteral(["worker:", z.string().min(1).max(100)]),
]);

export const bindingSchema = z.strictObject({
  formatVersion: z.literal(FORMAT_VERSION),
  purpose: z.enum(PURPOSES),
  env: text,
  workspaceId: text,
  userId: text,
  channel: text,
  accountId: text,
  /** Grows by one with every capture; the worker refuses one below what it has seen. */
  sessionVersion: z.int().min(1),
  keyId: text,
  suite: text,
  consentId: text.nullable(),
  deviceId: text.nullable(),
  signedBy: signedBySchema,
  allowlistHash: text.nullable(),
  /** ISO 8601, kept as written: a reformatted time is another text. */
  capturedAt: text,
});
export type Binding = z.infer<typeof bindingSchema>;

/** The bytes bound by HPKE and covered by the signature. The order is the format: never reorder, only add a version. */
export const encodeInfo = (binding: Binding): Bytes =>
  lengthPrefixed([
    "hawker/seal/info",
    binding.formatVersion,
    binding.purpose,
    binding.env,
    binding.workspaceId,
    binding.userId,
    binding.channel,
    binding.accountId,
    binding.sessionVersion,
    binding.keyId,
    binding.suite,
    binding.consentId,
    binding.deviceId,
    binding.signedBy,
    binding.allowlistHash,
    binding.capturedAt,
  ]);

/** Shown in the envelope only to tell "another row's" from "tampered with"; nothing is decided by trusting it. */
export const infoHash = async (info: Bytes): Promise<string> => toBase64Url(await sha256(info));

/** `platform_accounts.session_meta`: everything about a sealed session that may be read, and no value of it. */
export const sessionMetaSchema = z.strictObject({
  formatVersion: z.literal(FORMAT_VERSION),
  env: text,
  keyId: text,
  suite: text,
  capturedAt: text,
  allowlistHash: text.nullable(),
  signedBy: signedBySchema,
  cookieNames: z.array(z.string().max(300)).max(500),
  /** Padded size in bytes: one of three. */
  sizeClass: z.int().positive(),
});
export type SessionMeta = z.infer<typeof sessionMetaSchema>;

/** The columns of `platform_accounts` that are bound. Other columns are ignored. */
export const sealedRowSchema = z.object({
  id: text,
  workspace_id: text,
  user_id: text,
  platform: text,
  session_version: z.int().min(1),
  consent_id: text.nullable(),
  device_id: text.nullable(),
  session_meta: sessionMetaSchema,
});
export type SealedRow = z.infer<typeof sealedRowSchema>;

export const bindingFromRow = (row: SealedRow): Binding => ({
  formatVersion: row.session_meta.formatVersion,
  purpose: "session",
  env: row.session_meta.env,
  workspaceId: row.workspace_id,
  userId: row.user_id,
  channel: row.platform,
  accountId: row.id,
  sessionVersion: row.session_version,
  keyId: row.session_meta.keyId,
  suite: row.session_meta.suite,
  consentId: row.consent_id,
  deviceId: row.device_id,
  signedBy: row.session_meta.signedBy,
  allowlistHash: row.session_meta.allowlistHash,
  capturedAt: row.session_meta.capturedAt,
});

/** The bound bytes of a row. */
export const infoFromRow = (row: SealedRow): Bytes => encodeInfo(bindingFromRow(row));
