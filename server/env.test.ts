import { describe, expect, it } from "vitest";
import { EnvironmentError, parseEnv } from "./env.ts";

const good = {
  SUPABASE_URL: "https://project.supabase.example/",
  SUPABASE_PUBLISHABLE_KEY: "sb_publishable_x",
  SUPABASE_JWT_SECRET: "a-secret-of-some-length",
  HAWKER_KEY_MANIFEST: JSON.stringify({ payload: "e30", signature: "A".repeat(86) }),
};
const complaintAbout = (variables: Record<string, unknown>): string => {
  try {
    parseEnv(variables);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  return "";
};

describe("parseEnv", () => {
  it("when complete: the secret pins HS256, the key address ES256; the issuer follows the address", () => {
    expect(parseEnv(good)).toMatchObject({
      supabaseUrl: "https://project.supabase.example",
      jwt: { alg: "HS256" },
      issuer: "https://project.supabase.example/auth/v1",
    });
    const { SUPABASE_JWT_SECRET: _, ...rest } = good;
    expect(parseEnv({ ...rest, SUPABASE_JWKS_URL: "https://x.example/jwks" }).jwt).toEqual({
      alg: "ES256",
      jwksUrl: "https://x.example/jwks",
    });
  });

  it("when both ways of checking tokens are set, or none: refused", () => {
    expect(complaintAbout({ ...good, SUPABASE_JWKS_URL: "https://x.example/jwks" })).toContain("exactly one");
    expect(complaintAbout({ ...good, SUPABASE_JWT_SECRET: "" })).toContain("exactly one");
  });

  it("when several are missing or wrong: names each, and no value", () => {
    const words = complaintAbout({
      SUPABASE_URL: "not a url s3cret",
      HAWKER_KEY_MANIFEST: "{s3cret}",
      HAWKER_MAX_BODY_BYTES: "x",
    });
    for (const name of [
      "SUPABASE_URL",
      "SUPABASE_PUBLISHABLE_KEY is missing",
      "HAWKER_KEY_MANIFEST",
      "HAWKER_MAX_BODY_BYTES",
    ]) {
      expect(words).toContain(name);
    }
    expect(words).not.toContain("s3cret");
  });

  it("when lists are given: parsed", () => {
    const env = parseEnv({
      ...good,
      HAWKER_ALLOWED_ORIGINS: " https://a.example/ , chrome-extension://abc ,",
    });
    expect(env.allowedOrigins).toEqual(["https://a.example", "chrome-extension://abc"]);
  });
});
