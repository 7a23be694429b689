/** One seller, two browsers: no clock wins by being wrong, and whatever gives way is kept. */
import type { Page } from "@playwright/test";
import type { Item } from "#core/item/item.ts";
import type { EarlierRow } from "#extension/store/rows.ts";
import { expect, EXTENSION_ID, test } from "./fixtures.ts";
import { localRows } from "./parts/local-rows.ts";
import { logIn } from "./parts/sign-in.ts";
import { askForSync, withSecondBrowser } from "./parts/two-devices.ts";

const PASSWORD = "a long enough password";
const DAY_MS = 86_400_000;
const box = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const only = async (page: Page): Promise<Item | undefined> => (await localRows<Item>(page, "items")).at(0);
const brandIn = async (page: Page) => {
  await askForSync(page);
  return (await only(page))?.brand;
};

test("a clock a day ahead wins nothing for a day, and the edit that gives way is kept", async ({
  all,
  seller,
  sql,
}) => {
  const email = `devices-${Date.now()}@example.test`;
  await seller.signUp(email, PASSWORD);
  const here = await seller.dashboard("inventory");
  await here.getByRole("button", { name: "New item" }).first().click();
  await box(here, "Title").fill("Lamp");
  await expect.poll(() => localRows(here, "outbox")).toEqual([]);
  const id = (await only(here))?.id ?? "";

  await withSecondBrowser(all, async (second) => {
    await logIn(second, email, PASSWORD);
    const there = await second.newPage();
    await there.clock.setSystemTime(Date.now() + DAY_MS);
    await there.goto(`chrome-extension://${EXTENSION_ID}/dashboard.html#/inventory/${id}`);
    await box(there, "Brand").fill("From tomorrow");
    await box(there, "Title").focus();
    await expect.poll(() => brandIn(here)).toBe("From tomorrow");
    await box(here, "Brand").fill("From today");
    await box(here, "Title").focus();
    await expect.poll(() => brandIn(there)).toBe("From today");
    await expect(box(there, "Brand")).toHaveValue("From today");

    // Both edit without the service: neither sees the other.
    await all.stopService();
    try {
      await box(there, "Brand").fill("There");
      await box(there, "Title").focus();
      await box(here, "Brand").fill("Here");
      await box(here, "Title").focus();
      await expect
        .poll(async () => [(await only(here))?.brand, (await only(there))?.brand])
        .toEqual(["Here", "There"]);
    } finally {
      await all.startService();
    }
    for (const page of [here, there])
      await expect
        .poll(async () => (await askForSync(page), localRows(page, "outbox")), { timeout: 60_000 })
        .toEqual([]);
    await expect.poll(async () => (await brandIn(here)) === (await brandIn(there))).toBe(true);
    const stands = await brandIn(here);
    const kept = (
      await Promise.all([here, there].map((page) => localRows<EarlierRow>(page, "earlier")))
    ).flat();
    const gaveWay = stands === "Here" ? "There" : "Here";
    expect(kept.filter((row) => row.unseen && row.field === "brand").map((row) => row.value)).toContain(
      gaveWay,
    );

    await box(here, "Brand").fill("At last");
    await box(here, "Title").focus();
    await expect.poll(() => brandIn(there)).toBe("At last");
    const [row] = await sql<{ at: Date; now: Date }>(
      `select (field_times ->> 'brand')::timestamptz as at, now() as now from public.items where id = $1`,
      [id],
    );
    expect(row?.at.getTime()).toBeLessThan((row?.now.getTime() ?? 0) + 60_000);
  });
});
