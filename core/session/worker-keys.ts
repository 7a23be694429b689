/** The worker's private keys: where they come from as JSON, and how they are held. */
import { z } from "zod";
import { fromBase64Url, toBase64Url, type Bytes } from "./base64url.ts";
import { importVerifyKey, publicJwkSchema } from "./device.ts";
import type { KeyPair } from "./key-pair.ts";
import { manifestKeySchema } from "./manifest.ts";
import { importPublicKey, KEY_BYTES, SUITE } from "./suite.ts";

/** A P-256 private key: the root that signs manifests, or a worker's signer. */
export const privateJwkSchema = publicJwkSchema.extend({ d: z.string().length(43) });
export type PrivateJwk = z.infer<typeof privateJwkSchema>;

export const workerKeyFileSchema = z.strictObject({
  version: z.literal(1),
  env: z.string().min(1).max(100),
  /** Every key sessions may still be sealed to, newest last. A key is destroyed by leaving it out. */
  keys: z.array(manifestKeySchema.extend({ privateKey: z.string() })).min(1),
  /** Keys the worker signs with when it re-seals to a newer key; the last one is in use. */
  signers: z.array(z.strictObject({ id: z.string().min(1).max(100), jwk: privateJwkSchema })).min(1),
});
export type WorkerKeyFile = z.infer<typeof workerKeyFileSchema>;

export type RecipientKey = { suite: string; pair: KeyPair };
export type Signer = { id: string; privateKey: CryptoKey; publicKey: CryptoKey };

export type WorkerKeys = {
  env: string;
  recipients: ReadonlyMap<string, RecipientKey>;
  signers: ReadonlyMap<string, Signer>;
  /** The signer in use. */
  signer: Signer;
};

const raw = (text: string, what: string): Bytes => {
  const bytes = fromBase64Url(text);
  if (bytes?.length !== KEY_BYTES)
    throw new Error(`The worker key file holds a ${what} that is not ${KEY_BYTES} bytes.`);
  return bytes;
};

const importRecipient = async (publicKey: string, privateKey: string): Promise<KeyPair> => ({
  publicKey: await importPublicKey(raw(publicKey, "public key")),
  privateKey: await crypto.subtle.importKey(
    "jwk",
    { kty: "OKP", crv: "X25519", x: publicKey, d: toBase64Url(raw(privateKey, "private key")) },
    { name: "X25519" },
    false,
    ["deriveBits"],
  ),
});

const importSigner = async ({ id, jwk }: WorkerKeyFile["signers"][number]): Promise<Signer> => ({
  id,
  privateKey: await crypto.subtle.importKey("jwk", jwk, { name: "ECDSA", namedCurve: "P-256" }, false, [
    "sign",
  ]),
  publicKey: await importVerifyKey(publicJwkSchema.parse(jwk)),
});

/**
 * Reads the key file's JSON into non-extractable keys.
 * @throws when the file is not one, or names a suite this version does not know.
 */
export const importWorkerKeys = async (json: unknown): Promise<WorkerKeys> => {
  const file = workerKeyFileSchema.parse(json);
  const foreign = file.keys.find((key) => key.suite !== SUITE);
  if (foreign)
    throw new Error(`Key ${foreign.keyId} is for suite ${foreign.suite}; this version knows ${SUITE}.`);
  const recipients = await Promise.all(
    file.keys.map(async (key): Promise<[string, RecipientKey]> => {
      const pair = await importRecipient(key.publicKey, key.privateKey);
      return [key.keyId, { suite: key.suite, pair }];
    }),
  );
  const signers = await Promise.all(file.signers.map(importSigner));
  return {
    env: file.env,
    recipients: new Map(recipients),
    signers: new Map(signers.map((signer) => [signer.id, signer])),
    signer: signers[signers.length - 1]!,
  };
};
