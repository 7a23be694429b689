/** What the worker is told by its environment. */
import { z } from "zod";

const flag = z
  .enum(["0", "1"])
  .default("0")
  .transform((value) => value === "1");
const lines = z
  .string()
  .default("")
  .transform((value) => value.split("\n").filter((line) => line.trim() !== ""));

/** Where the marketplaces are practice sites. */
const PRACTICE: readonly string[] = ["local", "test"];
const ONLY_PRACTICE = `is for practice sites: only where HAWKER_ENV is ${PRACTICE.join(" or ")}`;

const variables = z.object({
  DATABASE_URL: z.url("the Postgres URL of the role hawker_worker"),
  SUPABASE_URL: z.url(),
  /** Reads photos of the private bucket, and removes those nothing needs any more. A key of its own (sb_secret_...). */
  SUPABASE_SECRET_KEY: z.string().min(1),
  HAWKER_WORKER_KEYS: z.string().min(1),
  HAWKER_ENV: z.string().default("local"),
  HAWKER_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(4),
  HAWKER_LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  /** Where a Chromium is; else the usual places are searched. */
  HAWKER_CHROMIUM: z.string().optional(),
  /** More arguments, one a line. */
  HAWKER_CHROMIUM_ARGS: lines,
  /** A Playwright server (ws://...) or a CDP endpoint (http:// or ws://) instead of a browser of our own. */
  HAWKER_BROWSER_WS: z.url().optional(),
  HAWKER_BROWSER_CDP: z.url().optional(),
  /** For the practice sites' self-signed certificate, never elsewhere. */
  HAWKER_IGNORE_HTTPS_ERRORS: flag,
  /** Between two signs of life. The sweep comes every second one; four missed ones are a death. */
  HAWKER_PULSE_MS: z.coerce.number().int().min(500).max(5_000).default(5_000),
  /** Shortens the wait before a submit of unknown outcome is judged: for practice sites, whose lists lag by seconds. */
  HAWKER_SETTLE_SCALE: z.coerce.number().positive().max(1).default(1),
});

/** What makes never-twice or the line to a site weaker is no setting of a deployment. */
const workerEnvSchema = variables.superRefine((env, context) => {
  if (PRACTICE.includes(env.HAWKER_ENV)) return;
  const refuse = (name: keyof typeof env) =>
    context.addIssue({ code: "custom", path: [name], message: ONLY_PRACTICE });
  if (env.HAWKER_SETTLE_SCALE !== 1) refuse("HAWKER_SETTLE_SCALE");
  if (env.HAWKER_IGNORE_HTTPS_ERRORS) refuse("HAWKER_IGNORE_HTTPS_ERRORS");
});
export type WorkerEnv = z.infer<typeof workerEnvSchema>;

/** @throws Error naming every variable that is missing or wrong, and no value. */
export const parseWorkerEnv = (env: Record<string, string | undefined>): WorkerEnv => {
  const parsed = workerEnvSchema.safeParse(env);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The worker cannot start; set these variables:\n${wrong.join("\n")}`);
};

export const ENV_HELP = `  DATABASE_URL                Postgres URL of the role hawker_worker
  SUPABASE_URL                origin of the data, storage and auth interfaces
  SUPABASE_SECRET_KEY         reads listing photos, and removes those nothing needs any more
  HAWKER_WORKER_KEYS          file with the private keys sessions are sealed to
  HAWKER_ENV                  environment those keys are for (local)
  HAWKER_CONCURRENCY          accounts driven at the same time (4)
  HAWKER_LOG_LEVEL            trace | debug | info | warn | error | silent (info); "ready" is said at info
  HAWKER_CHROMIUM             path of Chrome or Chromium
  HAWKER_CHROMIUM_ARGS        more arguments for it, one a line
  HAWKER_BROWSER_WS           a Playwright server instead of a browser of our own
  HAWKER_BROWSER_CDP          a CDP endpoint instead of a browser of our own
  HAWKER_IGNORE_HTTPS_ERRORS  1 for practice sites only
  HAWKER_PULSE_MS             between two heartbeats; four missed ones count as dead (5000)
  HAWKER_SETTLE_SCALE         below 1 for practice sites only: shortens the settle window`;
