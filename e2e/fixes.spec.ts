/** Every button that promises to mend an item is pressed, where a seller meets it; what it promised must then be so. */
import type { Locator, Page } from "@playwright/test";
import type { Item } from "#core/item/item.ts";
import type { Fix, Problem } from "#core/plan/problem.ts";
import { CHANNEL_IDS, MARKETPLACES } from "#marketplaces/index.ts";
import { BROKEN_ITEMS } from "#marketplaces/testing/broken-items.ts";
import type { AccountRow } from "#extension/store/rows.ts";
import { expect, EXTENSION_ID, test } from "./fixtures.ts";
import { localRows, putRows } from "./parts/local-rows.ts";

const account = (platform: (typeof CHANNEL_IDS)[number], i: number): AccountRow => ({
  id: `00000000-0000-4000-8000-00000000000${i}`,
  workspaceId: "00000000-0000-4000-8000-000000000009",
  platform,
  handle: `maria-${platform}`,
  loginId: `maria-${platform}`,
  displayName: "Maria",
  status: "connected",
  statusReason: null,
  replay: "unknown",
  cloudAllowed: false,
  sessionVersion: 0,
  sessionMeta: null,
  sessionExpiresAt: null,
  lastVerifiedAt: null,
  lastActionAt: null,
  createdAt: "2026-11-01T10:00:00.000Z",
  localOnly: true,
});

type Found = Problem & { fix: Fix };
const fixable = (item: Item, channels = CHANNEL_IDS): Found[] =>
  channels.flatMap((channel) =>
    MARKETPLACES[channel].problemsOf(item).filter((problem): problem is Found => Boolean(problem.fix)),
  );

/** Presses fix after fix until none is offered; each must take its own problem away, and only at its channel. */
const pressAll = async (page: Page, rows: Locator, itemId: string, channels = CHANNEL_IDS) => {
  const stored = async (): Promise<Item> =>
    (await localRows<Item>(page, "items")).find(({ id }) => id === itemId) as Item;
  for (let pressed = 0; ; pressed++) {
    const before = await stored();
    const next = fixable(before, channels).at(0);
    if (!next) return pressed;
    const row = rows.filter({ hasText: next.message });
    await row.getByRole("button", { name: next.fix.label }).first().click();
    const messages = async () => fixable(await stored(), channels).map(({ message }) => message);
    await expect.poll(messages, next.fix.label).not.toContain(next.message);
    const { [next.fix.channel]: _, ...others } = before.overrides;
    expect(await stored(), `"${next.fix.label}" changed more than ${next.fix.channel}.`).toMatchObject({
      title: before.title,
      price: before.price,
      overrides: others,
    });
  }
};

test("every fix button mends what it says, in the dialog and in the editor", async ({ seller }) => {
  const page = await seller.dashboard("settings");
  await page.getByRole("heading", { name: "Settings" }).waitFor();
  await putRows(page, "accounts", CHANNEL_IDS.map(account));
  await putRows(page, "items", BROKEN_ITEMS);

  await page.goto(`chrome-extension://${EXTENSION_ID}/dashboard.html#/inventory`);
  await page.reload(); // what the page has read before, it does not read again
  await page.getByRole("checkbox", { name: "Select all" }).check();
  await page
    .getByRole("region", { name: "Selected items" })
    .getByRole("button", { name: "Crosspost" })
    .click();
  const dialog = page.getByRole("dialog", { name: /^Crosspost/ });
  await dialog.getByText("Problems to fix first").waitFor();
  await page.addStyleTag({ content: "details::details-content { content-visibility: visible }" });
  for (const item of BROKEN_ITEMS) {
    const rows = dialog.getByRole("listitem").filter({ hasText: item.title });
    expect(await pressAll(page, rows, item.id), `No fix was offered for "${item.title}".`).toBeGreaterThan(0);
  }

  await putRows(page, "items", BROKEN_ITEMS);
  await page.reload();
  for (const item of BROKEN_ITEMS) {
    await page.goto(`chrome-extension://${EXTENSION_ID}/dashboard.html#/inventory/${item.id}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(item.title);
    for (const channel of CHANNEL_IDS) {
      const { name } = MARKETPLACES[channel].identity;
      await page.getByRole("tab", { name: new RegExp(name) }).click();
      await pressAll(page, page.getByRole("tabpanel").getByRole("listitem"), item.id, [channel]);
    }
  }
});
