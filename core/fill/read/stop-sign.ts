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

function textShown(document: Document, texts: readonly string[]): string | null {
  const roots = allRoots(document);
  const spoken = queryAll(document, SPOKEN, roots).filter(isVisible);
  const places = spoken.some((one) => one.matches("main,[role=main]")) ? spoken : [...spoken, document.body];
  const said = places.map((one) => normalise(one.innerText ?? ""));
  return texts.find((text) => said.some((one) => one.includes(normalise(text)))) ?? null;
}

export function stopSignOn(document: Document, signs: OutcomeSigns | undefined): StopSign | null {
  const url = document.location.href;
  for (const stop of signs?.stops ?? []) {
    const part = stop.urlIncludes?.find((one) => url.includes(one));
    if (part !== undefined) return { kind: stop.kind, evidence: `the address contains ${part}` };
    if (stop.visible?.some((locator) => elementsAt(document, locator).length > 0))
      return { kind: stop.kind, evidence: "its page is shown" };
    const text = stop.texts && document.body ? textShown(document, stop.texts) : null;
    if (text) return { kind: stop.kind, evidence: `the page says "${text}"` };
  }
  return captchaShown(document) ?? loginShown(document);
}
