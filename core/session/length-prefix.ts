/**
 * One unambiguous way to write a list of values as bytes. Each value is a tag (0 null, 1 text, 2 integer, 3 bytes), its
 * length as 32-bit big endian, and its bytes; the list starts with its own length. No two different lists share an
 * encoding, so moving a character from one field to its neighbour changes the bytes.
 */
import type { Bytes } from "./base64url.ts";

export type Encodable = string | number | null | Uint8Array;

const encoder = new TextEncoder();

const tagged = (value: Encodable): { tag: number; body: Uint8Array } => {
  if (value === null) return { tag: 0, body: new Uint8Array(0) };
  if (typeof value === "string") {
    // TextEncoder writes every lone surrogate as U+FFFD: two different texts would share their bytes.
    if (/\p{Surrogate}/u.test(value)) throw new TypeError("A text with a lone surrogate cannot be encoded.");
    return { tag: 1, body: encoder.encode(value) };
  }
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new TypeError("Only safe integers can be encoded.");
    return { tag: 2, body: encoder.encode(String(value)) };
  }
  return { tag: 3, body: value };
};

/** @throws TypeError for lone surrogates and numbers that are no safe integers. */
export const lengthPrefixed = (values: readonly Encodable[]): Bytes => {
  const parts = values.map(tagged);
  const out = new Uint8Array(4 + parts.reduce((sum, part) => sum + 5 + part.body.length, 0));
  const view = new DataView(out.buffer);
  view.setUint32(0, parts.length);
  let at = 4;
  for (const { tag, body } of parts) {
    out[at] = tag;
    view.setUint32(at + 1, body.length);
    out.set(body, at + 5);
    at += 5 + body.length;
  }
  return out;
};

export const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
