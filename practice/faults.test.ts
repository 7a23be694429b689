/** What the sites' own pages show under faults that strike before a press, and one after it. What the server does: faults-by-wire.test.ts. */
import { describe, expect, it } from "vitest";
import { jacket } from "./items.ts";
import type { SiteId } from "./sites.ts";
import { homes, lists, scripts } from "./test-sites.ts";
import { useTestWorld } from "./test-world.ts";

const world = useTestWorld();

/** Posts a jacket and goes on as soon as the ledger has the attempt: with most faults the page never shows success. */
async function attempt(site: SiteId): Promise<void> {
  void scripts[site](world.page, jacket, { photos: world.photos.slice(0, 1) }).catch(() => null);
  const submits = async () =>
    (await world.control.ledger({ site })).entries.filter(({ kind }) => kind === "submit");
  await expect.poll(async () => (await submits()).length).toBe(1);
}

describe.each(["facebook", "mercari", "craigslist"] as const)("faults of %s", (site) => {
  it("commits once and shows no success with 500-after-commit", async () => {
    const { page } = world;
    await world.signIn(site);
    await world.control.fault(site, "500-after-commit");
    await attempt(site);
    if (site === "facebook") await page.getByText("Something went wrong").waitFor();
    else if (site === "mercari") await page.getByRole("alert").waitFor();
    else await expect.poll(() => page.locator("body").innerText()).toMatch(/server error/i);
    expect(await world.listings(site)).toHaveLength(1);
    expect(await page.getByText(/Listing published|Your listing is live|Thanks for posting/).count()).toBe(0);
  });

  it("keeps a listing out of the seller's list until it is released", async () => {
    const { page } = world;
    await world.signIn(site);
    await world.control.fault(site, "lagging-active-list");
    await attempt(site);
    await expect.poll(() => world.listings(site)).toHaveLength(1);
    const other = await world.context.newPage();
    await other.goto(lists[site], { waitUntil: "networkidle" });
    expect(await other.getByText(jacket[site].title).count()).toBe(0);
    await world.control.release({ site, fault: "lagging-active-list" });
    await other.goto(lists[site]);
    await other.getByText(jacket[site].title).first().waitFor();
    await page.close();
  });

  it("sends a seller whose session expired to the log-in", async () => {
    const { page } = world;
    await world.signIn(site);
    await world.control.fault(site, "session-expired", { account: "maria" });
    await page.goto(homes[site]);
    expect(page.url()).toMatch(site === "facebook" ? /\/marketplace\/$/ : /\/login/);
    await page.locator('input[type="password"]').waitFor();
  });

  it("ends the session at submit when told so", async () => {
    const { page } = world;
    await world.signIn(site);
    await world.control.fault(site, "session-expired", { at: "submit" });
    void scripts[site](page, jacket, { photos: world.photos.slice(0, 1) }).catch(() => null);
    await page.waitForURL(/\/login/);
    const { entries } = await world.control.ledger({ site });
    expect(entries.map(({ kind }) => kind)).toContain("session-ended");
    expect(await world.listings(site)).toHaveLength(0);
  });

  it("blocks on load", async () => {
    const { page } = world;
    await world.signIn(site);
    await world.control.fault(site, "block");
    await page.goto(homes[site]);
    await expect.poll(() => page.locator("body").innerText()).toMatch(/blocked|unusual activity/i);
  });

  it("is slow by the milliseconds asked for, as often as asked for", async () => {
    const { page } = world;
    await world.signIn(site);
    await world.control.fault(site, "slow", { ms: 700, times: 1 });
    const start = Date.now();
    await page.goto(homes[site]);
    expect(Date.now() - start).toBeGreaterThan(690);
    expect(await world.control.faults()).toMatchObject([{ fault: "slow", left: 0 }]);
  });
});

describe.each(["facebook", "mercari"] as const)("what may lie over the form of %s", (site) => {
  it("restores a left-over draft", async () => {
    const { page } = world;
    await world.signIn(site);
    await world.control.fault(site, "restore-draft", { draft: { title: "Somebody else's lamp" } });
    await page.goto(homes[site]);
    await expect
      .poll(() => page.getByLabel("Title", { exact: true }).inputValue())
      .toBe("Somebody else's lamp");
    await page.goto(homes[site]);
    const again = site === "mercari" ? "Somebody else's lamp" : "";
    await expect.poll(() => page.getByLabel("Title", { exact: true }).inputValue()).toBe(again);
  });

  it("stops at a checkpoint", async () => {
    const { page } = world;
    await world.signIn(site);
    await world.control.fault(site, "checkpoint");
    await page.goto(homes[site]);
    await expect
      .poll(() => page.locator("body").innerText())
      .toMatch(/Enter (security code|the code we sent)/);
  });

  it("shows a welcome dialog and a cookie banner once, and both can be closed", async () => {
    const { page } = world;
    await world.signIn(site);
    await world.control.fault(site, "welcome-dialog");
    await world.control.fault(site, "cookie-banner");
    await page.goto(homes[site]);
    const cookies = page.getByRole("button", { name: /Accept all|Allow all cookies/ });
    const welcome = page
      .getByRole("dialog", { name: /Why not earn|Welcome to Marketplace/ })
      .getByRole("button")
      .last();
    // The one on top first.
    for (const button of site === "mercari" ? [welcome, cookies] : [cookies, welcome]) await button.click();
    if (site === "mercari") await page.getByTestId("ListingTemplatesEducationGotIt").click();
    await expect.poll(() => page.locator('[role="dialog"]:not([aria-label="Chats"])').count()).toBe(0);
    await page.reload();
    await page.getByLabel("Title", { exact: true }).waitFor();
    expect(await cookies.count()).toBe(0);
  });
});
