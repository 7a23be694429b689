/** accounts.craigslist.org: log in, the seller's postings, and what can be done with them. */
import { html } from "hono/html";
import { badGateway } from "../server/broken-answers.ts";
import type { Replica } from "../server/own-list.ts";
import type { World } from "../server/world.ts";
import {
  clearCookies,
  formReader,
  safeNext,
  sendCookies,
  sendPage,
  type SiteApp,
  type SiteContext,
} from "../server/site-context.ts";
import { accounts, hosts } from "../sites.ts";
import { layout } from "./pages.ts";
import { postingsBody } from "./postings.ts";

const home = "/login/home?filter_page=1&show_tab=postings";
const ownHosts = Object.keys(hosts).filter((host) => host.endsWith("craigslist.org"));

/** `rt` says which of the hosts sent the seller to log in (P: posting), `rp` the page there. */
const returnTo = (from: string, path: string): string => {
  const next = safeNext(path, home, ownHosts);
  return from === "P" && next.startsWith("/") && path ? `https://post.craigslist.org${next}` : next;
};

export function accountRoutes(app: SiteApp, world: World): void {
  const version = world.bundles.version;
  const replicas = new Map<string, Replica>();

  const loginPage = (c: SiteContext, error: string | null) =>
    sendPage(
      c,
      layout(
        c,
        version,
        "craigslist: account log in",
        "login",
        html`<h2>log in</h2>
          ${error ? html`<div class="err">${error}</div>` : ""}
          <form class="loginBox" method="post" action="/login">
            <input type="hidden" name="rt" value="${c.req.query("rt") ?? ""}" />
            <input type="hidden" name="rp" value="${c.req.query("rp") ?? ""}" />
            <label
              >email
              <input
                type="email"
                id="inputEmailHandle"
                name="inputEmailHandle"
                autocomplete="username"
                required
            /></label>
            <label
              >password
              <input
                type="password"
                id="inputPassword"
                name="inputPassword"
                autocomplete="current-password"
                required
            /></label>
            <button class="accountform-btn" id="login" type="submit">log in</button>
          </form>`,
      ),
      error ? 403 : 200,
    );

  app.get("/", (c) => c.redirect(c.get("session") ? home : "/login"));
  app.get("/login", async (c) => (c.get("session") ? c.redirect(home) : await loginPage(c, null)));
  app.post("/login", async (c) => {
    const field = formReader(c, await c.req.parseBody());
    const account = accounts.find(
      ({ email, password }) => email === field("inputEmailHandle") && password === field("inputPassword"),
    );
    if (!account)
      return loginPage(c, "Your email address, handle, or password is incorrect. Please try again.");
    sendCookies(c, await world.sessions.login("craigslist", account, "form"));
    return c.redirect(returnTo(field("rt"), field("rp")), 303);
  });
  app.get("/logout", async (c) => {
    const session = c.get("session");
    if (session) {
      await world.sessions.end(session, "log out");
      clearCookies(c, session);
    }
    return c.redirect("/login");
  });

  app.get("/login/home", async (c) => {
    const session = c.get("session");
    if (!session) return c.redirect("/login?rt=L&rp=%2Flogin%2Fhome");
    if (world.faults.strike("craigslist", session.account.handle, "block", "load")) {
      return sendPage(
        c,
        layout(
          c,
          version,
          "craigslist | blocked",
          "notice",
          html`<div class="err"><b>This account has been blocked.</b></div>`,
        ),
        403,
      );
    }
    if (world.faults.pending("craigslist", session.account.handle, "list-unreadable")?.kind === "502")
      return badGateway(c);
    const page = Math.max(1, Number(c.req.query("filter_page") ?? 1) || 1);
    const tab = c.req.query("show_tab") === "drafts" ? "drafts" : "postings";
    const handle = session.account.handle;
    // A later page is asked of the replica that answered the first.
    const list = world.ownLists.of(session, page === 1 ? undefined : replicas.get(handle));
    replicas.set(handle, list.replica);
    const body = postingsBody(list, session, { page, tab });
    return sendPage(c, layout(c, version, "craigslist account", "account", body));
  });

  app.post("/manage/:id/delete", async (c) => {
    const session = c.get("session");
    const field = formReader(c, await c.req.parseBody());
    const listing = world.listing("craigslist", c.req.param("id"));
    if (!session || field("crypt") !== session.csrf) return c.json({ error: "please log in" }, 403);
    if (!listing || listing.account !== session.account.handle || listing.status === "deleted")
      return c.json({ error: "no such posting" }, 404);
    await world.setStatus(session, listing.externalId, "deleted");
    return c.json({ deleted: listing.externalId });
  });
}
