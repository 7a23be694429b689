/** The seller's own lists: how long and how odd they get, and how they fail, as practice/README.md says. */
import { describe, expect, it } from "vitest";
import { accountOf, type SiteId } from "./sites.ts";
import { lists } from "./test-sites.ts";
import { useTestWorld } from "./test-world.ts";

const world = useTestWorld();
const hour = 3_600_000;
const titleOf = (index: number) => `Thing number ${index} of many`;

/** So many listings, an hour apart; number 0 is the newest. */
const many = (count: number, more: { status?: "sold" | "inactive" } = {}) =>
  Array.from({ length: count }, (_, index) => ({
    title: titleOf(index),
    price: `${10 + (index % 90)}`,
    at: new Date(Date.now() - (index + 1) * hour).toISOString(),
    ...more,
  })).reverse();

const open = async (url: string) => {
  await world.page.goto(url, { waitUntil: "networkidle" });
  return world.page;
};
const rows = {
  facebook: ".selling [aria-label^='More options for']",
  mercari: ".item-card",
  craigslist: "tr.posting-row",
} as const;
/** Titles in the page now, from top to bottom; Facebook's classes are other ones with every deploy. */
const titles = (text = /^Thing number \d+/): Promise<string[]> =>
  world.page
    .locator("a[href]")
    .filter({ hasText: text, visible: true })
    .evaluateAll((links) =>
      links
        .filter((link) => !link.querySelector("img") || link.textContent)
        .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((link) => (link.textContent ?? "").trim()),
    );

describe.each(["facebook", "mercari", "craigslist"] as const)("the list of %s", (site) => {
  const seed = async (count: number) => {
    await world.signIn(site);
    return world.control.list(site, "maria", many(count));
  };

  it("shows hand-made listings, newest first, and nobody else's", async () => {
    await seed(5);
    await world.control.list(site, "jonas", [{ title: "Thing number 99 of jonas", price: "5" }]);
    await open(lists[site]);
    await expect.poll(() => titles()).toEqual([0, 1, 2, 3, 4].map(titleOf));
    expect((await world.listings(site)).every(({ byHand }) => byHand)).toBe(true);
  });

  it("answers 502, shows nothing but a place holder, other rows, or no rows and no word about it", async () => {
    await seed(3);
    const page = world.page;
    await world.control.fault(site, "list-unreadable", { kind: "502" });
    expect((await page.goto(lists[site]))?.status()).toBe(502);
    await world.control.release();
    await world.control.fault(site, "list-unreadable", { kind: "skeleton" });
    await open(lists[site]);
    expect(await titles()).toEqual([]);
    await page.locator('[role="progressbar"], [data-testid="ListingsSkeleton"], .loading').first().waitFor();
    await world.control.release();
    await world.control.fault(site, "list-unreadable", { kind: "rows-renamed" });
    await open(lists[site]);
    await expect.poll(() => titles()).toHaveLength(3);
    if (site === "facebook") expect(await page.locator('a[href*="/marketplace/item/"]').count()).toBe(0);
    else expect(await page.locator(rows[site]).count()).toBe(0);
    await world.control.release();
    await world.control.fault(site, "list-unreadable", { kind: "empty-without-mark" });
    await open(lists[site]);
    expect(await titles()).toEqual([]);
    expect(await page.getByText(/No listings found|Nothing here yet|no postings match/).count()).toBe(0);
  });

  it("is unreadable for as long as it is told to be", async () => {
    await seed(1);
    await world.control.fault(site, "list-unreadable", { kind: "502", ms: 3_000 });
    expect((await world.page.goto(lists[site]))?.status()).toBe(502);
    await expect.poll(async () => (await world.page.goto(lists[site]))?.status()).toBe(200);
    await expect.poll(() => titles()).toEqual([titleOf(0)]);
  });

  it("does not draw the newest rows", async () => {
    await seed(8);
    await world.control.fault(site, "partial-list", { count: 2 });
    await open(lists[site]);
    await expect.poll(() => titles()).not.toEqual([]);
    const shown = await titles();
    expect(shown.slice(0, 3)).toEqual([2, 3, 4].map(titleOf));
  });

  it("shows the past while it is stale, and what is there by turns while its replicas disagree", async () => {
    await seed(2);
    await world.control.fault(site, "stale-list");
    await world.control.list(site, "maria", [{ title: "Thing number 7 of today", price: "5" }]);
    await open(lists[site]);
    await expect.poll(() => titles()).toHaveLength(2);
    await world.control.release();
    await world.control.fault(site, "flapping-list");
    await world.control.list(site, "maria", [{ title: "Thing number 8 of today", price: "5" }]);
    for (const count of [3, 4, 3]) {
      await open(lists[site]);
      await expect.poll(() => titles()).toHaveLength(count);
    }
  });

  it("opens with a filter that somebody left on", async () => {
    await seed(2);
    await world.control.list(site, "maria", [
      { title: "Thing number 50 of old", price: "5", status: "inactive" },
    ]);
    await world.control.fault(site, "filter-on");
    await open(lists[site]);
    await world.page.getByText(/Sold & out of stock|Status: Sold or inactive|showing: expired/).waitFor();
    expect((await titles()).filter((title) => title !== "Thing number 50 of old")).toEqual([]);
  });

  it("is somebody else's once somebody else has logged in", async () => {
    await seed(1);
    await world.control.list(site, "jonas", [{ title: "Thing number 70 of jonas", price: "5" }]);
    await world.control.fault(site, "other-login");
    await open(lists[site]);
    await expect.poll(() => titles()).toEqual(["Thing number 70 of jonas"]);
    await world.page.getByText("jonas", { exact: true }).first().waitFor();
    if (site !== "facebook") return;
    const cookies = await world.context.cookies("https://www.facebook.com/");
    expect(cookies.find(({ name }) => name === "c_user")?.value).toBe(accountOf("jonas").userId);
  });
});

describe("facebook's list", () => {
  it("draws what is near the screen only, and fetches more as it is scrolled", async () => {
    await world.signIn("facebook");
    await world.control.list("facebook", "maria", many(130));
    const page = await open(lists.facebook);
    await expect.poll(() => titles()).toContain(titleOf(0));
    expect((await titles()).length).toBeLessThan(15);
    expect(await page.locator('[role="progressbar"]').count()).toBe(1);
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 3000);
        return titles();
      })
      .toContain(titleOf(129));
    expect(await titles()).not.toContain(titleOf(0));
    await expect.poll(() => page.locator('[role="progressbar"]').count()).toBe(0);
  });

  it("says of each row how it stands", async () => {
    await world.signIn("facebook");
    await world.control.list(
      "facebook",
      "maria",
      (["active", "held", "sold", "inactive", "draft"] as const).map((status) => ({
        title: `A ${status} thing`,
        price: "5",
        status,
      })),
    );
    const page = await open(`${lists.facebook}?title_search=thing`);
    for (const word of [
      "This listing is being reviewed",
      "Mark as available",
      "Relist",
      "Continue",
      "Mark as sold",
    ])
      await page.getByText(word, { exact: true }).waitFor();
  });
});

describe("mercari's lists", () => {
  it("have a page for each state, say how many there are, and grow as they are scrolled", async () => {
    await world.signIn("mercari");
    await world.control.list("mercari", "maria", [
      ...many(45),
      { title: "Thing number 200 bought", price: "5", status: "in_progress" },
      { title: "Thing number 201 sold", price: "5", status: "sold" },
      { title: "Thing number 202 off", price: "5", status: "inactive" },
      { title: "Thing number 203 begun", price: "5", status: "draft" },
    ]);
    const page = await open(lists.mercari);
    await expect
      .poll(() => page.locator("nav.tabs a").allInnerTexts())
      .toEqual(["Active 45", "In progress 1", "Complete 1", "Inactive 1", "Drafts 1"]);
    expect((await titles()).length).toBeLessThan(45);
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 4000);
        return (await titles()).length;
      })
      .toBe(45);
    for (const [tab, title] of [
      ["in_progress", "Thing number 200 bought"],
      ["complete", "Thing number 201 sold"],
      ["inactive", "Thing number 202 off"],
      ["draft", "Thing number 203 begun"],
    ]) {
      await open(`https://www.mercari.com/mypage/listings/${tab}/`);
      await expect.poll(() => titles()).toEqual([title]);
    }
  });
});

describe("craigslist's list", () => {
  it("has all states in one table, 50 a page, and unfinished postings apart", async () => {
    await world.signIn("craigslist");
    const later = new Date().toISOString();
    await world.control.list("craigslist", "maria", [
      ...many(104),
      { title: "Thing number 200 run out", price: "5", status: "inactive", at: later },
      { title: "Thing number 201 gone", price: "5", status: "deleted", at: later },
      { title: "Thing number 202 waiting", price: "5", status: "held", at: later },
      { title: "Thing number 203 begun", price: "5", status: "draft", at: later },
    ]);
    const page = await open(lists.craigslist);
    expect(
      await page.locator("td.status").evaluateAll((cells) => cells.slice(0, 4).map((c) => c.className)),
    ).toEqual(["status pending", "status deleted", "status expired", "status active"]);
    expect(await page.locator("tr.posting-row").count()).toBe(50);
    await page.getByText("page 1 of 3").waitFor();
    await page.getByText("next", { exact: true }).click();
    await page.getByText("page 2 of 3").waitFor();
    await page.getByText("next", { exact: true }).click();
    await page.getByText("page 3 of 3").waitFor();
    expect(await page.locator("tr.posting-row").count()).toBe(7);
    expect(await page.getByText("next", { exact: true }).count()).toBe(0);
    await page.getByText("drafts").click();
    await page.getByText("Thing number 203 begun").waitFor();
    expect(await page.locator("tr.posting-row").count()).toBe(1);
  });
});

describe("the control API", () => {
  const refused = async (path: string, body: unknown): Promise<string> => {
    const response = await fetch(world.practice.controlUrl + path, {
      method: "POST",
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(400);
    return ((await response.json()) as { error: string }).error;
  };
  const fault = (more: { site?: SiteId; fault: string; [option: string]: unknown }) =>
    refused("/faults", { site: "mercari", ...more });

  it("refuses what a fault does not take, and what a site does not show", async () => {
    expect(await fault({ fault: "reply-lost", ms: 5 })).toContain('reply-lost takes no "ms"');
    expect(await fault({ fault: "stale-list", times: 2 })).toContain('stale-list takes no "times"');
    expect(await fault({ fault: "list-unreadable" })).toContain("needs a kind: 502, skeleton");
    expect(await fault({ site: "craigslist", fault: "sold-at-once" })).toContain("knows nothing of sales");
    const listings = [{ title: "A", price: "5", status: "sold" }];
    expect(await refused("/listings", { site: "craigslist", account: "maria", listings })).toContain(
      'craigslist shows no listing as "sold"',
    );
  });
});
