import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { generateDeviceKey, exportDevicePublicKey, type PublicJwk } from "./device.ts";
import type { KeyPair } from "./key-pair.ts";
import { pickKey, signManifest, verifyManifest, type KeyManifest, type SignedManifest } from "./manifest.ts";
import { recipientKeyFile, SAMPLE_TIME } from "./sample.ts";

const now = new Date(SAMPLE_TIME);
let root: KeyPair;
let pinned: PublicJwk;
let manifest: KeyManifest;

beforeAll(async () => {
  root = await generateDeviceKey(); // any P-256 pair will do
  pinned = await exportDevicePublicKey(root.publicKey);
  const { privateKey: _private, ...key } = await recipientKeyFile("k1");
  manifest = {
    version: 1,
    env: "test",
    keys: [key],
    issuedAt: "2026-11-20T00:00:00Z",
    expiresAt: "2026-12-20T00:00:00Z",
  };
});

const check = async (changes: Partial<KeyManifest>, options: { seenIssuedAt?: string } = {}) => {
  const served = await signManifest({ ...manifest, ...changes }, root.privateKey);
  const result = await verifyManifest(served, pinned, { now, env: "test", ...options });
  return result.ok ? `ok ${result.key.keyId}` : result.refusal.reason;
};

describe("verifyManifest", () => {
  it("when signed by the pinned root, for this environment and time: gives the key to seal to", async () => {
    expect(await check({})).toBe("ok k1");
  });

  it("when signed by any other key: wrong signature", async () => {
    const other = await generateDeviceKey();
    const served = await signManifest(manifest, other.privateKey);
    expect(await verifyManifest(served, pinned, { now, env: "test" })).toMatchObject({
      refusal: { reason: "wrong-signature" },
    });
  });

  it("when any bit of payload or signature is flipped: wrong signature", async () => {
    const served = await signManifest(manifest, root.privateKey);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("payload" as const, "signature" as const),
        fc.nat(),
        async (field, at) => {
          const bytes = fromBase64Url(served[field])!;
          bytes[(at >> 3) % bytes.length]! ^= 1 << (at & 7);
          const changed: SignedManifest = { ...served, [field]: toBase64Url(bytes) };
          const result = await verifyManifest(changed, pinned, { now, env: "test" });
          expect(result).toMatchObject({ ok: false, refusal: { reason: "wrong-signature" } });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("when the environment is another: wrong env", async () => {
    expect(await check({ env: "production" })).toBe("wrong-env");
  });

  it.each([
    ["expired", { expiresAt: "2026-11-21T09:00:00.000Z" }],
    ["not-yet-valid", { issuedAt: "2026-11-21T09:00:00.001Z" }],
  ] as const)("when the clock says so: %s", async (reason, changes) => {
    expect(await check(changes)).toBe(reason);
  });

  it("when an older manifest is served again: older than seen", async () => {
    expect(await check({}, { seenIssuedAt: "2026-11-20T00:00:01Z" })).toBe("older-than-seen");
    expect(await check({}, { seenIssuedAt: "2026-11-20T00:00:00Z" })).toBe("ok k1");
  });

  it("when the only current key is of an unknown suite: unknown suite", async () => {
    expect(await check({ keys: [{ ...manifest.keys[0]!, suite: "X-Wing" }] })).toBe("unknown-suite");
  });

  it.each([
    ["over", { notAfter: "2026-11-21T09:00:00.000Z" }],
    ["to come", { notBefore: "2026-11-21T09:00:00.001Z" }],
  ])("when every key's time is %s: no current key", async (_name, changes) => {
    expect(await check({ keys: [{ ...manifest.keys[0]!, ...changes }] })).toBe("no-current-key");
  });

  it.each(["AAAA", "", "A".repeat(43) + "="])(
    "when a signed key is %j: malformed or unsignable",
    async (publicKey) => {
      const outcome = await check({ keys: [{ ...manifest.keys[0]!, publicKey }] }).catch(() => "unsignable");
      expect(["malformed", "unsignable"]).toContain(outcome);
    },
  );

  it("when two keys share an id: malformed", async () => {
    expect(await check({ keys: [manifest.keys[0]!, manifest.keys[0]!] })).toBe("malformed");
  });

  it.each([
    null,
    "text",
    {},
    { payload: "x", signature: "y" },
    { payload: "e30", signature: "A".repeat(86), extra: 1 },
  ])("when what was served is %j: malformed", async (served) => {
    const result = await verifyManifest(served, pinned, { now, env: "test" });
    expect(result).toMatchObject({ ok: false, refusal: { reason: "malformed" } });
  });
});

describe("pickKey", () => {
  it("when several keys are current: the newest of a suite we know", () => {
    const [key] = manifest.keys;
    const keys = [
      { ...key!, keyId: "old", notBefore: "2026-10-01T00:00:00Z" },
      { ...key!, keyId: "new", notBefore: "2026-11-10T00:00:00Z" },
      { ...key!, keyId: "newest, unknown", notBefore: "2026-11-15T00:00:00Z", suite: "X-Wing" },
      { ...key!, keyId: "future", notBefore: "2026-12-01T00:00:00Z" },
    ];
    expect(pickKey({ ...manifest, keys }, now)?.keyId).toBe("new");
  });
});
