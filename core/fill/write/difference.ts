/** How what a field shows differs from what was set: said in signs and counts, never with the value itself. */

const signsOf = (text: string): string[] =>
  [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)].map(({ segment }) => segment);
/** Letters and digits, whatever marks are on and between them. */
const bones = (text: string): string => text.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");

/** The first sign that is not kept whole: sites count code units, and cut through an emoji. */
function signAfter(text: string, length: number): string {
  let end = 0;
  return signsOf(text).find((sign) => (end += sign.length) > length && sign.trim() !== "") ?? "";
}

export function difference(shown: string, wanted: string): string | undefined {
  const kept = new Set(signsOf(shown));
  const isLost = (sign: string) => !kept.has(sign) && !/^[\w\s]+$/.test(sign);
  const lost = [...new Set(signsOf(wanted).filter(isLost))];
  const rest = signsOf(wanted).filter((sign) => !isLost(sign));
  if (lost.length > 0 && [bones(wanted), bones(rest.join(""))].includes(bones(shown)))
    return `the site does not take ${lost.join(" ")}`;
  if (shown !== "" && wanted.startsWith(shown)) {
    const next = signAfter(wanted, shown.length);
    return isLost(next)
      ? `the site cuts it off at ${next}`
      : `the site keeps ${shown.length} of its ${wanted.length} characters`;
  }
  return shown.toLowerCase() === wanted.toLowerCase() ? "the site changes its capitals" : undefined;
}
