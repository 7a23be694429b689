/** The switchboard of the practice sites: plain HTTP on a port of its own, never under the real hostnames. */
import { Hono } from "hono";
import { z } from "zod";
import { listingsFrom, type LedgerEntry } from "../ledger-entry.ts";
import { mutationLevels } from "../page/mutation.ts";
import { accountOf, accounts, hosts, isSiteId, siteIds } from "../sites.ts";
import { faultNames, faultRequest } from "./fault-request.ts";
import { handMade, handMadeRequest } from "./hand-made.ts";
import type { Session } from "./sessions.ts";
import type { World } from "./world.ts";

const origins = {
  facebook: "https://www.facebook.com",
  mercari: "https://www.mercari.com",
  craigslist: "https://www.craigslist.org",
};

/** A session in the shape Playwright's `storageState` has. */
function storageStateOf(session: Session) {
  const expires = Math.floor(Date.now() / 1000) + 7776000;
  const localStorage = Object.entries(session.storage).map(([name, value]) => ({ name, value }));
  return {
    cookies: session.cookies.map(({ name, value, domain, path, httpOnly }) => ({
      name,
      value,
      domain,
      path,
      expires,
      httpOnly,
      secure: true,
      sameSite: session.site === "facebook" ? ("None" as const) : ("Lax" as const),
    })),
    origins: localStorage.length ? [{ origin: origins[session.site], localStorage }] : [],
  };
}

const afterLastReset = (entries: readonly LedgerEntry[]): LedgerEntry[] =>
  entries.filter(
    (entry, index) =>
      entry.kind !== "reset" &&
      !entries
        .slice(index + 1)
        .some((later) => later.kind === "reset" && (!later.site || later.site === entry.site)),
  );

const resetRequest = z.strictObject({
  site: z.enum(siteIds).optional(),
  keepSessions: z.boolean().optional(),
});
const releaseRequest = z.strictObject({
  id: z.string().optional(),
  site: z.enum(siteIds).optional(),
  fault: z.enum(faultNames).optional(),
});
const mutateRequest = z.strictObject({ seed: z.string(), level: z.enum(mutationLevels) });
const loginRequest = z.strictObject({ site: z.enum(siteIds), account: z.string() });

export function controlApp(world: World): Hono {
  const app = new Hono();
  app.onError((error, c) =>
    c.json(
      { error: error instanceof z.ZodError ? z.prettifyError(error) : error.message },
      error instanceof z.ZodError ? 400 : 500,
    ),
  );
  app.use(async (c, next) => {
    // A page under a practice hostname must not be able to drive the switchboard.
    if (c.req.header("origin")) return c.json({ error: "the control API is not for web pages" }, 403);
    return next();
  });

  app.get("/health", (c) => c.json({ ok: true, ledgerPid: world.ledger.pid }));
  app.get("/accounts", (c) =>
    c.json({
      hosts: Object.keys(hosts),
      accounts: accounts.map(({ handle, name, email, password }) => ({ handle, name, email, password })),
    }),
  );

  app.get("/ledger", async (c) => {
    const { site, after = "0", waitMs = "0", all } = c.req.query();
    if (site !== undefined && !isSiteId(site))
      return c.json({ error: `site is one of ${siteIds.join(", ")}` }, 400);
    if (Number(waitMs) > 0) await world.ledger.entries(Number(after), Math.min(Number(waitMs), 60_000));
    const entries = await world.ledger.entries();
    const current = all ? entries : afterLastReset(entries);
    const ofSite = (each: { site?: unknown }) => !site || each.site === site;
    return c.json({
      entries: current.filter((entry) => ofSite(entry) && entry.seq > Number(after)),
      listings: [...listingsFrom(entries).values()].filter(ofSite),
    });
  });
  app.get("/ledger/photo/:sha", async (c) => {
    const bytes = await world.ledger.photo(c.req.param("sha"));
    return bytes
      ? c.body(bytes, 200, { "content-type": "application/octet-stream" })
      : c.json({ error: "no such photo" }, 404);
  });

  app.post("/reset", async (c) => {
    const { site, keepSessions } = resetRequest.parse(await c.req.json().catch(() => ({})));
    await world.reset(site ?? null, keepSessions ?? false);
    return c.json({ ok: true });
  });

  app.get("/faults", (c) => c.json({ faults: world.faults.all() }));
  app.post("/faults", async (c) => c.json(world.setFault(faultRequest.parse(await c.req.json()))));
  app.post("/faults/release", async (c) =>
    c.json({ released: world.faults.release(releaseRequest.parse(await c.req.json().catch(() => ({})))) }),
  );

  app.post("/listings", async (c) => {
    const made = [];
    for (const listing of handMade(handMadeRequest.parse(await c.req.json())))
      made.push(await world.addByHand(listing));
    return c.json({ listings: made });
  });

  app.post("/login", async (c) => {
    const { site, account } = loginRequest.parse(await c.req.json());
    const session = await world.sessions.login(site, accountOf(account), "control");
    return c.json(storageStateOf(session));
  });
  app.get("/sessions", (c) =>
    c.json({
      sessions: world.sessions.issued().map(({ id, site, account, csrf, cookies, storage }) => ({
        id,
        site,
        account: account.handle,
        csrf,
        cookies,
        storage,
      })),
    }),
  );

  app.get("/mutation", (c) => c.json(world.mutation));
  app.post("/mutate", async (c) => {
    world.mutation = mutateRequest.parse(await c.req.json());
    return c.json(world.mutation);
  });
  return app;
}
