/** The floors of the bench do what they are measured for. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { floorFill as craigslistFloor } from "./craigslist/floor.ts";
import { floorFill as facebookFloor } from "./facebook/floor.ts";
import type { InlinePhoto } from "./floor-source.ts";
import { camera, jacket } from "./items.ts";
import { floorFill as mercariFloor } from "./mercari/floor.ts";
import { homes } from "./test-sites.ts";
import { useTestWorld } from "./test-world.ts";

const world = useTestWorld();
const inline = (): Promise<InlinePhoto[]> =>
  Promise.all(
    world.photos.map(async (path) => ({
      name: basename(path),
      mime: path.endsWith(".png") ? "image/png" : "image/jpeg",
      base64: (await readFile(path)).toString("base64"),
    })),
  );
const open = async (site: "facebook" | "mercari"): Promise<Page> => {
  await world.signIn(site);
  await world.page.goto(homes[site]);
  await world.page.getByLabel("Title", { exact: true }).waitFor();
  return world.page;
};

describe("the floors", () => {
  it("fill facebook and mercari to the last button", async () => {
    const { page } = world;
    const photos = await inline();
    await open("facebook");
    await page.evaluate(facebookFloor(camera, { photos }));
    await page.locator('[aria-label="Publish"]').click();
    await page.getByText("Listing published").waitFor();
    await open("mercari");
    await page.evaluate(mercariFloor(jacket, { photos }));
    await page.getByTestId("ListButton").click();
    await page.getByText("Your listing is live.").waitFor();
    await expect
      .poll(() => world.listings("facebook"))
      .toMatchObject([{ fields: { title: camera.facebook.title, color: "Black" } }]);
    await expect
      .poll(() => world.listings("mercari"))
      .toMatchObject([{ fields: { title: jacket.mercari.title, size: "M (38-40)" } }]);
  });

  it("fill craigslist page by page to the preview", async () => {
    const { page } = world;
    const photos = await inline();
    await world.signIn("craigslist");
    await page.goto("https://post.craigslist.org/c/sfo");
    while (!page.url().includes("s=preview")) {
      const before = page.url();
      await page.evaluate(craigslistFloor(jacket, { photos })).catch(() => null);
      await page.waitForURL((url) => url.href !== before);
    }
    await page.getByRole("button", { name: "publish" }).click();
    await page.getByText("Thanks for posting").waitFor();
    await expect
      .poll(() => world.listings("craigslist"))
      .toMatchObject([{ fields: { PostingTitle: jacket.craigslist.title } }]);
  });
});
