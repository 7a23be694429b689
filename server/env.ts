/** The server's configuration: read once, parsed, and refused in words when something is missing. */
import { z } from "zod";
import { signedManifestSchema, type SignedManifest } from "#core/session/manifest.ts";

const commaList = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim().replace(/\/$/, ""))
      .filter(Boolean),
  );

const manifestJson = z.string().transform((text, ctx): SignedManifest => {
  try {
    const parsed = signedManifestSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
  } catch {
    // not JSON: answered below, with the same sentence
  }
  ctx.addIssue({
    code: "custom",
    message: "must be the signed key manifest as JSON: {payload, signature}",
    input: "",
  });
  return z.NEVER;
});

const positive = (fallback: number) => z.coerce.number().int().positive().default(fallback);

const environmentSchema = z.object({
  SUPABASE_URL: z.url().transform((url) => url.replace(/\/$/, "")),
  SUPABASE_PUBLISHABLE_KEY: z.string().min(1),
  SUPABASE_JWT_SECRET: z.string().min(16).optional(),
  SUPABASE_JWKS_URL: z.url().optional(),
  /** Defaults to `<SUPABASE_URL>/auth/v1`, which is what Supabase Auth writes. */
  SUPABASE_JWT_ISSUER: z.string().min(1).optional(),
  HAWKER_API_URL: z.url().optional(),
  HAWKER_ALLOWED_ORIGINS: commaList,
  HAWKER_KEY_MANIFEST: manifestJson,
  HAWKER_MAX_BODY_BYTES: positive(512 * 1024),
  /** A database call that takes longer is given up as unavailable. */
  HAWKER_UPSTREAM_TIMEOUT_MS: positive(10_000),
  HAWKER_REQUEST_LOG: z.enum(["on", "off"]).default("on"),
});

/** How tokens are verified. The algorithm is a property of the configuration, never of the token. */
export type JwtVerification = { alg: "HS256"; secret: string } | { alg: "ES256"; jwksUrl: string };

export type ServerEnv = {
  supabaseUrl: string;
  publishableKey: string;
  jwt: JwtVerification;
  issuer: string;
  apiUrl: string | undefined;
  allowedOrigins: string[];
  keyManifest: SignedManifest;
  maxBodyBytes: number;
  upstreamTimeoutMs: number;
  requestLog: boolean;
};

/** Names the variables at fault and never their values. */
export class EnvironmentError extends Error {
  override name = "EnvironmentError";
}

/** @throws EnvironmentError naming every variable that is missing or malformed. */
export const parseEnv = (variables: Record<string, unknown>): ServerEnv => {
  // An empty variable is what shells and dashboards leave behind when somebody unsets one.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const result = environmentSchema.safeParse(given);
  const lines = (result.error?.issues ?? []).map(({ path, message }) =>
    given[String(path[0])] === undefined
      ? `  ${path.join(".")} is missing`
      : `  ${path.join(".")}: ${message}`,
  );
  if ("SUPABASE_JWT_SECRET" in given === "SUPABASE_JWKS_URL" in given) {
    lines.push("  Set exactly one of SUPABASE_JWT_SECRET (pins HS256) and SUPABASE_JWKS_URL (pins ES256)");
  }
  if (!result.success || lines.length > 0) {
    throw new EnvironmentError(`The server's environment is not usable:\n${lines.join("\n")}`);
  }
  const e = result.data;
  return {
    supabaseUrl: e.SUPABASE_URL,
    publishableKey: e.SUPABASE_PUBLISHABLE_KEY,
    jwt: e.SUPABASE_JWT_SECRET
      ? { alg: "HS256", secret: e.SUPABASE_JWT_SECRET }
      : { alg: "ES256", jwksUrl: e.SUPABASE_JWKS_URL! },
    issuer: e.SUPABASE_JWT_ISSUER ?? `${e.SUPABASE_URL}/auth/v1`,
    apiUrl: e.HAWKER_API_URL,
    allowedOrigins: e.HAWKER_ALLOWED_ORIGINS,
    keyManifest: e.HAWKER_KEY_MANIFEST,
    maxBodyBytes: e.HAWKER_MAX_BODY_BYTES,
    upstreamTimeoutMs: e.HAWKER_UPSTREAM_TIMEOUT_MS,
    requestLog: e.HAWKER_REQUEST_LOG === "on",
  };
};
