/** How sites change a title the seller wrote, each as it was seen on one. */
import type { FaultRequest } from "./fault-request.ts";

export type Rewrite = NonNullable<FaultRequest["how"]>;

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const cutAt = 24;

const rewrites: Readonly<Record<Rewrite, (title: string) => string>> = {
  /** The second letter and those after it of the longest word become stars, but for its last. */
  censored(title) {
    const [longest = ""] = title.split(/\s+/).sort((a, b) => b.length - a.length);
    return title.replace(
      longest,
      longest.replace(/(?<=^.).+(?=.$)/u, (middle) => "*".repeat(middle.length)),
    );
  },
  /** Without an ellipsis, in the middle of a word if it comes so. */
  cut: (title) => title.slice(0, cutAt).trimEnd(),
  "brand-prefix": (title) => `Unbranded ${title}`,
  quotes: (title) =>
    title
      .replace(/(^|\s)"/g, "$1\u201c")
      .replaceAll('"', "\u201d")
      .replaceAll("'", "\u2019")
      .replaceAll(" - ", " \u2013 "),
  /** With the blanks beside it, and what joins several into one. */
  "emoji-dropped": (title) =>
    title
      .replace(/[\p{Extended_Pictographic}\u200d\ufe0f]+/gu, "")
      .replace(/\s+/g, " ")
      .trim(),
  /** Escaped once more than is shown. */
  entity: (title) => title.replace(/[&<>"]/g, (character) => entities[character] ?? character),
};

export const rewrittenTitle = (title: string, how: Rewrite): string => rewrites[how](title);
