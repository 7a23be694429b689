/** What a picture is by its first bytes; file names and declared types lie. */

const text = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

const HEIC_BRANDS = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];

export const isHeic = (head: Uint8Array): boolean =>
  text(head, 4, 4) === "ftyp" && HEIC_BRANDS.includes(text(head, 8, 4));

const isWebp = (head: Uint8Array): boolean => text(head, 0, 4) === "RIFF" && text(head, 8, 4) === "WEBP";

/** Whether it is worth looking for transparent pixels. */
export const mayHaveAlpha = (head: Uint8Array): boolean => isWebp(head) || pngHasAlpha(head);

/** A PNG of a colour type with alpha, or with a transparency chunk. Others are kept as JPEG, which is far smaller. */
export const pngHasAlpha = (head: Uint8Array): boolean => {
  if (text(head, 1, 3) !== "PNG" || text(head, 12, 4) !== "IHDR") return false;
  const colourType = head[25];
  if (colourType === 4 || colourType === 6) return true;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (let at = 8; at + 8 <= head.length;) {
    const type = text(head, at + 4, 4);
    if (type === "tRNS") return true;
    if (type === "IDAT" || type === "IEND") return false;
    at += 12 + view.getUint32(at);
  }
  return false;
};
