/**
 * Who is calling. The algorithm is pinned by configuration and never read from the token: "none", an HS256 token signed
 * with a public key, or a key id of somebody's choosing are refused before anything in them is believed.
 */
import { createMiddleware } from "hono/factory";
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from "jose";
import type { AppEnv } from "../app-context.ts";
import { openDatabase } from "../data/database.ts";
import type { ServerEnv } from "../env.ts";
import { ApiProblem } from "../problem.ts";

/** Two machines' clocks may differ by this many seconds. */
const CLOCK_TOLERANCE = 5;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export type VerifyToken = (token: string) => Promise<JWTPayload>;

/** Tokens found good, so that a busy caller's signature is checked once and not per request. */
const MAX_REMEMBERED = 1_000;

/** A token does not change, only its time runs out; the oldest is forgotten first. */
const remembering = (verify: VerifyToken, now: () => number): VerifyToken => {
  const good = new Map<string, JWTPayload>();
  return async (token) => {
    const known = good.get(token);
    if (known?.exp !== undefined && known.exp > now() / 1000) return known;
    good.delete(token);
    const payload = await verify(token);
    const [oldest] = good.size >= MAX_REMEMBERED ? good.keys() : [];
    if (oldest !== undefined) good.delete(oldest);
    good.set(token, payload);
    return payload;
  };
};

/** One verifier per app: the key set it fetched and the tokens it found good are kept between requests. */
export const tokenVerifier = (env: ServerEnv, now: () => number = Date.now): VerifyToken =>
  remembering(signatureVerifier(env, now), now);

const signatureVerifier = (env: ServerEnv, now: () => number): VerifyToken => {
  const options: JWTVerifyOptions = {
    algorithms: [env.jwt.alg],
    audience: "authenticated",
    requiredClaims: ["sub", "exp"],
    clockTolerance: CLOCK_TOLERANCE,
  };
  if (env.jwt.alg === "HS256") {
    const secret = new TextEncoder().encode(env.jwt.secret);
    // The local stack's auth writes no issuer (Supabase Lite 0.10); with a secret of one project's own, only a wrong
    // one is a sign of something. Published keys may serve several projects: there the issuer is required.
    return async (token) => {
      const { payload } = await jwtVerify(token, secret, { ...options, currentDate: new Date(now()) });
      if (payload.iss === undefined || payload.iss === env.issuer) return payload;
      throw new errors.JWTClaimValidationFailed("another issuer", payload, "iss", "check_failed");
    };
  }
  const keys = createRemoteJWKSet(new URL(env.jwt.jwksUrl), { timeoutDuration: 5_000 });
  return async (token) =>
    (await jwtVerify(token, keys, { ...options, issuer: env.issuer, currentDate: new Date(now()) })).payload;
};

const refuse = (detail: string, cause?: unknown): ApiProblem =>
  new ApiProblem("unauthenticated", detail, { cause, headers: { "WWW-Authenticate": "Bearer" } });

/** The key set could not be had: no fault of the token. */
const isOutage = (error: unknown): boolean =>
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid ||
  // jose's own error for an answer that is not 200, and fetch's for no answer at all
  (error instanceof errors.JOSEError && error.code === "ERR_JOSE_GENERIC") ||
  error instanceof TypeError;

const verified = async (verify: VerifyToken, token: string, keysAreRemote: boolean): Promise<JWTPayload> => {
  try {
    return await verify(token);
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      throw refuse("The token has expired. Refresh the session and send the new token.", error);
    }
    if (keysAreRemote && isOutage(error)) {
      throw new ApiProblem("unavailable", "Tokens cannot be checked at the moment. Try again shortly.", {
        cause: error,
        headers: { "Retry-After": "5" },
      });
    }
    throw refuse("The token is not one this service accepts. Sign in again.", error);
  }
};

export const authenticate = createMiddleware<AppEnv>(async (c, next) => {
  const header = c.req.header("authorization");
  if (!header) throw refuse("Send the session's access token as `Authorization: Bearer TOKEN`.");
  const token = /^Bearer ([A-Za-z0-9_\-.]{1,8000})$/i.exec(header)?.[1];
  if (!token) throw refuse("The Authorization header must be `Bearer TOKEN`, with one access token.");
  const keysAreRemote = c.get("env").jwt.alg === "ES256";
  const payload = await verified(c.get("verifyToken"), token, keysAreRemote);
  if (!payload.sub || !UUID.test(payload.sub) || payload["role"] !== "authenticated") {
    throw refuse("The token is not a signed-in person's. Sign in and send that session's token.");
  }
  const user = { id: payload.sub, token };
  c.set("user", user);
  c.set("database", openDatabase(c.get("env"), user));
  await next();
});
