import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { createApp } from "../app.ts";
import { parseEnv, type ServerEnv } from "../env.ts";
import { apiUnderTest } from "../testing/api-under-test.ts";
import { tokenVerifier } from "./authenticate.ts";

const USER = "0b8f7c52-53ad-4a3d-9f0e-6a1f0a2f9d11";
const ISSUER = "https://project.supabase.example/auth/v1";
const claims = { sub: USER, role: "authenticated", aud: "authenticated" };

const withJwks = async (
  work: (
    env: ServerEnv,
    keys: { private: CryptoKey; public: CryptoKey },
    stop: () => Promise<void>,
  ) => Promise<void>,
): Promise<void> => {
  const pair = await generateKeyPair("ES256", { extractable: true });
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: "k1", alg: "ES256", use: "sig" };
  const server = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  const { SUPABASE_JWT_SECRET: _, ...variables } = apiUnderTest().variables;
  const env = parseEnv({
    ...variables,
    SUPABASE_JWKS_URL: `http://127.0.0.1:${port}/jwks.json`,
    SUPABASE_JWT_ISSUER: ISSUER,
  });
  const stop = (): Promise<void> => new Promise((done) => server.close(() => done()));
  try {
    await work(env, { private: pair.privateKey, public: pair.publicKey }, stop);
  } finally {
    if (server.listening) await stop();
  }
};

const signedWith = (
  key: CryptoKey | Uint8Array,
  alg: string,
  changes: object = {},
  kid = "k1",
  issuer = ISSUER,
) =>
  new SignJWT({ ...claims, ...changes })
    .setProtectedHeader({ alg, kid })
    .setIssuer(issuer)
    .setExpirationTime("1h")
    .sign(key);

const statusFor = async (env: ServerEnv, token: string): Promise<number> =>
  (
    await createApp(env, { log: () => undefined }).request("/api/platform/accounts", {
      headers: { authorization: `Bearer ${token}` },
    })
  ).status;

describe("authenticate with published keys (ES256)", () => {
  it("when signed by a published key: accepted", () =>
    withJwks(async (env, keys) => {
      const payload = await tokenVerifier(env)(await signedWith(keys.private, "ES256"));
      expect(payload.sub).toBe(USER);
    }));

  it("when the public key is used as an HMAC secret (algorithm confusion): 401", () =>
    withJwks(async (env, keys) => {
      for (const secret of [await exportSPKI(keys.public), JSON.stringify(await exportJWK(keys.public))]) {
        expect(await statusFor(env, await signedWith(new TextEncoder().encode(secret), "HS256"))).toBe(401);
      }
    }));

  it("when the key is another's, the key id is unknown, or the issuer is missing or another: 401", () =>
    withJwks(async (env, keys) => {
      const stranger = await generateKeyPair("ES256");
      expect(await statusFor(env, await signedWith(stranger.privateKey, "ES256"))).toBe(401);
      expect(await statusFor(env, await signedWith(keys.private, "ES256", {}, "k2"))).toBe(401);
      expect(
        await statusFor(env, await signedWith(keys.private, "ES256", {}, "k1", "https://evil.example")),
      ).toBe(401);
      const unsaid = new SignJWT(claims)
        .setProtectedHeader({ alg: "ES256", kid: "k1" })
        .setExpirationTime("1h");
      expect(await statusFor(env, await unsaid.sign(keys.private))).toBe(401);
    }));

  it("when the token brings its own key or key address: ignored, 401", () =>
    withJwks(async (env) => {
      const stranger = await generateKeyPair("ES256", { extractable: true });
      const jwk = await exportJWK(stranger.publicKey);
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: "ES256", kid: "k1", jwk, jku: "https://evil.example/jwks.json" })
        .setIssuer(ISSUER)
        .setExpirationTime("1h")
        .sign(stranger.privateKey);
      expect(await statusFor(env, token)).toBe(401);
    }));

  it("when the keys cannot be fetched: 503, not 401", () =>
    withJwks(async (env, keys, stop) => {
      await stop();
      expect(await statusFor(env, await signedWith(keys.private, "ES256"))).toBe(503);
    }));
});

describe("tokenVerifier", () => {
  it("when a remembered token's time is up: refused", async () => {
    const { variables } = apiUnderTest();
    const env = parseEnv(variables);
    let now = Date.now();
    const verify = tokenVerifier(env, () => now);
    const secret = new TextEncoder().encode(variables["SUPABASE_JWT_SECRET"]);
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256" })
      .setExpirationTime("2s")
      .sign(secret);
    expect((await verify(token)).sub).toBe(USER);
    expect((await verify(token)).sub).toBe(USER);
    await expect(verify(`${token.slice(0, -4)}AAAA`)).rejects.toThrow(/signature/);
    now += 3_600_000;
    await expect(verify(token)).rejects.toThrow(/exp/);
  });
});
