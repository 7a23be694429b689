/**
 * The one cipher suite. A suite belongs to a key and is never negotiated: an envelope or manifest naming another one
 * is refused. A second suite would be a second entry here, used only by keys made for it.
 */
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import type { Bytes } from "./base64url.ts";
import type { KeyPair } from "./key-pair.ts";

export const SUITE = "DHKEM(X25519,HKDF-SHA256)/HKDF-SHA256/AES-256-GCM";
export const FORMAT_VERSION = 1;
/** Bytes of `enc` and of a raw public or private key. */
export const KEY_BYTES = 32;
/** Bytes that sealing adds to the padded plaintext. */
export const TAG_BYTES = 16;

const hpke = () =>
  new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** @throws when the bytes are no X25519 public key. */
export const importPublicKey = (raw: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", raw, { name: "X25519" }, true, []);

/** HPKE base mode, one message. RFC 9180 §8.1: for single messages the context goes into `info`, and `aad` stays empty. */
export const hpkeSeal = async (
  recipient: CryptoKey,
  info: Bytes,
  plaintext: Bytes,
): Promise<{ enc: Bytes; ct: Bytes }> => {
  const { enc, ct } = await hpke().seal({ recipientPublicKey: recipient, info }, plaintext);
  return { enc: new Uint8Array(enc), ct: new Uint8Array(ct) };
};

/** @throws when the message was not sealed to this key with this `info`, or was changed. */
export const hpkeOpen = async (recipient: KeyPair, info: Bytes, enc: Bytes, ct: Bytes): Promise<Bytes> =>
  new Uint8Array(await hpke().open({ recipientKey: recipient, enc, info }, ct));
