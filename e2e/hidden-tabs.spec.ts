/**
 * Posting to three sites at once while the seller looks at another tab: in a real window, with everything Chromium does to
 * hidden tabs (no animation frames, timers once a second) at work, and shown to have been at work.
 *
 * What is true: fields are filled hidden. Where a page mounts a dialog in an animation frame, it cannot go on unseen; the
 * extension then shows that tab for the one step and brings the seller's tab back.
 */
import { judge } from "../scripts/demo/judge.ts";
import { EXTENSION_ID, expect, readyTest as test } from "./fixtures.ts";
import { localRows, posts, states, tellWhatHappened } from "./parts/local-rows.ts";
import { openWindow } from "./parts/open-window.ts";
import { SITES, titleOf } from "./parts/ready-seller.ts";
import { total, watchVisibility } from "./parts/visibility-probe.ts";

const HOSTS = { facebook: "www.facebook.com", mercari: "www.mercari.com", craigslist: "craigslist.org" };
const ITEM = 1;
const OLD_ROWS = 45;

test("three sites at once in hidden tabs of a real window: one right listing each, and 45 old ones read whole", async ({
  all,
  profile,
  ledger,
  practice,
}) => {
  // More than a page of them: Mercari draws further rows only where somebody looks.
  const old = Array.from({ length: OLD_ROWS }, (_, index) => ({
    title: `Sold before ${index}`,
    price: "9.00",
  }));
  await practice.list("mercari", "maria", old);
  const window = await openWindow(all, profile);
  try {
    const { context } = window;
    const seen = await watchVisibility(context);
    // A frame that comes late keeps the tab "loading" after its page is there, as captcha badges do.
    let publishing = (): void => undefined;
    const published = new Promise<void>((resolve) => (publishing = resolve));
    await context.route("**/recaptcha/badge", async (route) => {
      await Promise.race([published, new Promise((resolve) => setTimeout(resolve, 25_000))]);
      await route.continue();
    });
    const front = context.pages()[0] ?? (await context.newPage());
    await front.goto(`chrome-extension://${EXTENSION_ID}/dashboard.html#/jobs`);
    const items = await localRows<{ id: string; title: string }>(front, "items");
    const item = items.find(({ title }) => title === titleOf(ITEM));
    await front.evaluate(
      ([itemId, platforms]) =>
        chrome.runtime.sendMessage({
          hawker: 1,
          type: "post.start",
          payload: {
            itemIds: [itemId],
            channels: (platforms as string[]).map((platform) => ({ platform })),
            mode: "publish",
          },
        }),
      [item?.id ?? "", SITES] as const,
    );
    await expect
      .poll(async () => (await posts(front)).find(({ platform }) => platform === "mercari")?.posting.state, {
        timeout: 90_000,
      })
      .toMatch(/submitting|unknown|done/)
      .catch(tellWhatHappened(front));
    publishing();
    await ledger.waitFor(OLD_ROWS + 3, 120_000).catch(tellWhatHappened(front));
    await expect.poll(() => states(front), { timeout: 60_000 }).toEqual(["done", "done", "done"]);

    const log = await localRows<{ message: string }>(front, "postEvents");
    expect(log.filter(({ message }) => /again/.test(message))).toEqual([]);

    const mercari = (await posts(front)).find(({ platform }) => platform === "mercari");
    expect(mercari?.posting.baseline, "rows read before the press").toHaveLength(OLD_ROWS);

    const verdict = await judge(
      ledger,
      SITES.map((site) => ({ site, item: ITEM, driver: "tab" as const })),
      () => ({ fillMs: null, totalMs: null }),
    );
    expect(verdict.complaints).toEqual([]);
    expect(verdict.duplicates).toBe(0);

    for (const site of SITES) {
      const documents = [...seen.values()].filter(({ url }) => new URL(url).hostname.endsWith(HOSTS[site]));
      const hidden = total(documents, "hiddenMs");
      const shown = total(documents, "shownMs");
      expect(hidden, `${site}: hidden for most of the time`).toBeGreaterThan(shown);
      expect(total(documents, "hiddenFrames"), `${site}: frames while hidden`).toBeLessThanOrEqual(
        documents.length,
      );
      expect((total(documents, "hiddenTicks") * 1000) / hidden, `${site}: timer ticks a second`).toBeLessThan(
        4,
      );
      expect(total(documents, "hiddenInputs"), `${site}: fields filled while hidden`).toBeGreaterThan(0);
    }
    const windows = await front.evaluate(async () => (await chrome.windows.getAll()).length);
    expect(windows).toBe(1);
    expect(await front.evaluate(() => document.visibilityState)).toBe("visible");
  } finally {
    await window.stop();
  }
});
