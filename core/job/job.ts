/** Jobs, targets, events: the words and the states. Which event moves a target from where to where is in core/posting/moves.ts. */
import { z } from "zod";

export const ACTIONS = ["list", "verify"] as const;
export const DRIVERS = ["tab", "cloud"] as const;
export const MODES = ["review", "publish"] as const;
export const PLATFORMS = ["facebook", "mercari", "craigslist"] as const;
export const ROLES = ["owner", "admin", "operator", "viewer"] as const;

export const TARGET_STATES = [
  "queued", "claimed", "filling", "submitting", "unknown", "done", "needs_human", "failed", "cancelled",
] as const; // oxfmt-ignore
export const JOB_STATES = [
  "queued",
  "running",
  "done",
  "needs_human",
  "failed",
  "cancelled",
  "partial",
] as const;
export const ACCOUNT_STATES = [
  "connected",
  "expiring",
  "expired",
  "blocked",
  "needs_human",
  "disconnected",
] as const;

export type Action = (typeof ACTIONS)[number];
export type Driver = (typeof DRIVERS)[number];
export type Mode = (typeof MODES)[number];
export type TargetState = (typeof TARGET_STATES)[number];
export type JobState = (typeof JOB_STATES)[number];
export type AccountState = (typeof ACCOUNT_STATES)[number];

export const progressSchema = z.object({ percent: z.number().min(0).max(100), message: z.string() });
export const jobEventSchema = z.object({
  id: z.number(),
  ts: z.string(),
  platform: z.string().nullable(),
  level: z.enum(["info", "warn", "error"]),
  message: z.string(),
  data: z.record(z.string(), z.unknown()).nullable(),
});
export type JobEvent = z.infer<typeof jobEventSchema>;
