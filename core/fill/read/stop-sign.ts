/** Pages on which the engine must hand over to a person: captcha, login, checkpoint, block, limit. */
import type { OutcomeSigns } from "../../marketplace/marketplace.ts";
import type { StopSign } from "../../plan/index.ts";
import { elementsAt } from "../find/locate.ts";
import { allRoots, queryAll } from "../page/roots.ts";
import { isVisible } from "../page/visible.ts";
import { normalise } from "../page/text.ts";

const CAPTCHA_FRAME =
  /recaptcha|hcaptcha|turnstile|challenges\.cloudflare|arkoselabs|funcaptcha|captcha-delivery|geo\.captcha/i;
const SPOKEN =
  "h1,h2,h3,[role=heading],[role=dialog],dialog,[role=alertdialog],[role=alert],main,[role=main]";

/** A badge is not a challenge: only a visible captcha frame taller than 100 px stops. */
function captchaShown(document: Document): StopSign | null {
  for (const frame of queryAll(document, "iframe")) {
    const words = `${frame.getAttribute("src") ?? ""} ${frame.getAttribute("title") ?? ""} ${frame.getAttribute("name") ?? ""}`;
    if (!CAPTCHA_FRAME.test(words) && !/captcha/i.test(words)) continue;
    if (frame.getBoundingClientRect().height > 100 && isVisible(frame))
      return { kind: "captcha", evidence: "a captcha is shown" };
  }
  return null;
}

function loginShown(document: Document): StopSign | null {
  if (
    !/\/(log[-_]?in|sign[-_]?in|auth)(\/|\?|$|\.)/i.test(
      document.location.pathname + document.location.search,
    )
  )
    return null;
  const secret = queryAll(document, "input[type=password]").some(isVisible);
  return secret ? { kind: "login", evidence: "a login form is shown" } : null;
}

/** Words outside what the seller wrote themselves: a listing may be called "Verify you are human". */
function spokenIn(place: HTMLElement, rows: readonly string[]): (text: string) => boolean {
  const said = normalise(place.innerText ?? "");
  const own = rows
    .flatMap((css) => [...place.querySelectorAll<HTMLElement>(css)])
    .filter((row, _, all) => !all.some((other) => other !== row && other.contains(row)))
    .map((row) => normalise(row.innerText ?? ""));
  const timesIn = (where: string, text: string) => where.split(text).length - 1;
  return (text) => timesIn(said, text) > own.reduce((times, row) => times + timesIn(row, text), 0);
}

function textShown(document: Document, texts: readonly string[], rows: readonly string[]): string | null {
  const roots = allRoots(document);
  const spoken = queryAll(document, SPOKEN, roots).filter(isVisible);
  const places = spoken.some((one) => one.matches("main,[role=main]")) ? spoken : [...spoken, document.body];
  const isSpoken = places.map((place) => spokenIn(place, rows));
  return texts.find((text) => isSpoken.some((spoken) => spoken(normalise(text)))) ?? null;
}

/** @param rows where a page shows the seller's own listings, whose words are no sign. */
export function stopSignOn(
  document: Document,
  signs: OutcomeSigns | undefined,
  rows: readonly string[] = [],
): StopSign | null {
  const url = document.location.href;
  for (const stop of signs?.stops ?? []) {
    const part = stop.urlIncludes?.find((one) => url.includes(one));
    if (part !== undefined) return { kind: stop.kind, evidence: `the address contains ${part}` };
    if (stop.visible?.some((locator) => elementsAt(document, locator).length > 0))
      return { kind: stop.kind, evidence: "its page is shown" };
    const text = stop.texts && document.body ? textShown(document, stop.texts, rows) : null;
    if (text) return { kind: stop.kind, evidence: `the page says "${text}"` };
  }
  return captchaShown(document) ?? loginShown(document);
}
