/**
 * Lengths tell: a session with 3 cookies and one with 30 are different sites, and a growing one is an active account.
 * Everything sealed has one of three sizes. Layout: length as 32-bit big endian, content, zeros.
 */
import type { Bytes } from "./base64url.ts";

/** Padded sizes in bytes. */
export const SIZE_CLASSES = [8 * 1024, 32 * 1024, 128 * 1024] as const;
const HEADER = 4;

export class TooLargeToSealError extends Error {
  override name = "TooLargeToSealError";
  readonly bytes: number;
  readonly limit: number;

  constructor(bytes: number) {
    const limit = SIZE_CLASSES[SIZE_CLASSES.length - 1]! - HEADER;
    super(
      `This is ${bytes} bytes; at most ${limit} can be sealed. ` +
        "Narrow the marketplace's allowlist: large localStorage entries are rarely needed to stay signed in.",
    );
    this.bytes = bytes;
    this.limit = limit;
  }
}

/** @throws TooLargeToSealError past the largest class. */
export const pad = (content: Uint8Array): Bytes => {
  const size = SIZE_CLASSES.find((limit) => content.length + HEADER <= limit);
  if (size === undefined) throw new TooLargeToSealError(content.length);
  const out = new Uint8Array(size);
  new DataView(out.buffer).setUint32(0, content.length);
  out.set(content, HEADER);
  return out;
};

/** The content, or null when this is nothing `pad` made. */
export const unpad = (padded: Bytes): Bytes | null => {
  if (!SIZE_CLASSES.some((size) => size === padded.length)) return null;
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (length > padded.length - HEADER) return null;
  if (padded.subarray(HEADER + length).some((byte) => byte !== 0)) return null;
  return padded.slice(HEADER, HEADER + length);
};
