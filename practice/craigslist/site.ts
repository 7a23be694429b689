/** Craigslist's four hosts. */
import { html } from "hono/html";
import { shownAs } from "../ledger-entry.ts";
import type { World } from "../server/world.ts";
import { createSiteApp, sendPage, type SiteApp } from "../server/site-context.ts";
import { accountRoutes } from "./account-routes.ts";
import { layout, postingBody } from "./pages.ts";
import { postRoutes } from "./post-routes.ts";
import { captchaFrame } from "./stop-pages.ts";

function wwwRoutes(app: SiteApp, world: World): void {
  const version = world.bundles.version;
  const framed = (title: string, src: string, page: string) => (c: Parameters<typeof layout>[0]) =>
    sendPage(
      c,
      layout(c, version, title, page, html`<iframe class="wrapped" title="${title}" src="${src}"></iframe>`),
    );
  app.get("/", (c) =>
    sendPage(
      c,
      layout(
        c,
        version,
        "craigslist",
        "home",
        html`<h2>san francisco bay area</h2>
          <p><a href="/post/sfo">create a posting</a> · <a href="/account">my account</a></p>`,
      ),
    ),
  );
  app.get("/post/:code{[a-z]{3}}", (c) =>
    framed("create a posting", `https://post.craigslist.org/c/${c.req.param("code")}`, "wrapper")(c),
  );
  app.get("/account", (c) =>
    framed(
      "my account",
      "https://accounts.craigslist.org/login/home?filter_page=1&show_tab=postings",
      "wrapper",
    )(c),
  );
}

function cityRoutes(app: SiteApp, world: World): void {
  const version = world.bundles.version;
  app.get("/", (c) => sendPage(c, layout(c, version, "SF bay area", "home", html`<h2>for sale</h2>`)));
  app.get("/:area/:category/d/:slug/:file{\\d{10}\\.html}", (c) => {
    const listing = world.listing("craigslist", c.req.param("file").replace(".html", ""));
    if (!listing)
      return sendPage(
        c,
        layout(c, version, "craigslist | page not found", "notice", html`<h2>404: page not found</h2>`),
        404,
      );
    if (listing.status === "deleted") {
      return sendPage(
        c,
        layout(
          c,
          version,
          "craigslist",
          "notice",
          html`<h2>This posting has been deleted by its author.</h2>`,
        ),
      );
    }
    const { fields, photos, externalId, at } = listing;
    const { title, price } = shownAs(listing);
    return sendPage(
      c,
      layout(
        c,
        version,
        title,
        "posting",
        html`${postingBody({ ...fields, PostingTitle: title, price }, photos)}
          <p class="postinginfos">post id: ${externalId} · posted: ${at.slice(0, 16).replace("T", " ")}</p>`,
      ),
    );
  });
}

/** One handler for the four hosts: each has its own routes. */
export function craigslistSite(world: World): { fetch: SiteApp["fetch"] } {
  const routes = {
    "www.craigslist.org": wwwRoutes,
    "post.craigslist.org": postRoutes,
    "accounts.craigslist.org": accountRoutes,
    "sfbay.craigslist.org": cityRoutes,
  };
  const apps = new Map(
    Object.entries(routes).map(([host, add]) => {
      const app = createSiteApp("craigslist", world);
      app.get("/captcha-frame", captchaFrame);
      add(app, world);
      return [host, app];
    }),
  );
  return {
    fetch(request, env, context) {
      const app = apps.get(new URL(request.url).hostname);
      return app ? app.fetch(request, env, context) : new Response("no such host", { status: 421 });
    },
  };
}
