/** www.mercari.com: shells around the page script, log in, and the stop signs that are whole pages. */
import { html } from "hono/html";
import { badGateway } from "../server/broken-answers.ts";
import type { World } from "../server/world.ts";
import {
  clearCookies,
  configBlock,
  createSiteApp,
  formReader,
  safeNext,
  sendCookies,
  sendPage,
  strictCsp,
  type SiteApp,
  type SiteContext,
} from "../server/site-context.ts";
import { accounts } from "../sites.ts";
import { apiRoutes } from "./api.ts";
import { createDrafts } from "./drafts.ts";
import { cardOf, isTab, listingsView } from "./own-listings.ts";

export function mercariSite(world: World): SiteApp {
  const app = createSiteApp("mercari", world);
  const { version } = world.bundles;
  const drafts = createDrafts(world);

  app.use(async (c, next) => {
    await next();
    c.header("content-security-policy", strictCsp);
    c.header("x-frame-options", "SAMEORIGIN");
  });

  const shell = (c: SiteContext, title: string, page: string, data: unknown, status: 200 | 403 | 404 = 200) =>
    sendPage(
      c,
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <title>${title}</title>
            <meta name="viewport" content="width=device-width,initial-scale=1" />
            <link rel="stylesheet" href="/static/${version}/mercari.css" />
          </head>
          <body>
            <div id="__next"></div>
            ${configBlock(c, page, data)}
            <script src="/static/${version}/mercari.js" defer></script>
          </body>
        </html>`,
      status,
    );

  const loginUrl = (c: SiteContext) => `/login/?redirect=${encodeURIComponent(c.req.path)}`;

  /** Login, block and captcha come before any page of the signed-in seller. */
  const guarded =
    (page: (c: SiteContext) => Response | Promise<Response>) =>
    (c: SiteContext): Response | Promise<Response> => {
      const session = c.get("session");
      if (!session) return c.redirect(loginUrl(c));
      const { handle } = session.account;
      if (world.faults.strike("mercari", handle, "block", "load"))
        return shell(c, "Account restricted", "blocked", null, 403);
      if (world.faults.strike("mercari", handle, "captcha", "load"))
        return shell(c, "Just a moment...", "captcha", null, 403);
      if (world.faults.strike("mercari", handle, "checkpoint", "load"))
        return shell(c, "Verify your account", "verify", null, 403);
      return page(c);
    };

  app.get("/", (c) => shell(c, "Mercari: Your Marketplace", "home", null));
  for (const alias of ["/login", "/signin", "/signin/", "/signup", "/signup/"])
    app.get(alias, (c) => c.redirect("/login/"));
  app.get("/login/", (c) => loginPage(c, null));
  app.post("/login/", async (c) => {
    const field = formReader(c, await c.req.parseBody());
    const account = accounts.find(
      ({ email, password }) => email === field("email") && password === field("password"),
    );
    if (!account) return loginPage(c, "The email or password you entered is incorrect.");
    const session = await world.sessions.login("mercari", account, "form");
    sendCookies(c, session);
    // The device token lives in localStorage, so the page's script has to put it there before it moves on.
    c.set("session", session);
    return shell(c, "Logging in", "logged-in", {
      storage: session.storage,
      next: safeNext(c.req.query("redirect"), "/mypage/"),
    });
  });
  app.get("/logout/", async (c) => {
    const session = c.get("session");
    if (session) {
      await world.sessions.end(session, "log out");
      clearCookies(c, session);
    }
    return c.redirect("/login/");
  });

  const loginPage = (c: SiteContext, error: string | null) =>
    sendPage(
      c,
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <title>Log in | Mercari</title>
            <link rel="stylesheet" href="/static/${version}/mercari.css" />
          </head>
          <body>
            <main class="login">
              <h1>Log in</h1>
              ${error ? html`<p class="error" role="alert">${error}</p>` : ""}
              <form method="post" action="${c.req.path}${new URL(c.req.url).search}">
                <label class="login-field"
                  >Email<input type="email" id="login-email" name="email" autocomplete="username" required
                /></label>
                <label class="login-field"
                  >Password<input
                    type="password"
                    id="login-password"
                    name="password"
                    autocomplete="current-password"
                    required
                /></label>
                <button class="primary" type="submit" data-testid="LoginButton">Log in</button>
              </form>
            </main>
          </body>
        </html>`,
      error ? 403 : 200,
    );

  const sell = guarded((c) => {
    const handle = c.get("session")?.account.handle ?? "";
    const strike = (name: "welcome-dialog" | "cookie-banner") =>
      world.faults.strike("mercari", handle, name) !== null;
    const limited = world.faults.pending("mercari", handle, "limit-reached") !== null;
    return shell(c, "Sell your item | Mercari", "sell", {
      welcome: strike("welcome-dialog"),
      cookieBanner: strike("cookie-banner"),
      limited,
      edit: null,
    });
  });
  app.get("/sell", (c) => c.redirect("/sell/"));
  app.get("/sell/", sell);

  app.get(
    "/sell/edit/:id/",
    guarded((c) => {
      const listing = world.listing("mercari", c.req.param("id") ?? "");
      if (!listing || listing.account !== c.get("session")?.account.handle)
        return shell(c, "Not found", "not-found", null, 404);
      const photoIds = world.photos.adopt(listing.photos);
      const photos = listing.photos.map(({ sha256 }, index) => ({ id: photoIds[index] ?? "", sha256 }));
      const edit = { id: listing.externalId, fields: listing.fields, photos };
      return shell(c, "Edit your item | Mercari", "sell", {
        welcome: false,
        cookieBanner: false,
        limited: false,
        edit,
      });
    }),
  );

  app.get(
    "/sell/confirmation/:id",
    guarded((c) => {
      const listing = world.listing("mercari", c.req.param("id") ?? "");
      return listing
        ? shell(c, "Listed | Mercari", "confirmation", cardOf(listing))
        : shell(c, "Not found", "not-found", null, 404);
    }),
  );

  app.get(
    "/mypage/",
    guarded((c) => shell(c, "My page | Mercari", "mypage", null)),
  );
  app.get(
    "/mypage/listings/:tab/",
    guarded((c) => {
      const session = c.get("session");
      const tab = c.req.param("tab") ?? "";
      if (!session || !isTab(tab)) return shell(c, "Not found | Mercari", "not-found", null, 404);
      const { handle } = session.account;
      if (world.faults.pending("mercari", handle, "list-unreadable")?.kind === "502") return badGateway(c);
      return shell(c, "My listings | Mercari", "listings", listingsView(world, session, tab, drafts));
    }),
  );

  app.get("/item/:id/", (c) => c.redirect(`/us/item/${c.req.param("id")}/`));
  app.get("/us/item/:id/", (c) => {
    const listing = world.listing("mercari", c.req.param("id"));
    if (!listing || listing.status === "deleted")
      return shell(c, "Item unavailable | Mercari", "not-found", null, 404);
    const owner = listing.account === c.get("session")?.account.handle;
    return shell(c, `${String(listing.fields["title"])} | Mercari`, "item", {
      ...cardOf(listing),
      fields: listing.fields,
      owner,
    });
  });

  const frame = (body: ReturnType<typeof html>) => (c: SiteContext) =>
    sendPage(
      c,
      html`<!doctype html><title>reCAPTCHA</title>
        <body style="margin:0;font:12px sans-serif;color:#555">
          ${body}
        </body>`,
    );
  app.get(
    "/recaptcha/badge",
    frame(
      html`<div style="padding:18px 10px;border:1px solid #ddd;height:22px">protected by reCAPTCHA</div>`,
    ),
  );
  app.get(
    "/recaptcha/challenge",
    frame(
      html`<div style="padding:16px;border:1px solid #ccc;height:440px">
        <b>Select all images with traffic lights</b>
      </div>`,
    ),
  );

  apiRoutes(app, world, drafts);
  app.notFound((c) => shell(c as SiteContext, "Not found | Mercari", "not-found", null, 404));
  return app;
}
