/** Accounts at channels: connect, list, verify, disconnect. */
import { z } from "zod";
import { ACCOUNT_STATES, PLATFORMS } from "../job/job.ts";
import { publicJwkSchema } from "../session/device.ts";
import { envelopeSchema } from "../session/envelope.ts";
import { sessionMetaSchema } from "../session/info.ts";

/** Opaque to the API: only shape and size are checked; core/session opens it, in the worker. */
const sealedEnvelopeSchema = envelopeSchema;

/** The public half of the device's signing key. */
const deviceKeySchema = publicJwkSchema;

export const connectRequestSchema = z.strictObject({
  /** Chosen by the extension because the sealed session is bound to it; a reconnect sends the same id. */
  accountId: z.uuid(),
  workspaceId: z.uuid(),
  platform: z.enum(PLATFORMS),
  handle: z.string().min(1).max(120),
  /** The channel's own stable id of the login, which stays when the handle changes. Left out: the handle. */
  loginId: z.string().trim().min(1).max(200).optional(),
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
  loginId: z.string(),
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
