/** What a picture is by its first bytes; file names and declared types lie. */

const text = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

/** The brands of an ISO media file: the main one, then those it is compatible with. */
const brandsOf = (head: Uint8Array): string[] => {
  if (head.length < 16 || text(head, 4, 4) !== "ftyp") return [];
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const end = Math.min(view.getUint32(0), head.length);
  const brands = [text(head, 8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(text(head, at, 4));
  return brands;
};

const AVIF_BRANDS = ["avif", "avis"];
const HEIC_BRANDS = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];

/** HEIC, which browsers do not read. "mif1" and "msf1" are brands of AVIF files too, and those browsers do read. */
export const isHeic = (head: Uint8Array): boolean => {
  const brands = brandsOf(head);
  return !brands.some((one) => AVIF_BRANDS.includes(one)) && brands.some((one) => HEIC_BRANDS.includes(one));
};
