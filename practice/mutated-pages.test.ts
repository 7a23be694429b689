/** Renamed and reworded pages still work: a filler that fails on them fails for its own reasons. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { camera } from "./items.ts";
import { homes, scripts } from "./test-sites.ts";
import { useTestWorld } from "./test-world.ts";

const world = useTestWorld();
const one = () => ({ photos: world.photos.slice(0, 1) });
const open = async (site: "facebook" | "mercari"): Promise<Page> => {
  await world.signIn(site);
  await world.page.goto(homes[site]);
  await world.page.getByLabel("Title", { exact: true }).waitFor();
  return world.page;
};

describe("a mutated page", () => {
  it("of facebook still takes the script that knows labels only", async () => {
    await world.control.mutate("spring", "locators");
    await world.signIn("facebook");
    await scripts.facebook(world.page, camera, one());
    await expect.poll(() => world.listings("facebook")).toHaveLength(1);
  });

  it("of mercari has no stable handle left, and still works by label", async () => {
    await world.control.mutate("spring", "locators");
    const page = await open("mercari");
    expect(
      await page.locator('#sellName, #Price, [data-testid="Title"], [name="sellCondition"]').count(),
    ).toBe(0);
    await page.getByRole("combobox", { name: "Brand" }).fill("nikon");
    await page.getByRole("option", { name: "Nikon" }).click();
    await page.getByLabel(/^Good/).check();
    await page.getByText("Save draft").click();
    await page.getByText("Draft saved").waitFor();
    await page.reload();
    await expect.poll(() => page.getByRole("combobox", { name: "Brand" }).inputValue()).toBe("Nikon");
    await expect.poll(() => page.getByLabel(/^Good/).isChecked()).toBe(true);
  });

  it.each(["locators", "hard"] as const)(
    "of craigslist (%s) sends what the server understands",
    async (level) => {
      const { page } = world;
      await world.control.mutate("autumn", level);
      await world.signIn("craigslist");
      await page.goto("https://post.craigslist.org/c/sfo");
      const go = () => page.getByRole("button", { name: "continue" }).click();
      for (const choice of [
        "city of san francisco",
        "mission district",
        "for sale by owner",
        "furniture - by owner",
      ]) {
        await page.getByLabel(choice, { exact: true }).check();
        await go();
      }
      await page.locator('input[maxlength="70"]').fill("Lamp");
      await page.locator("textarea").fill("A lamp, with a shade.");
      await page.locator('input[maxlength="15"]').fill("94110");
      await go();
      await go();
      await page.locator('input[type="file"]').setInputFiles(world.photos);
      await page.getByText("has 4 images").waitFor();
      await page.getByRole("button", { name: "done with images" }).click();
      await page.getByRole("button", { name: "publish" }).click();
      await page.getByText("Thanks for posting").waitFor();
      await expect
        .poll(() => world.listings("craigslist"))
        .toMatchObject([
          {
            fields: {
              PostingTitle: "Lamp",
              PostingBody: "A lamp, with a shade.",
              postal: "94110",
              hood: "mission district",
            },
          },
        ]);
    },
  );

  it.each(["facebook", "mercari"] as const)(
    "of %s at the hard level drops roles and rewords labels",
    async (site) => {
      const { page } = world;
      await world.control.mutate("autumn", "hard");
      await world.signIn(site);
      await page.goto(homes[site]);
      await page.locator("textarea").first().waitFor();
      expect(await page.getByLabel("Title", { exact: true }).count()).toBe(0);
      expect(await page.locator("label[role], [aria-expanded]").count()).toBe(0);
    },
  );
});
