/**
 * Controls the engine never touches: secrets, payment, captchas, traps. A wrong fill here would be worse than none.
 */
import { tagOf, typeOf } from "../page/roots.ts";
import { isAriaHidden, isInert, isVisible } from "../page/visible.ts";
import type { Control } from "./control.ts";

const SECRET_NAMES =
  /passw|passcode|\botp\b|one[-_ ]?time|\bcvv\b|\bcvc\b|\bcsc\b|security[-_ ]?code|card[-_ ]?(number|num|no|holder|name|exp)|cc[-_]?(num|name|exp|csc|number)|iban|routing[-_ ]?n|account[-_ ]?number|\bssn\b|social[-_ ]?security|captcha|honey[-_ ]?pot|\bhp[-_]|h-captcha|g-recaptcha/i;
const TRAP_WORDS =
  /leave (this|it)( field)? (blank|empty)|do not fill|don'?t fill|if you('re| are) (a )?human|bots? only/i;

/** Why a control must not be touched, or null when it may be. */
export function forbiddenReason(control: Control, name = ""): string | null {
  const { element, kind } = control;
  if (typeOf(element) === "password") return "password";
  const autocomplete = element.getAttribute("autocomplete") ?? "";
  if (/\bcc-|(new|current)-password|one-time-code|transaction-/.test(autocomplete))
    return "payment or secret";
  const handles = ["name", "id", "data-testid", "aria-label", "placeholder"]
    .map((key) => element.getAttribute(key) ?? "")
    .join(" ");
  if (SECRET_NAMES.test(`${handles} ${name}`)) return "payment, secret or captcha";
  if (
    TRAP_WORDS.test(`${name} ${handles} ${element.closest("label,div,p")?.textContent?.slice(0, 120) ?? ""}`)
  )
    return "a trap for robots";
  if (isInert(element)) return "inert";
  if (kind !== "photos" && kind !== "radio" && kind !== "switch" && isAriaHidden(element)) return "hidden";
  const isText = kind === "text" || kind === "number" || kind === "richText";
  if (isText && tagOf(element) !== "iframe" && !isVisible(element)) return "hidden";
  return null;
}

/** A captcha's own box somewhere around the element. */
export const insideCaptcha = (element: Element): boolean =>
  element.closest(".g-recaptcha,.h-captcha,.cf-turnstile,[data-sitekey]") !== null;
