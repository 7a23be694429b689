/** Text as people compare it: case, dashes, quotes, spaces and required-marks do not matter. */
export const normalise = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\u200b|\u00ad|\ufeff/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();

/** A label's words without what forms hang on them: "Title *", "Title:", "Title (optional)". */
export const bareLabel = (text: string): string =>
  normalise(text)
    .replace(/\((required|optional|recommended)\)|\b(required|optional)$|^[*\u2022]\s*/g, "")
    .replace(/[\s*:\u2022?]+$/, "")
    .trim();

/** Non-empty lines as rendered. */
export const linesOf = (element: Element): string[] =>
  ((element as HTMLElement).innerText ?? element.textContent ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** All text nodes under the element with something in them, in document order. */
export const textPieces = (element: Element): string[] => {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const pieces: string[] = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent && /^(SCRIPT|STYLE|OPTION|NOSCRIPT|TITLE|TEXTAREA)$/i.test(parent.tagName)) continue;
    const text = (walker.currentNode.nodeValue ?? "").trim();
    if (text) pieces.push(text);
  }
  return pieces;
};

/** The ways the first line of an element may be read: as rendered, and its first text node. */
export const firstLines = (element: Element): string[] => {
  const rendered = linesOf(element)[0];
  const piece = textPieces(element)[0];
  return [...new Set([rendered, piece].filter((text): text is string => !!text))];
};

export const isOneOf = (text: string, wanted: string | readonly string[]): boolean => {
  const all = typeof wanted === "string" ? [wanted] : wanted;
  const bare = bareLabel(text);
  return all.some((one) => bareLabel(one) === bare && bare !== "");
};
