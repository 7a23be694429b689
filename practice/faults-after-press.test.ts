/**
 * What the sites' pages show of a listing that a press has made, as practice/README.md says, on every site. What becomes of the
 * press itself is the server's affair: faults-by-wire.test.ts.
 */
import { describe, expect, it } from "vitest";
import { jacket } from "./items.ts";
import { lists, scripts } from "./test-sites.ts";
import { useTestWorld } from "./test-world.ts";

const world = useTestWorld();
const ROW = '[aria-label^="More options for"], .item-card, tr.posting-row';
const NONE = /No listings found|Nothing here yet|no postings match/;
const SUCCESS = /Listing published|Your listing is live|Thanks for posting/;

describe.each(["facebook", "mercari", "craigslist"] as const)("after the press at %s", (site) => {
  const title = jacket[site].title;

  /** Presses; where the listing is in no list, the script waits for it in vain. */
  const press = () =>
    void scripts[site](world.page, jacket, { photos: world.photos.slice(0, 1) }).catch(() => null);
  const committed = (count: number) => expect.poll(() => world.listings(site)).toHaveLength(count);
  const bodyText = () => world.page.locator("body").innerText();
  const inList = async (text: string): Promise<number> => {
    const page = await world.context.newPage();
    await page.goto(lists[site]);
    await page.locator(ROW).or(page.getByText(NONE)).first().waitFor();
    const count = await page.getByText(text, { exact: true }).count();
    await page.close();
    return count;
  };

  it("holds a listing for review: in the list as such, or nowhere, until it is released", async () => {
    await world.signIn(site);
    await world.control.fault(site, "held-for-review");
    press();
    await expect.poll(bodyText).toMatch(SUCCESS);
    expect(await inList(title)).toBe(1);
    const page = await world.context.newPage();
    await page.goto(lists[site]);
    await page.getByText(/This listing is being reviewed|UNDER REVIEW|Pending/).waitFor();
    await world.control.release({ site, fault: "held-for-review" });
    await page.goto(lists[site]);
    await page.getByText(title).first().waitFor();
    expect(await page.getByText(/This listing is being reviewed|UNDER REVIEW|Pending/).count()).toBe(0);
    await world.control.reset({ keepSessions: true });
    await world.control.fault(site, "held-for-review", { shows: "nothing" });
    press();
    await committed(1);
    await expect.poll(bodyText).toMatch(SUCCESS);
    expect(await inList(title)).toBe(0);
    await world.control.release({ site, fault: "held-for-review" });
    expect(await inList(title)).toBe(1);
  });

  it("writes its own title and price over the seller's, everywhere", async () => {
    await world.signIn(site);
    await world.control.fault(site, "title-rewritten", { how: "brand-prefix", price: "41" });
    press();
    await committed(1);
    const [listing] = await world.listings(site);
    expect(listing?.fields).toMatchObject({ [site === "craigslist" ? "PostingTitle" : "title"]: title });
    expect(await inList(`Unbranded ${title}`)).toBe(1);
    const page = await world.context.newPage();
    await page.goto(listing?.url ?? "");
    await page.getByText(`Unbranded ${title}`).first().waitFor();
    await page.getByText("$41").first().waitFor();
  });
});

describe.each([
  ["facebook", lists.facebook, "Mark as available"],
  ["mercari", "https://www.mercari.com/mypage/listings/complete/", "SOLD OUT"],
] as const)("a thing sold at once at %s", (site, list, sign) => {
  it("is among what is sold when the seller first looks", async () => {
    await world.signIn(site);
    await world.control.fault(site, "sold-at-once");
    await scripts[site](world.page, jacket, { photos: world.photos.slice(0, 1) });
    await expect.poll(() => world.listings(site)).toMatchObject([{ status: "sold" }]);
    await world.page.goto(list);
    await world.page.getByText(jacket[site].title).first().waitFor();
    await world.page.getByText(sign).first().waitFor();
  });
});

describe("a log-in reached from the posting form at craigslist", () => {
  it("leads back to where the seller was, and not to itself", async () => {
    const { page } = world;
    await world.signIn("craigslist");
    await page.goto("https://post.craigslist.org/c/sfo");
    const where = page.url();
    await world.control.reset({ site: "mercari" });
    await world.control.fault("craigslist", "session-expired");
    await page.goto(where);
    await page.locator("#inputEmailHandle").fill("maria@example.test");
    await page.locator("#inputPassword").fill("practice-maria");
    await page.locator("#login").click();
    await expect.poll(() => page.url()).toBe(where);
    await page.goto("https://accounts.craigslist.org/login?rt=L&rp=%2Flogin%2Fhome");
    expect(page.url()).toContain("/login/home");
  });
});
