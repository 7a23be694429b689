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
const pressAll = async (page: Page, place: Locator, itemId: string, channels = CHANNEL_IDS) => {
  const stored = async (): Promise<Item> =>
    (await localRows<Item>(page, "items")).find(({ id }) => id === itemId) as Item;
  const pressed: string[] = [];
  for (;;) {
    const before = await stored();
    const next = fixable(before, channels).at(0);
    if (!next) return pressed;
    await place
      .getByRole("listitem")
      .filter({ hasText: next.message })
      .getByRole("button", { name: next.fix.label })
      .first()
      .click();
    const messages = async () => fixable(await stored(), channels).map(({ message }) => message);
    await expect.poll(messages, next.fix.label).not.toContain(next.message);
    await expect(place.getByText(next.message)).toHaveCount(0);
    const after = await stored();
    const { [next.fix.channel]: _, ...others } = before.overrides;
    expect(after, `"${next.fix.label}" changed more than ${next.fix.channel}.`).toMatchObject({
      title: before.title,
      price: before.price,
      overrides: others,
    });
    pressed.push(next.fix.label);
  }
};

test("every fix button mends what it says, in the dialog and in the editor", async ({ seller, context }) => {
  const page = await seller.dashboard("settings");
  await page.getByRole("heading", { name: "Settings" }).waitFor();
  await putRows(page, "accounts", CHANNEL_IDS.map(account));
  await putRows(page, "items", BROKEN_ITEMS);

  for (const item of BROKEN_ITEMS) {
    const dialogPage = await context.newPage();
    await dialogPage.goto(
      `chrome-extension://${EXTENSION_ID}/dashboard.html#/inventory?crosspost=${item.id}`,
    );
    const dialog = dialogPage.getByRole("dialog", { name: /^Crosspost/ });
    await dialog.waitFor();
    await dialogPage.addStyleTag({ content: "details::details-content { content-visibility: visible }" });
    const labels = await pressAll(dialogPage, dialog, item.id);
    expect(labels, `No fix was offered for "${item.title}".`).not.toEqual([]);
    await dialogPage.close();
  }

  await putRows(page, "items", BROKEN_ITEMS);
  for (const item of BROKEN_ITEMS) {
    const editor = await context.newPage();
    await editor.goto(`chrome-extension://${EXTENSION_ID}/dashboard.html#/inventory/${item.id}`);
    for (const channel of CHANNEL_IDS) {
      const { name } = MARKETPLACES[channel].identity;
      await editor.getByRole("tab", { name: new RegExp(name) }).click();
      await pressAll(editor, editor.getByRole("tabpanel"), item.id, [channel]);
    }
    await editor.close();
  }
});
