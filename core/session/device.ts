/**
 * The key of one browser. HPKE's base mode proves nothing about who sealed; this signature does: an envelope counts
 * only when the device registered for its row signed it. The private key cannot be exported, not even by us; it
 * survives in IndexedDB, which stores CryptoKeys as they are.
 */
import { z } from "zod";
import type { Bytes } from "./base64url.ts";
import type { KeyPair } from "./key-pair.ts";
import { lengthPrefixed } from "./length-prefix.ts";

const EC = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGN = { name: "ECDSA", hash: "SHA-256" } as const;

/** A P-256 public key, as `devices.public_key` and the pinned root key hold it. */
export const publicJwkSchema = z.object({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: z.string().length(43),
  y: z.string().length(43),
});
export type PublicJwk = z.infer<typeof publicJwkSchema>;

/** A new device key, ready for IndexedDB. Only the public half can leave the browser. */
export const generateDeviceKey = (): Promise<KeyPair> =>
  crypto.subtle.generateKey(EC, false, ["sign", "verify"]);

export const exportDevicePublicKey = async (publicKey: CryptoKey): Promise<PublicJwk> =>
  publicJwkSchema.parse(await crypto.subtle.exportKey("jwk", publicKey));

/** @throws when the JWK is no P-256 point. */
export const importVerifyKey = async (jwk: PublicJwk): Promise<CryptoKey> =>
  crypto.subtle.importKey("jwk", { ...publicJwkSchema.parse(jwk), ext: true }, EC, true, ["verify"]);

export const signBytes = async (privateKey: CryptoKey, message: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign(SIGN, privateKey, message));

export const verifyBytes = (publicKey: CryptoKey, signature: Bytes, message: Bytes): Promise<boolean> =>
  crypto.subtle.verify(SIGN, publicKey, signature, message);

const signedParts = (enc: Bytes, ct: Bytes, info: Bytes): Bytes =>
  lengthPrefixed(["hawker/seal/signature/v1", enc, ct, info]);

export const signSealed = (privateKey: CryptoKey, enc: Bytes, ct: Bytes, info: Bytes): Promise<Bytes> =>
  signBytes(privateKey, signedParts(enc, ct, info));

export const verifySealed = (
  publicKey: CryptoKey,
  sig: Bytes,
  enc: Bytes,
  ct: Bytes,
  info: Bytes,
): Promise<boolean> => verifyBytes(publicKey, sig, signedParts(enc, ct, info));
