/**
 * Which keys a session may be sealed to. The list comes from the API, which is not trusted with it: it counts only when
 * the root key pinned in the extension package signed it, for this environment, and it has not expired.
 *
 * The signature covers the exact bytes served (`payload`), so nothing depends on how JSON is written.
 */
import { z } from "zod";
import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { importVerifyKey, signBytes, verifyBytes, type PublicJwk } from "./device.ts";
import { lengthPrefixed } from "./length-prefix.ts";
import { KEY_BYTES, SUITE } from "./suite.ts";

const instant = z.iso.datetime({ offset: true });

export const manifestKeySchema = z.strictObject({
  keyId: z.string().min(1).max(100),
  suite: z.string().min(1).max(100),
  /** Raw public key, base64url. */
  publicKey: z.string().min(1).max(4096),
  notBefore: instant,
  notAfter: instant,
});

export const keyManifestSchema = z.strictObject({
  version: z.literal(1),
  env: z.string().min(1).max(100),
  keys: z.array(manifestKeySchema).min(1).max(20),
  issuedAt: instant,
  expiresAt: instant,
});
export type KeyManifest = z.infer<typeof keyManifestSchema>;

/** What `GET /api/keys` answers: the manifest's JSON as base64url, and an ES256 signature over it. */
export const signedManifestSchema = z.strictObject({
  payload: z.string().min(1).max(60_000),
  signature: z.string().length(86),
});
export type SignedManifest = z.infer<typeof signedManifestSchema>;

/** A public key sessions may be sealed to. Obtain it from `pickKey`, so that it went through `verifyManifest`. */
export type Recipient = { keyId: string; suite: string; publicKey: string };

export type ManifestRefusal = {
  reason:
    | "malformed"
    | "wrong-signature"
    | "wrong-env"
    | "not-yet-valid"
    | "expired"
    | "older-than-seen"
    | "unknown-suite"
    | "no-current-key";
  message: string;
};

export type ManifestCheck =
  | { ok: true; manifest: KeyManifest; key: Recipient }
  | { ok: false; refusal: ManifestRefusal };

const refuse = (reason: ManifestRefusal["reason"], message: string): ManifestCheck => ({
  ok: false,
  refusal: { reason, message },
});

const signedPart = (payload: Uint8Array) => lengthPrefixed(["hawker/key-manifest/v1", payload]);

export const signManifest = async (
  manifest: KeyManifest,
  rootPrivateKey: CryptoKey,
): Promise<SignedManifest> => {
  const payload = new TextEncoder().encode(JSON.stringify(keyManifestSchema.parse(manifest)));
  const signature = await signBytes(rootPrivateKey, signedPart(payload));
  return { payload: toBase64Url(payload), signature: toBase64Url(signature) };
};

const isCurrent = (key: { notBefore: string; notAfter: string }, now: Date): boolean =>
  Date.parse(key.notBefore) <= now.getTime() && now.getTime() < Date.parse(key.notAfter);

/** The newest current key of a suite we know, or null. */
export const pickKey = (manifest: KeyManifest, now: Date): Recipient | null => {
  const [key] = manifest.keys
    .filter((candidate) => candidate.suite === SUITE && isCurrent(candidate, now))
    .sort((a, b) => Date.parse(b.notBefore) - Date.parse(a.notBefore));
  return key ? { keyId: key.keyId, suite: key.suite, publicKey: key.publicKey } : null;
};

const parsePayload = (payload: Uint8Array): KeyManifest | null => {
  try {
    const parsed = keyManifestSchema.safeParse(
      JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload)),
    );
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // not UTF-8 or not JSON: the caller says "malformed"
  }
};

const isUsable = (manifest: KeyManifest): boolean =>
  new Set(manifest.keys.map((key) => key.keyId)).size === manifest.keys.length &&
  manifest.keys.every((key) => key.suite !== SUITE || fromBase64Url(key.publicKey)?.length === KEY_BYTES);

/**
 * Checks a served manifest against the pinned root.
 * @param options.now from the caller's clock; `options.env` the environment the package was built for;
 *   `options.seenIssuedAt` the `issuedAt` of the newest manifest accepted so far: an older one is refused, so a retired
 *   key cannot be served again.
 * @returns the manifest and the key to seal to, or why not. Nothing may be captured after a refusal.
 */
export const verifyManifest = async (
  served: unknown,
  pinnedRoot: PublicJwk,
  options: { now: Date; env: string; seenIssuedAt?: string | undefined },
): Promise<ManifestCheck> => {
  const signed = signedManifestSchema.safeParse(served);
  const payload = signed.success ? fromBase64Url(signed.data.payload) : null;
  const signature = signed.success ? fromBase64Url(signed.data.signature) : null;
  if (!payload || !signature)
    return refuse("malformed", "The key list is not in the form this version reads.");

  const root = await importVerifyKey(pinnedRoot);
  if (!(await verifyBytes(root, signature, signedPart(payload)))) {
    return refuse(
      "wrong-signature",
      "The key list was not signed by the key this package trusts. Nothing was captured.",
    );
  }
  const manifest = parsePayload(payload);
  if (!manifest || !isUsable(manifest)) {
    return refuse(
      "malformed",
      "The key list is signed but not in the form this version reads. Update the extension.",
    );
  }
  if (manifest.env !== options.env) {
    return refuse("wrong-env", `The key list is for "${manifest.env}", this package for "${options.env}".`);
  }
  const now = options.now.getTime();
  if (now < Date.parse(manifest.issuedAt)) {
    return refuse("not-yet-valid", "The key list is dated in the future. Check this computer's clock.");
  }
  if (now >= Date.parse(manifest.expiresAt)) {
    return refuse(
      "expired",
      "The key list has expired. Try again later; the service has to publish a new one.",
    );
  }
  if (options.seenIssuedAt && Date.parse(manifest.issuedAt) < Date.parse(options.seenIssuedAt)) {
    return refuse("older-than-seen", "The key list is older than one already seen.");
  }
  const key = pickKey(manifest, options.now);
  if (key) return { ok: true, manifest, key };
  return manifest.keys.some((candidate) => isCurrent(candidate, options.now))
    ? refuse(
        "unknown-suite",
        "The current keys are for a cipher suite this version does not know. Update the extension.",
      )
    : refuse("no-current-key", "The key list holds no key that is valid now.");
};
