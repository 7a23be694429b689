/** What a practice site's routes are written against: the request's session, page shells, forms, losing a reply. */
import { Hono, type Context } from "hono";
import { setCookie } from "hono/cookie";
import { raw } from "hono/html";
import type { HttpBindings } from "@hono/node-server";
import { mutateCss, mutateHtml, mutationFrom, type Mutation, type MutationSpec } from "../page/mutation.ts";
import type { PageConfig } from "../page/config.ts";
import { accounts, type SiteId } from "../sites.ts";
import { badGateway } from "./broken-answers.ts";
import { setCookieHeader, type Session } from "./sessions.ts";
import type { World } from "./world.ts";

type SiteEnv = {
  Bindings: HttpBindings;
  Variables: {
    session: Session | null;
    mutation: Mutation;
    spec: MutationSpec;
    /** What the page's script is to put into localStorage first. */
    storage: Readonly<Record<string, string>> | undefined;
  };
};
export type SiteContext = Context<SiteEnv>;
export type SiteApp = Hono<SiteEnv>;

/** Cookie values as they were sent: session values are compared, never decoded. */
const cookiesOf = (c: SiteContext): Map<string, string> =>
  new Map(
    (c.req.header("cookie") ?? "").split(/;\s*/).map((pair): [string, string] => {
      const split = pair.indexOf("=");
      return [pair.slice(0, split), pair.slice(split + 1)];
    }),
  );

const isAsset = (path: string) =>
  path.startsWith("/static/") || path.startsWith("/images/") || path === "/favicon.ico";

const isDocument = (c: SiteContext) =>
  ["document", "iframe"].includes(c.req.header("sec-fetch-dest") ?? "") && c.req.method === "GET";

/** Somebody else logs in at this browser: from this page on, cookies and storage are theirs. */
async function signInAnother(c: SiteContext, world: World, session: Session): Promise<void> {
  const { site, account } = session;
  const fault = world.faults.strike(site, account.handle, "other-login");
  if (!fault) return;
  const other = accounts.find(({ handle }) => (fault.as ? handle === fault.as : handle !== account.handle));
  if (!other) throw new Error(`other-login: nobody here is called "${fault.as}"`);
  const theirs = await world.sessions.login(site, other, "form");
  c.set("session", theirs);
  c.set("storage", theirs.storage);
  sendCookies(c, theirs);
}

/** An app with what every site needs first: mutation, session, slowness, its own script and style, pictures. */
export function createSiteApp(site: SiteId, world: World, deploy?: string): SiteApp {
  const app: SiteApp = new Hono<SiteEnv>();

  app.use(async (c, next) => {
    const spec: MutationSpec = { ...world.mutation, deploy };
    c.set("spec", spec);
    c.set("mutation", mutationFrom(spec));
    const session = world.sessions.find(site, cookiesOf(c));
    c.set("session", session);
    const handle = session?.account.handle ?? null;
    if (world.faults.pending(site, handle, "site-down")) return badGateway(c);
    if (isAsset(c.req.path)) return next();
    const slow = world.faults.strike(site, handle, "slow");
    if (slow?.ms) await new Promise((resolve) => setTimeout(resolve, slow.ms));
    if (session && world.faults.strike(site, handle, "session-expired", "load")) {
      await world.sessions.endAll(site, handle, "fault: session-expired");
      c.set("session", null);
    }
    if (session && isDocument(c)) await signInAnother(c, world, session);
    return next();
  });

  app.get("/favicon.ico", (c) => c.body(null, 204));

  app.get("/static/:version/:file", (c) => {
    const file = c.req.param("file");
    const text = world.bundles.read(file);
    if (text === null) return c.notFound();
    const css = file.endsWith(".css");
    c.header("cache-control", css ? "no-cache" : "public, max-age=31536000, immutable");
    c.header("content-type", css ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8");
    return c.body(css ? mutateCss(text, c.get("mutation")) : text);
  });

  app.get("/images/:file{[0-9a-f]+_\\d+\\.jpg}", async (c) => {
    const [sha = "", width = ""] = c.req.param("file").replace(".jpg", "").split("_");
    const jpeg = await world.photos.thumbnail(sha, Number(width));
    if (!jpeg) return c.notFound();
    return c.body(jpeg, 200, { "content-type": "image/jpeg", "cache-control": "public, max-age=86400" });
  });

  return app;
}

export const imageUrl = (sha256: string, width: number) => `/images/${sha256}_${width}.jpg`;

/** The JSON block a page's script reads its config from. */
export function configBlock<Data>(c: SiteContext, page: string, data: Data) {
  const session = c.get("session");
  const config: PageConfig<Data> = {
    mutation: c.get("spec"),
    page,
    user: session && {
      handle: session.account.handle,
      name: session.account.name,
      userId: session.account.userId,
    },
    csrf: session?.csrf ?? "",
    storage: c.get("storage") ?? {},
    data,
  };
  return raw(`<script type="application/json">${JSON.stringify(config).replaceAll("<", "\\u003c")}</script>`);
}

/** Sends HTML under the request's mutation. */
export async function sendPage(
  c: SiteContext,
  html: unknown,
  status: 200 | 403 | 404 | 429 | 500 = 200,
): Promise<Response> {
  c.header("cache-control", "no-store");
  return c.html(mutateHtml(String(await html), c.get("mutation")), status);
}

/** A strict policy, as the two big sites have: no inline script, nothing from elsewhere. */
export const strictCsp = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "frame-src 'self'",
  "frame-ancestors 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "upgrade-insecure-requests",
].join("; ");

/** A form's text field by its unmutated name. */
export function formReader(c: SiteContext, body: Record<string, unknown>) {
  return (name: string): string => {
    const value = body[c.get("mutation").name(name)];
    return typeof value === "string" ? value : "";
  };
}

export function sendCookies(c: SiteContext, session: Session): void {
  for (const each of session.cookies) c.header("set-cookie", setCookieHeader(each), { append: true });
}

/** Takes the session's cookies away (log out). */
export function clearCookies(c: SiteContext, session: Session): void {
  for (const { name, domain } of session.cookies) {
    setCookie(c, name, "", {
      path: "/",
      secure: true,
      maxAge: 0,
      ...(domain.startsWith(".") ? { domain } : {}),
    });
  }
}

/** A path on this site only: a login never sends people elsewhere. */
export const safeNext = (
  next: string | undefined,
  fallback: string,
  allowedHosts: readonly string[] = [],
): string => {
  if (!next) return fallback;
  if (next.startsWith("/") && !next.startsWith("//")) return next;
  const target = URL.canParse(next) ? new URL(next) : null;
  return target && target.protocol === "https:" && allowedHosts.includes(target.hostname) ? next : fallback;
};
