/** The name a photo is handed over with. Sites may sort by it, so names sort as the photos do: 02 before 10. */
const DIGITS = 2; // an item has at most 24 photos
const EXTENSIONS: Record<string, string> = { "image/png": "png", "image/webp": "webp" };
const WORDS_LENGTH = 40;

const wordsOf = (title: string): string =>
  title
    .normalize("NFD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, WORDS_LENGTH)
    .replace(/^-+|-+$/g, "") || "photo";

/** @param index 0 for the first photo of the listing */
export const photoName = (title: string, index: number, mime: string): string =>
  `${wordsOf(title)}-${String(index + 1).padStart(DIGITS, "0")}.${EXTENSIONS[mime] ?? "jpg"}`;
