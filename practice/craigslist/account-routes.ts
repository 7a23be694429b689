/** accounts.craigslist.org: log in, the seller's postings, and what can be done with them. */
import { html } from "hono/html";
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

const perPage = 50;
const home = "/login/home?filter_page=1&show_tab=postings";
const ownHosts = Object.keys(hosts).filter((host) => host.endsWith("craigslist.org"));

export function accountRoutes(app: SiteApp, world: World): void {
  const version = world.bundles.version;

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

  app.get("/", (c) => c.redirect("/login"));
  app.get("/login", (c) => loginPage(c, null));
  app.post("/login", async (c) => {
    const field = formReader(c, await c.req.parseBody());
    const account = accounts.find(
      ({ email, password }) => email === field("inputEmailHandle") && password === field("inputPassword"),
    );
    if (!account)
      return loginPage(c, "Your email address, handle, or password is incorrect. Please try again.");
    sendCookies(c, await world.sessions.login("craigslist", account, "form"));
    return c.redirect(safeNext(field("rp"), home, ownHosts), 303);
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
    const page = Math.max(1, Number(c.req.query("filter_page") ?? 1) || 1);
    const all = [
      ...world.activeListings(session),
      ...world
        .listings("craigslist")
        .filter((each) => each.account === session.account.handle && each.status === "deleted")
        .reverse(),
    ];
    const rows = all.slice((page - 1) * perPage, page * perPage).map((each) => {
      const id = each.externalId;
      const gone = each.status === "deleted";
      const price = each.fields["price"] ? ` - $${String(each.fields["price"])}` : "";
      const csrf = html`<input type="hidden" name="crypt" value="${session.csrf}" />`;
      return html`<tr class="posting-row">
        <td class="status ${gone ? "deleted" : "active"}" data-postingid="${id}">
          ${gone ? "Deleted" : "Active"}
        </td>
        <td class="buttons">
          ${
            gone
              ? ""
              : html`<form class="manage display" action="${each.url}" method="get">
                    <input class="managebtn" type="submit" value="display" />
                  </form>
                  <form
                    class="manage edit"
                    action="https://post.craigslist.org/manage/${id}/edit"
                    method="get"
                    target="_top"
                  >
                    <input class="managebtn" type="submit" value="edit" />
                  </form>
                  <form
                    class="manage delete"
                    data-posting-id="${id}"
                    action="/manage/${id}/delete"
                    method="post"
                  >
                    ${csrf}<input class="managebtn" type="submit" name="go" value="delete" />
                  </form>`
          }
        </td>
        <td class="title">
          ${gone ? html`${String(each.fields["PostingTitle"])}` : html`<a href="${each.url}">${String(each.fields["PostingTitle"])}</a>`}${price}
        </td>
        <td class="areacat"><b>${String(each.fields["area"])}</b> ${String(each.fields["category"])}</td>
        <td class="dates">${each.at.slice(0, 16).replace("T", " ")}</td>
        <td class="postingID">${id}</td>
      </tr>`;
    });
    const pages = Math.max(1, Math.ceil(all.length / perPage));
    return sendPage(
      c,
      layout(
        c,
        version,
        "craigslist account",
        "account",
        html`<nav class="tabs"><b>postings</b> drafts searches settings billing</nav>
          <p>
            <a class="newpost" href="https://post.craigslist.org/c/sfo" target="_top">new posting</a> · page
            ${page} of
            ${pages}${page < pages ? html` <a href="/login/home?filter_page=${page + 1}&amp;show_tab=postings">next</a>` : ""}
          </p>
          <table class="accthp_postings">
            <thead>
              <tr>
                <th>status</th>
                <th>manage</th>
                <th>posting title</th>
                <th>area and category</th>
                <th>posted date</th>
                <th>id</th>
              </tr>
            </thead>
            <tbody>
              ${rows}
            </tbody>
          </table>
          ${rows.length ? "" : html`<p class="none">no postings match your filter.</p>`}`,
      ),
    );
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
