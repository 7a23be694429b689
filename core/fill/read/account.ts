/** Who is signed in, as the page showing now says. */
import type { AccountRules } from "../../marketplace/marketplace.ts";
import { elementsAt } from "../find/locate.ts";
import { queryAll } from "../page/roots.ts";

/** The handle, from the first locator that shows one; the pattern's first group, else its whole match. */
export function handleShown(document: Document, rules: AccountRules["handle"]): string | null {
  const pattern = new RegExp(rules.pattern);
  for (const locator of rules.locators) {
    const visible = elementsAt(document, locator);
    const all = visible.length > 0 || locator.by !== "css" ? visible : queryAll(document, locator.css);
    for (const element of all) {
      const text = rules.attribute
        ? element.getAttribute(rules.attribute)
        : element.innerText || element.textContent;
      const match = (text ?? "").trim().match(pattern);
      if (match) return match[1] ?? match[0];
    }
  }
  return null;
}

/** The channel's own id of who is signed in, where a document can tell: cookies are the host's to read. */
export function loginShown(document: Document, { login, handle }: AccountRules): string | null {
  if (login.by === "cookie") return null;
  if (login.by === "handle") return handleShown(document, handle);
  const storage = document.defaultView?.localStorage;
  const key = Object.keys(storage ?? {}).find((each) => new RegExp(login.key).test(each));
  const match = key === undefined ? null : storage?.getItem(key)?.match(new RegExp(login.pattern));
  return match ? (match[1] ?? match[0]) : null;
}
