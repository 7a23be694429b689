/** The seller's own network taken away: said as that. */
import { expect, readyTest as test } from "./fixtures.ts";

test("with the network gone the dashboard says so, and no longer that all is synced", async ({
  context,
  ready: _ready,
  seller,
}) => {
  const page = await seller.dashboard("inventory");
  await expect(page.getByText("Synced as it happens").first()).toBeVisible({ timeout: 60_000 });
  await context.setOffline(true);
  await expect(page.getByText("Offline: kept here, sent later").first()).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("Offline: kept here, sent later")).toHaveCount(0, { timeout: 60_000 });
});
