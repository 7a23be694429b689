/** Lists of all makes: read to an end that can be believed, or said not to be. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import type { PageReading } from "../../plan/index.ts";
import { launchTestBrowser } from "../testing/browser.ts";
import { askShop, rowHtml, shopPage } from "../testing/shop.ts";

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchTestBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 800, height: 400 } });
  return () => page.close();
});

const ids = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `n${String(from + index)}`);
const rows = (from: number, to: number): string =>
  ids(from, to)
    .map((id) => rowHtml(id))
    .join("");
type Shop = Parameters<typeof askShop>[1];
const read = (shop: Shop, anchors: string[] = []): Promise<PageReading> =>
  askShop(page, shop, "readListings", "shop", "mine", { anchors, deadlineMs: 1500 });
const idsOf = (reading: PageReading) => reading.rows.map(({ externalId }) => externalId);

/** Draws only what is near the screen, and no row in `holes`. */
const virtual = (count: number, { jump = 0, holes = [] as number[] } = {}) => `
  <div id="box" style="position:relative;height:${count * 60}px"></div>
  <script>
    const draw = () => {
      const from = Math.max(0, Math.floor(scrollY / 60) - 1 + (scrollY > 0 ? ${jump} : 0));
      box.innerHTML = "";
      for (let i = from; i < Math.min(${count}, from + 12); i++) if (!${JSON.stringify(holes)}.includes(i))
        box.insertAdjacentHTML("beforeend", \`${rowHtml("n${i}").replace("height:60px", "height:60px;position:absolute;top:${i * 60}px")}\`);
    };
    addEventListener("scroll", draw); draw();
  </script>`;

describe("a list that draws only what is near the screen", () => {
  it("is scrolled through from its top, wherever it stood", async () => {
    const reading = await read({ body: `${virtual(40)}<script>scrollTo(0, 1500)</script>` });
    expect(reading).toMatchObject({ reached: "end", why: [] });
    expect(idsOf(reading)).toEqual(ids(0, 39));
  });

  it("is not read when rows may be missing between two sights of it", async () => {
    expect(await read({ body: virtual(60, { jump: 15 }) })).toMatchObject({ reached: null, why: ["gap"] });
  });

  it("is not read when it leaves room above or below for rows that never come", async () => {
    expect(await read({ body: virtual(40, { holes: [0, 1, 2] }) })).toMatchObject({
      reached: null,
      why: ["not-rendered"],
    });
    expect(await read({ body: virtual(40, { holes: [37, 38, 39] }) })).toMatchObject({
      reached: null,
      why: ["not-rendered"],
    });
  });
});

describe("a list that grows", () => {
  const growing = (mark: string, ms = 50) => `
    <div id="list">${rows(0, 9)}</div><div id="more" class="${mark}" style="height:40px"></div>
    <script>
      let next = 10, busy = false;
      addEventListener("scroll", () => {
        if (busy || next >= 30 || innerHeight + scrollY < document.body.scrollHeight - 100) return;
        busy = true;
        setTimeout(() => {
          for (const end = next + 10; next < end; next++) list.insertAdjacentHTML("beforeend", \`${rowHtml("n${next}")}\`);
          busy = false;
          if (next >= 30) more.remove();
        }, ${ms});
      });
    </script>`;

  it("is read until its place holder is gone", async () => {
    const reading = await read({ body: growing("glimmer") });
    expect(reading).toMatchObject({ reached: "end", why: [] });
    expect(idsOf(reading)).toEqual(ids(0, 29));
  });

  it("is not read while its place holder stays", async () => {
    expect(await read({ body: growing("glimmer", 60_000) })).toMatchObject({
      reached: null,
      why: ["loading"],
    });
  });

  it("is given time to grow when its place holder is of a make that is not known", async () => {
    expect(idsOf(await read({ body: growing("spin") }))).toEqual(ids(0, 29));
  });

  it("is read up to rows that are known, five in a row: one alone may have been moved up", async () => {
    const movedUp = await read({ body: growing("glimmer") }, ["n0", "n2", "n3", "n4", "n5", "n6"]);
    expect(movedUp.reached).toBe("anchor");
    expect(movedUp.rows).toHaveLength(10);
    const alone = await read({ body: growing("glimmer") }, ["n0", "n5"]);
    expect([alone.reached, alone.rows.length]).toEqual(["end", 30]);
  });
});

describe("what speaks against a reading", () => {
  it.each<[string, Shop, PageReading["why"]]>([
    ["an error page, whatever is on it", { body: rows(0, 2), status: 503 }, ["unreachable"]],
    ["neither rows nor the word that there are none", { body: "<h1>Your listings</h1>" }, ["not-rendered"]],
    ["a place holder before the rows", { body: `<div class="glimmer">...</div>${rows(0, 2)}` }, ["loading"]],
    ["a place holder and nothing else", { body: `<div class="glimmer">...</div>` }, ["loading"]],
    ["a filter that is on", { body: `<p class="filter">Sold</p>${rows(0, 2)}` }, ["filter-on"]],
    [
      "a row without an id",
      { body: rows(0, 2) + rowHtml("").replace("/item/", "/thing/") },
      ["not-rendered"],
    ],
  ])("%s", async (_what, shop, why) => {
    expect((await read(shop)).why).toEqual(why);
  });

  it("a block page that a script draws after it came is waited for, not called out of reach", async () => {
    const body = `<script>setTimeout(() => document.body.append(Object.assign(document.createElement("h1"), { textContent: "Your account is restricted" })), 600)</script>`;
    expect((await read({ body, status: 403 })).why).toEqual(["unreachable"]);
    const stop = await page.evaluate(`__hawkerPage.stopSign("shop")`);
    expect(stop).toMatchObject({ kind: "block" });
  });

  it("a listing that is called like a stop page is no stop page", async () => {
    const body = `<main>${rows(0, 1)}${rowHtml("n2", { title: "T-shirt: your account is restricted" })}</main>`;
    expect(await read({ body })).toMatchObject({ reached: "end", why: [] });
    expect(await page.evaluate(`__hawkerPage.stopSign("shop")`)).toBeNull();
    await page.evaluate(`document.querySelector("main").append("Your account is restricted")`);
    expect(await page.evaluate(`__hawkerPage.stopSign("shop")`)).toMatchObject({ kind: "block" });
  });

  it("a count that differs; one that agrees does not", async () => {
    const list = shopPage({ count: { css: ".count", pattern: "([\\d,]+) listings" } });
    const body = (count: string) => `<p class="count">${count} listings</p>${rows(0, 2)}`;
    expect((await read({ body: body("4"), list })).why).toEqual(["count-differs"]);
    expect(await read({ body: body("3"), list })).toMatchObject({ reached: "end", why: [] });
  });

  it("nothing, when the site says that there are none", async () => {
    expect(await read({ body: "<p>You have no listings</p>" })).toMatchObject({
      rows: [],
      reached: "end",
      why: [],
    });
  });
});

describe("a row", () => {
  it("is in the state its own words say, not those of its title", async () => {
    const body =
      rowHtml("a", { title: "Sold as is: lamp under review" }) +
      rowHtml("b", { words: "Sold" }) +
      rowHtml("c", { words: "This is under review" });
    const { rows: shown } = await read({ body });
    expect(shown.map(({ status }) => status)).toEqual(["active", "sold", "held"]);
  });

  it("comes with whose list it is, where the page's own storage says so", async () => {
    const body = `${rows(0, 1)}<script>localStorage.setItem("user.8f", '{"id":"u77"}')</script>`;
    expect(await read({ body })).toMatchObject({ login: "u77" });
  });
});

describe("the outcome of a press", () => {
  const outcome = (body: string, known: string[] = [], path = "/form") =>
    askShop(page, { body, path }, "outcome", "shop", 600, known);

  it("is no listing when the link leads to one that was there before", async () => {
    const body = `<p>Thanks</p><a href="/item/old">Your posting</a>`;
    expect(await outcome(body, ["old"])).toMatchObject({ kind: "unknown" });
    expect(await outcome(`${body}<a href="/item/new">View</a>`, ["old"])).toMatchObject({
      kind: "listed",
      externalId: "new",
    });
    expect(await outcome("<p>Thanks</p>", ["n1"], "/thanks/n1")).toMatchObject({ kind: "unknown" });
  });

  it("is a refusal only in the form that still stands", async () => {
    const error = "<p>could not be listed</p>";
    expect(await outcome(`${error}<button id="publish">Publish</button>`)).toMatchObject({
      kind: "rejected",
    });
    expect(await outcome(error)).toMatchObject({ kind: "unknown" });
  });
});
