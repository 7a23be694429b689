/** Accounts at channels: connect, list, verify, disconnect. */
import { z } from "zod";
import { ACCOUNT_STATES, PLATFORMS } from "../job/job.ts";

/** Opaque to the API: only its shape and size are checked (core/session opens it in the worker). */
export const sealedEnvelopeSchema = z.strictObject({
  v: z.literal(1),
  keyId: z.string().min(1).max(64),
  suite: z.string().min(1).max(64),
  enc: z.string().regex(/^[A-Za-z0-9_-]+$/).max(256),
  ct: z.string().regex(/^[A-Za-z0-9_-]+$/).max(400_000),
  sig: z.string().regex(/^[A-Za-z0-9_-]+$/).max(256),
});

/** What is in the sealed session, by name only. Never a value. */
export const sessionMetaSchema = z.strictObject({
  formatVersion: z.literal(1),
  env: z.string().min(1).max(32),
  keyId: z.string().min(1).max(64),
  suite: z.string().min(1).max(64),
  capturedAt: z.iso.datetime(),
  allowlistHash: z.string().min(16).max(128),
  cookieNames: z.array(z.string().max(128)).max(200),
  localStorageKeys: z.array(z.string().max(256)).max(200),
  sizeClass: z.int().positive(),
});

export const deviceKeySchema = z.strictObject({
  kty: z.literal("EC"), crv: z.literal("P-256"), x: z.string().max(64), y: z.string().max(64),
}); // prettier-ignore

export const connectRequestSchema = z.strictObject({
  /** Chosen by the extension because the sealed session is bound to it; a reconnect sends the same id. */
  accountId: z.uuid(),
  workspaceId: z.uuid(),
  platform: z.enum(PLATFORMS),
  handle: z.string().min(1).max(120),
  displayName: z.string().max(120).default(""),
  cloudAllowed: z.boolean(),
  replay: z.enum(["yes", "no", "unknown"]).default("unknown"),
  sessionVersion: z.int().positive(),
  session: sealedEnvelopeSchema,
  sessionMeta: sessionMetaSchema,
  sessionExpiresAt: z.iso.datetime().nullable(),
  device: z.strictObject({ id: z.uuid(), name: z.string().max(80), publicKey: deviceKeySchema }),
  consent: z.strictObject({
    id: z.uuid(),
    textVersion: z.string().max(32),
    cookieNames: z.array(z.string().max(128)).max(200),
    allowlistHash: z.string().min(16).max(128),
    grantedAt: z.iso.datetime(),
  }),
});

export const accountSchema = z.object({
  id: z.uuid(),
  workspaceId: z.uuid(),
  platform: z.enum(PLATFORMS),
  handle: z.string(),
  displayName: z.string(),
  status: z.enum(ACCOUNT_STATES),
  statusReason: z.string().nullable(),
  replay: z.enum(["yes", "no", "unknown"]),
  cloudAllowed: z.boolean(),
  sessionVersion: z.number(),
  sessionMeta: z.record(z.string(), z.unknown()).nullable(),
  sessionExpiresAt: z.string().nullable(),
  lastVerifiedAt: z.string().nullable(),
  lastActionAt: z.string().nullable(),
  createdAt: z.string(),
});
export const accountsResponseSchema = z.object({ accounts: z.array(accountSchema) });
export const verifyResponseSchema = z.object({ jobId: z.uuid(), status: z.literal("queued") });

export type ConnectRequest = z.infer<typeof connectRequestSchema>;
export type Account = z.infer<typeof accountSchema>;
