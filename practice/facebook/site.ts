/** www.facebook.com: one shell for the single-page app, log in, and the stop signs that are whole pages. */
import { html } from "hono/html";
import { shownAs } from "../ledger-entry.ts";
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
import { emptyListing, type ListingInput } from "./listing.ts";

const leftover = {
  title: "Old draft: kitchen stool",
  description: "Written last week, never published.",
  price: "15",
};

export function facebookSite(world: World, deploy: string): SiteApp {
  const app = createSiteApp("facebook", world, deploy);
  const { version } = world.bundles;
  const drafts = new Map<string, ListingInput>();
  world.onReset((site) => {
    if (site === null || site === "facebook") drafts.clear();
  });

  app.use(async (c, next) => {
    await next();
    c.header("content-security-policy", strictCsp);
    c.header("x-frame-options", "DENY");
  });

  const document = (
    c: SiteContext,
    title: string,
    body: ReturnType<typeof html>,
    status: 200 | 403 | 404 = 200,
  ) =>
    sendPage(
      c,
      html`<!doctype html>
        <html lang="en" id="facebook">
          <head>
            <meta charset="utf-8" />
            <title>${title}</title>
            <meta name="viewport" content="width=device-width,initial-scale=1" />
            <link rel="stylesheet" href="/static/${version}/facebook.css" />
          </head>
          <body>
            ${body}
          </body>
        </html>`,
      status,
    );
  const shell = (c: SiteContext, page: string, data: unknown, status: 200 | 404 = 200) =>
    document(
      c,
      "Facebook",
      html`<div class="mount"></div>
        ${configBlock(c, page, data)}
        <script src="/static/${version}/facebook.js" defer></script>`,
      status,
    );

  /** The e-mail and password form; the real page shows it at several addresses. */
  const loginForm = (next: string, error: string | null) =>
    html`<main class="login">
      <h2 class="wordmark">facebook</h2>
      ${error ? html`<div class="login-error" role="alert">${error}</div>` : ""}
      <form action="/login/?next=${encodeURIComponent(next)}" method="post" id="login_form">
        <input
          type="text"
          id="email"
          name="email"
          class="login-input"
          placeholder="Email address or phone number"
          aria-label="Email address or phone number"
          autocomplete="username"
        />
        <input
          type="password"
          id="pass"
          name="pass"
          class="login-input"
          placeholder="Password"
          aria-label="Password"
          autocomplete="current-password"
        />
        <button type="submit" id="loginbutton" name="login" value="1" class="login-button">Log in</button>
      </form>
    </main>`;
  const loginPage = (c: SiteContext, next: string, error: string | null = null) =>
    document(c, "Log in to Facebook", loginForm(next, error), error ? 403 : 200);

  app.get("/login", (c) => loginPage(c, c.req.query("next") ?? "/"));
  app.get("/login/", (c) => loginPage(c, c.req.query("next") ?? "/"));
  app.post("/login/", async (c) => {
    const field = formReader(c, await c.req.parseBody());
    const account = accounts.find(
      ({ email, password }) => email === field("email") && password === field("pass"),
    );
    const next = safeNext(c.req.query("next"), "/");
    if (!account) return loginPage(c, next, "The password that you've entered is incorrect.");
    sendCookies(c, await world.sessions.login("facebook", account, "form"));
    return c.redirect(next, 303);
  });
  app.get("/logout", async (c) => {
    const session = c.get("session");
    if (session) {
      await world.sessions.end(session, "log out");
      clearCookies(c, session);
    }
    return c.redirect("/login/");
  });

  /** `loggedOut`: where the real site sends people who have no session. */
  const guarded =
    (
      loggedOut: (c: SiteContext) => Response | Promise<Response>,
      page: (c: SiteContext) => Response | Promise<Response>,
    ) =>
    (c: SiteContext): Response | Promise<Response> => {
      const session = c.get("session");
      if (!session) return loggedOut(c);
      const { handle } = session.account;
      const next = encodeURIComponent(c.req.path);
      if (world.faults.strike("facebook", handle, "block", "load")) return c.redirect("/blocked/");
      if (world.faults.strike("facebook", handle, "captcha", "load"))
        return c.redirect(`/checkpoint/captcha/?next=${next}`);
      if (world.faults.strike("facebook", handle, "checkpoint", "load"))
        return c.redirect(`/checkpoint/?next=${next}`);
      return page(c);
    };
  const toLogin = (c: SiteContext) => c.redirect(`/login/?next=${encodeURIComponent(c.req.path)}`);
  /** No session: the marketplace front shows a log-in form, and create pages come back here. No error page. */
  const toFront = (c: SiteContext) => c.redirect("/marketplace/");
  const frontLogin = (c: SiteContext) =>
    document(
      c,
      "Facebook Marketplace",
      html`<h1 class="front">Marketplace</h1>
        ${loginForm("/marketplace/", null)}`,
    );

  const appPage = (c: SiteContext) => {
    const handle = c.get("session")?.account.handle ?? "";
    const strike = (name: "welcome-dialog" | "cookie-banner") =>
      world.faults.strike("facebook", handle, name) !== null;
    const fault = c.req.path.includes("/create/item")
      ? world.faults.strike("facebook", handle, "restore-draft")
      : null;
    const draft = fault ? { ...emptyListing, ...(fault.draft ?? leftover) } : (drafts.get(handle) ?? null);
    return shell(c, "app", {
      welcome: strike("welcome-dialog"),
      cookieBanner: strike("cookie-banner"),
      draft: draft && { ...draft, photoIds: [] },
      edit: editOf(c),
      item: itemOf(c),
    });
  };

  const editOf = (c: SiteContext) => {
    if (!c.req.path.startsWith("/marketplace/edit")) return null;
    const listing = world.listing("facebook", c.req.query("listing_id") ?? "");
    if (!listing || listing.account !== c.get("session")?.account.handle) return null;
    const ids = world.photos.adopt(listing.photos);
    const photos = listing.photos.map(({ sha256 }, index) => ({ id: ids[index] ?? "", sha256 }));
    return { id: listing.externalId, input: { ...listing.fields, photoIds: [] }, photos };
  };
  const itemOf = (c: SiteContext) => {
    const id = /^\/marketplace\/item\/(\d+)/.exec(c.req.path)?.[1];
    const listing = id ? world.listing("facebook", id) : null;
    if (!listing || listing.status === "deleted") return null;
    const { externalId, fields, photos, status, account } = listing;
    const owner = account === c.get("session")?.account.handle;
    const shown = { ...fields, ...shownAs(listing) };
    return { id: externalId, fields: shown, photos: photos.map(({ sha256 }) => sha256), status, owner };
  };

  app.get(
    "/",
    guarded((c) => loginPage(c, "/"), appPage),
  );
  app.get("/marketplace", (c) => c.redirect("/marketplace/"));
  app.get("/marketplace/", guarded(frontLogin, appPage));
  for (const path of [
    "/marketplace/create",
    "/marketplace/create/",
    "/marketplace/create/item",
    "/marketplace/create/item/",
  ]) {
    app.get(path, guarded(toFront, appPage));
  }
  for (const path of ["/marketplace/edit", "/marketplace/edit/"]) app.get(path, guarded(toLogin, appPage));
  for (const path of ["/marketplace/you/selling", "/marketplace/you/selling/"]) {
    app.get(
      path,
      guarded(toLogin, (c) => {
        const unreadable = world.faults.pending(
          "facebook",
          c.get("session")?.account.handle ?? null,
          "list-unreadable",
        );
        return unreadable?.kind === "502" ? badGateway(c) : appPage(c);
      }),
    );
  }
  app.get("/marketplace/item/:id{\\d+}", (c) => c.redirect(`${c.req.path}/`));
  app.get("/marketplace/item/:id{\\d+}/", (c) => appPage(c));
  app.get(
    "/me/",
    guarded(toLogin, (c) => c.redirect(`/${c.get("session")?.account.handle ?? ""}`)),
  );
  for (const { handle, name } of accounts)
    app.get(`/${handle}`, (c) => document(c, name, html`<main class="notice"><h1>${name}</h1></main>`));

  const stopPage = (c: SiteContext, title: string, body: ReturnType<typeof html>) =>
    document(c, title, html`<main class="notice">${body}</main>`, 403);
  app.get("/blocked/", (c) =>
    stopPage(
      c,
      "You're Temporarily Blocked",
      html`<h3>You're Temporarily Blocked</h3>
        <p>
          It looks like you were misusing this feature by going too fast. You've been temporarily blocked from
          using it.
        </p>`,
    ),
  );
  const solveForm = (c: SiteContext, input: ReturnType<typeof html>) =>
    html`<form
      method="post"
      action="/checkpoint/?next=${encodeURIComponent(safeNext(c.req.query("next"), "/"))}"
    >
      ${input}<button type="submit" name="submit" value="1">Continue</button>
    </form>`;
  app.get("/checkpoint/", (c) =>
    stopPage(
      c,
      "Login approval needed",
      html`<h2>Two-Factor Authentication Required</h2>
        <p>Enter security code</p>
        ${solveForm(c, html`<input type="text" name="approvals_code" aria-label="Security code" autocomplete="one-time-code" />`)}`,
    ),
  );
  app.get("/checkpoint/captcha/", (c) =>
    stopPage(
      c,
      "Security check",
      html`<h2>Security check</h2>
        <p>Enter the characters you see to show that you're human.</p>
        <div class="captcha-picture" role="img" aria-label="captcha"></div>
        ${solveForm(c, html`<input type="text" name="captcha_response" aria-label="Text in the picture" />`)}`,
    ),
  );
  app.post("/checkpoint/", (c) => c.redirect(safeNext(c.req.query("next"), "/"), 303));

  apiRoutes(app, world, drafts);
  app.notFound((c) =>
    document(
      c as SiteContext,
      "Facebook",
      html`<main class="notice"><h2>This Page Isn't Available Right Now</h2></main>`,
      404,
    ),
  );
  return app;
}
