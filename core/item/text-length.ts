/** How long a text is for a site's limit, and a text made to fit it. */

/**
 * As the strictest sites count: UTF-16 units, as a browser's maxlength does, and each line end as two, because a form sends
 * it as carriage return and line feed.
 */
export const countedLength = (text: string): number => text.replace(/\r\n?|\n/g, "\r\n").length;

/** Line ends in a text. */
export const lineEndsIn = (text: string): number => text.match(/\r\n?|\n/g)?.length ?? 0;

/** What a person sees as one sign: a flag, a family, a letter with its accent. None is ever cut. */
const signsOf = (text: string): string[] =>
  Array.from(new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text), ({ segment }) => segment);

/** At most `max` as counted above, cut between words where there is a gap to cut at. */
export function shortened(text: string, max: number): string {
  const signs = signsOf(text);
  let length = 0;
  const end = signs.findIndex((sign) => (length += countedLength(sign)) > max);
  if (end < 0) return text;
  const cut = signs.slice(0, end).join("");
  const gap = /^\s/.test(signs[end] ?? "") ? cut.length : cut.search(/\s+\S*$/);
  return (gap > max * 0.6 ? cut.slice(0, gap) : cut).replace(/[\s,;:\-–—]+$/u, "");
}
