import type { Expectation, PageMark } from "../../plan/index.ts";
import { anyVisible } from "../find/locate.ts";

/** Whether the page showing now is the one a step is for. */
export function isOnPage(document: Document, mark: PageMark | undefined): boolean {
  if (!mark) return true;
  const url = document.location.href;
  if (mark.urlIncludes !== undefined && !url.includes(mark.urlIncludes)) return false;
  if (mark.urlExcludes !== undefined && url.includes(mark.urlExcludes)) return false;
  return mark.visible === undefined || anyVisible(document, mark.visible);
}

const urlMatches = (href: string, wanted: string): boolean => {
  if (href.includes(wanted)) return true;
  try {
    return new RegExp(wanted).test(href);
  } catch {
    return false; // a plain fragment such as "?step=2" need not be a pattern
  }
};

/** Whether what must follow a press has come true. `newDocument` is only ever seen by the next document. */
export const isMet = (document: Document, expect: Expectation, freshDocument = false): boolean =>
  expect.any.some((one) => {
    if ("url" in one) return urlMatches(document.location.href, one.url);
    if ("gone" in one) return !anyVisible(document, one.gone);
    if ("visible" in one) return anyVisible(document, one.visible);
    return freshDocument;
  });
