/** The seller's context in a real browser, at a site that answers with what it was sent. */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromBrowserCookie, type Cookie, type Session } from "#core/session/index.ts";
import { certificateIn } from "#practice/server/certificate.ts";
import { chromiumFlags } from "#practice/testing.ts";
import { findHeadlessChromium } from "./find-chromium.ts";
import { createLog } from "../log.ts";
import { withSellerPage, type LeftOut } from "./context.ts";
import { browserSource, createBrowserPool, type BrowserPool } from "./pool.ts";

const SITE = "https://www.mercari.com/";
const LATER = 2_000_000_000;
let dir: string;
let server: Server;
let pool: BrowserPool;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "hawker-context-"));
  server = createServer(await certificateIn(dir), (request, response) => {
    response.setHeader("content-type", "text/plain").end(request.headers.cookie ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const args = [...chromiumFlags, `--host-resolver-rules=MAP www.mercari.com:443 127.0.0.1:${port}`];
  const executablePath = findHeadlessChromium() ?? undefined;
  pool = createBrowserPool(browserSource({ executablePath, args }), createLog("silent"));
});
afterAll(async () => {
  await pool.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(dir, { recursive: true, force: true });
});

const cookie = (changes: Partial<Cookie>): Cookie => ({
  name: "_mwus",
  value: "good",
  domain: ".mercari.com",
  path: "/",
  expires: LATER,
  httpOnly: true,
  secure: true,
  sameSite: "Lax",
  ...changes,
});

type Seen = { sent: string[]; timezone: string; language: string; leftOut: LeftOut };

const visit = (cookies: Cookie[], told: Partial<Session> = {}): Promise<Seen> => {
  const session: Session = {
    storageState: { cookies, origins: [] },
    userAgent:
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
    locale: "en-US",
    timezone: "Europe/Paris",
    ...told,
  };
  const input = { session, ignoreHttpsErrors: true, signal: new AbortController().signal };
  return withSellerPage(pool, input, async (page, leftOut) => {
    await page.goto(SITE);
    const body = await page.evaluate(() => document.body.innerText);
    const sent = body.split("; ").map((pair) => pair.slice(0, pair.indexOf("=")));
    const timezone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
    return { sent: sent.sort(), timezone, language: await page.evaluate(() => navigator.language), leftOut };
  });
};

describe("the seller's cookies in the worker's browser", () => {
  const partitioned = (hasCrossSiteAncestor: boolean) =>
    fromBrowserCookie({
      ...{ name: "cf_clearance", value: "x", domain: ".mercari.com", path: "/", expirationDate: LATER },
      ...{ httpOnly: true, secure: true, sameSite: "no_restriction" },
      partitionKey: { topLevelSite: "https://mercari.com", hasCrossSiteAncestor },
    });

  it("when one was in the jar of the site's own pages: the site gets it", async () => {
    const { sent, leftOut } = await visit([cookie({}), partitioned(false)]);
    expect(sent).toEqual(["_mwus", "cf_clearance"]);
    expect(leftOut).toEqual({ cookies: [], missing: [], replaced: [] });
  });

  it("when one was in the jar behind another site: the site's own pages do not get it there either", async () => {
    expect((await visit([cookie({}), partitioned(true)])).sent).toEqual(["_mwus"]);
  });

  it("when some are odd: the others are there, and the odd ones are named", async () => {
    const odd = [
      cookie({ name: "farfuture", expires: 300_000_000_000 }),
      cookie({ name: "legacy", secure: false, sameSite: "None" }), // taken without a word, and not kept
      cookie({ name: "__Host-x" }), // with a domain
      cookie({ name: "control", value: "a\u0001b" }),
    ];
    const good = [cookie({}), cookie({ name: "_merc_session" }), cookie({ name: "lasts", expires: -1 })];
    const { sent, leftOut } = await visit([odd[0]!, good[0]!, odd[1]!, odd[2]!, good[1]!, odd[3]!, good[2]!]);
    expect(sent).toEqual(["_merc_session", "_mwus", "lasts"]);
    expect(leftOut.cookies).toEqual(["farfuture", "legacy", "__Host-x", "control"]);
    expect(leftOut.missing).toEqual(leftOut.cookies);
  });

  it("when one of two of a name is odd: it is left out, and the name is not missing", async () => {
    const { leftOut } = await visit([cookie({}), cookie({ domain: ".www.mercari.com", value: "a\u0001b" })]);
    expect(leftOut).toEqual({ cookies: ["_mwus"], missing: [], replaced: [] });
  });

  it("when one has ended since it was captured: that is how cookies are, and nothing is said", async () => {
    const { sent, leftOut } = await visit([cookie({}), cookie({ name: "ended", expires: 1_700_000_000 })]);
    expect(sent).toEqual(["_mwus"]);
    expect(leftOut.cookies).toEqual([]);
  });
});

describe("how the worker's browser presents itself", () => {
  it("when the seller's browser told usable things: as told", async () => {
    const { timezone, language, leftOut } = await visit([cookie({})], { locale: "fr-FR" });
    expect([timezone, language, leftOut.replaced]).toEqual(["Europe/Paris", "fr-FR", []]);
  });

  it.each(["Etc/Unknown", "Mars/Olympus", "GMT+2"])(
    "when it told the time zone %s: UTC, and a sentence",
    async (told) => {
      const { timezone, leftOut } = await visit([cookie({})], { timezone: told });
      expect(timezone).toBe("UTC");
      expect(leftOut.replaced).toEqual([expect.stringContaining(`"${told}"`)]);
    },
  );

  it("when it told a time zone that only this browser does not know: UTC as well", async () => {
    const { timezone, leftOut } = await visit([cookie({})], { timezone: "+02:00" });
    expect(timezone).toBe("UTC");
    expect(leftOut.replaced).toEqual([expect.stringContaining('"+02:00"')]);
  });

  it("when it told a language that is none: English, and a sentence", async () => {
    const { language, leftOut } = await visit([cookie({})], { locale: "C" });
    expect(language).toBe("en-US");
    expect(leftOut.replaced).toEqual([expect.stringContaining('"C"')]);
  });
});
