/** Who is signed in at a marketplace, as a page of its own says. */
import type { AccountRules, Identity } from "../marketplace/marketplace.ts";
import { askAgain } from "./ask-again.ts";
import type { Host } from "./host.ts";

type Site = { identity: Pick<Identity, "id">; account: AccountRules };

/** `id`: the channel's own, which stays when the name changes, null where it does not show; `name`: what a person knows. */
export type SignedIn = { id: string | null; name: string };

/** The id a cookie tells, where the channel keeps it there. */
export async function loginByCookie<D>(host: Host<D>, { login }: AccountRules): Promise<string | null> {
  if (login.by !== "cookie") return null;
  const match = (await host.cookie(login.name))?.match(new RegExp(login.pattern));
  return match ? (match[1] ?? match[0]) : null;
}

/** In the page that shows it, freshly loaded. @throws PageUnreadable | BrowserGone */
export async function signedIn<D>(host: Host<D>, { identity, account }: Site): Promise<SignedIn | null> {
  await host.open(account.handleUrl);
  const shown = await askAgain(host, undefined, "signedInAs", identity.id);
  if (shown === null) return null;
  const id = account.login.by === "cookie" ? await loginByCookie(host, account) : shown.login;
  return { id, name: shown.handle };
}
