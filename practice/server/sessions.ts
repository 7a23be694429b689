/** Logins: the cookies and localStorage each site issues, random on every login, and who they belong to. */
import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { IssuedCookie, LedgerEntry } from "../ledger-entry.ts";
import { accountOf, type Account, type SiteId } from "../sites.ts";
import type { Ledger } from "./ledger-client.ts";

export interface Session {
  readonly id: string;
  readonly site: SiteId;
  readonly account: Account;
  readonly csrf: string;
  readonly cookies: readonly IssuedCookie[];
  /** What a login leaves in the main origin's localStorage. */
  readonly storage: Readonly<Record<string, string>>;
}

/** The cookie that carries the session, per site. */
const sessionCookie: Readonly<Record<SiteId, string>> = {
  facebook: "xs",
  mercari: "_mwus",
  craigslist: "cl_session",
};

const token = (bytes = 24) => randomBytes(bytes).toString("base64url");
const cookie = (
  name: string,
  value: string,
  domain: string,
  options: Partial<IssuedCookie> = {},
): IssuedCookie => ({
  name,
  value,
  domain,
  path: "/",
  httpOnly: true,
  secret: true,
  ...options,
});

const issue: Readonly<Record<SiteId, (account: Account) => Pick<Session, "cookies" | "storage" | "csrf">>> = {
  facebook: (account) => ({
    csrf: `NAf${token(18)}:${randomInt(10, 60)}:${Date.now()}`,
    storage: {},
    cookies: [
      cookie("datr", token(18), ".facebook.com"),
      cookie("sb", token(18), ".facebook.com"),
      cookie("c_user", account.userId, ".facebook.com", { httpOnly: false, secret: false }),
      cookie(
        "xs",
        `${randomInt(10, 60)}%3A${token(12)}%3A2%3A${Date.now()}%3A-1%3A${randomInt(1000, 9999)}`,
        ".facebook.com",
      ),
      cookie("fr", `${token(12)}.${token(20)}`, ".facebook.com"),
      cookie("locale", "en_US", ".facebook.com", { httpOnly: false, secret: false }),
    ],
  }),
  mercari: (account) => ({
    csrf: token(24),
    storage: {
      _s_did: `eyJhbGciOiJIUzI1NiJ9.${token(30)}.${token(32)}`,
    },
    cookies: [
      cookie(
        "_mwus",
        Buffer.from(JSON.stringify({ user_id: account.userId, access_token: token(36) })).toString("base64"),
        ".mercari.com",
      ),
      cookie("cf_clearance", `${token(32)}-${Date.now()}-1.2.1.1`, ".mercari.com"),
      cookie("_merc_session", token(30), "www.mercari.com"),
    ],
  }),
  craigslist: () => ({
    csrf: token(24),
    storage: {},
    cookies: [
      cookie("cl_session", `1:${token(40)}`, ".craigslist.org"),
      cookie("cl_b", `4|${token(16)}|${Date.now()}`, ".craigslist.org", { httpOnly: false }),
      cookie("cl_login", token(16), "accounts.craigslist.org"),
    ],
  }),
};

/** One `Set-Cookie` value. Domain cookies are printed with their domain, host-only ones without. */
export function setCookieHeader(each: IssuedCookie): string {
  const domain = each.domain.startsWith(".") ? `; Domain=${each.domain}` : "";
  const sameSite = each.domain.includes("facebook") ? "None" : "Lax";
  return `${each.name}=${each.value}${domain}; Path=${each.path}; Max-Age=7776000; Secure; SameSite=${sameSite}${each.httpOnly ? "; HttpOnly" : ""}`;
}

export interface Sessions {
  login(site: SiteId, account: Account, by: "form" | "control"): Promise<Session>;
  /** The live session a request's cookies stand for. */
  find(site: SiteId, cookies: ReadonlyMap<string, string>): Session | null;
  end(session: Session, why: string): Promise<void>;
  endAll(site: SiteId | null, handle: string | null, why: string): Promise<void>;
  /** Every session ever issued in this ledger, ended ones included. */
  issued(): readonly Session[];
}

/** Sessions as the ledger remembers them, so that a restarted site still knows who is signed in. */
export function sessionsFrom(ledger: Ledger, entries: readonly LedgerEntry[]): Sessions {
  const issued: Session[] = [];
  const live = new Map<string, Session>();
  const keyOf = (session: Session) => {
    const carrier = session.cookies.find(({ name }) => name === sessionCookie[session.site]);
    return `${session.site}/${carrier?.value ?? ""}`;
  };
  const remember = (session: Session) => {
    issued.push(session);
    live.set(keyOf(session), session);
  };
  const forget = (wanted: (session: Session) => boolean) => {
    for (const [key, session] of live) if (wanted(session)) live.delete(key);
  };

  for (const entry of entries) {
    if (entry.kind === "login") {
      const { sessionId, site, csrf, cookies, storage } = entry;
      remember({ id: sessionId, site, account: accountOf(entry.account), csrf, cookies, storage });
    } else if (entry.kind === "session-ended") forget(({ id }) => id === entry.sessionId);
    else if (entry.kind === "reset" && !entry.keepSessions)
      forget(({ site }) => !entry.site || site === entry.site);
  }

  const sessions: Sessions = {
    async login(site, account, by) {
      const session: Session = { id: randomUUID(), site, account, ...issue[site](account) };
      const { id: sessionId, csrf, cookies, storage } = session;
      await ledger.append({
        kind: "login",
        site,
        account: account.handle,
        sessionId,
        csrf,
        cookies,
        storage,
        by,
      });
      remember(session);
      return session;
    },
    find(site, cookies) {
      const session = live.get(`${site}/${cookies.get(sessionCookie[site]) ?? ""}`) ?? null;
      if (site === "facebook" && session && cookies.get("c_user") !== session.account.userId) return null;
      return session;
    },
    async end(session, why) {
      forget(({ id }) => id === session.id);
      await ledger.append({
        kind: "session-ended",
        site: session.site,
        account: session.account.handle,
        sessionId: session.id,
        why,
      });
    },
    async endAll(site, handle, why) {
      const doomed = [...live.values()].filter(
        (session) => (!site || session.site === site) && (!handle || session.account.handle === handle),
      );
      for (const session of doomed) await sessions.end(session, why);
    },
    issued: () => issued,
  };
  return sessions;
}
