/** The traps the pages set on purpose: without them a filler that passes here would fail on the real sites. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { camera, jacket } from "./items.ts";
import { homes, lists, scripts } from "./test-sites.ts";
import { useTestWorld } from "./test-world.ts";

const world = useTestWorld();
const one = () => ({ photos: world.photos.slice(0, 1) });
const open = async (site: "facebook" | "mercari"): Promise<Page> => {
  await world.signIn(site);
  await world.page.goto(homes[site]);
  await world.page.getByLabel("Title", { exact: true }).waitFor();
  return world.page;
};

describe.each(["facebook", "mercari"] as const)("the page of %s", (site) => {
  it("runs no inline script", async () => {
    const page = await open(site);
    await expect(page.addScriptTag({ content: "window.injected = true" })).rejects.toThrow();
    expect(await page.evaluate(() => "injected" in window)).toBe(false);
  });

  it("does not take el.value = x from the main world", async () => {
    const page = await open(site);
    const title = page.getByLabel("Title", { exact: true });
    await title.evaluate((element) => {
      (element as HTMLInputElement).value = "only looks filled";
      element.dispatchEvent(new Event("input", { bubbles: true }));
    });
    if (site === "facebook")
      await page.locator('input[type="file"]').first().setInputFiles(world.photos.slice(0, 1));
    const price = site === "facebook" ? page.getByLabel("Price", { exact: true }) : page.getByTestId("Price");
    await price.fill("45");
    await page.getByText("Save draft").click();
    await page.getByText("Draft saved").first().waitFor();
    await page.reload();
    await expect.poll(() => price.inputValue()).toContain("45");
    expect(await title.inputValue()).toBe("");
  });
});

describe("facebook", () => {
  it("gives no control a stable attribute", async () => {
    const page = await open("facebook");
    const found = await page.evaluate(() =>
      [...document.querySelectorAll("input, textarea, label, [role=button]")].flatMap((each) =>
        ["id", "name", "data-testid"].filter((name) => each.hasAttribute(name)),
      ),
    );
    expect(found).toEqual([]);
  });

  it("locks fields until a photo is attached, and asks for more once there is a category", async () => {
    const page = await open("facebook");
    expect(await page.getByLabel("Price", { exact: true }).isDisabled()).toBe(true);
    await page.locator('input[type="file"][accept*="image"]').setInputFiles(world.photos);
    await expect.poll(() => page.getByLabel("Price", { exact: true }).isDisabled()).toBe(false);
    expect(await page.getByLabel("SKU").count()).toBe(0);
    await page.getByLabel("Title", { exact: true }).fill("Walnut chair");
    await page.getByLabel("Description").fill("A chair");
    await page.getByText("Furniture", { exact: true }).click();
    await page.getByLabel("SKU").waitFor();
  });

  it("says what is missing when Next is pressed without a category, and stays", async () => {
    const page = await open("facebook");
    await page.locator('input[type="file"][accept*="image"]').setInputFiles(world.photos);
    await page.getByLabel("Title", { exact: true }).fill("Thing");
    await page.getByLabel("Price", { exact: true }).fill("20");
    const condition = page.locator('label[role="combobox"]', { hasText: "Condition" });
    const option = page.getByRole("button", { name: "New", exact: true });
    await expect.poll(() => condition.click().then(() => option.isVisible())).toBe(true);
    await option.click();
    await page.locator('[aria-label="Next"]:not([aria-disabled])').click();
    await page.getByText("Please select a category").waitFor();
    expect(page.url()).not.toContain("step=");
  });

  it("deletes, marks as sold and edits from the seller's list", async () => {
    const { page } = world;
    await world.signIn("facebook");
    await scripts.facebook(page, jacket, one());
    await page.getByRole("button", { name: "Mark as sold" }).click();
    await page.getByRole("radio", { name: "Yes, sold elsewhere" }).click();
    await page
      .getByRole("dialog", { name: "Did you sell this item?" })
      .getByRole("button", { name: "Next" })
      .click();
    await page.getByRole("button", { name: "Mark as available" }).waitFor();
    await expect.poll(() => world.listings("facebook")).toMatchObject([{ status: "sold" }]);
    await page.getByRole("button", { name: "More options for" }).click();
    await page.getByText("Edit listing").click();
    await page.getByLabel("Price", { exact: true }).fill("59");
    for (const step of ["delivery", "offer", "audience"]) {
      await page.locator('[aria-label="Next"]:not([aria-disabled])').click();
      await page.waitForURL(`**${step}`);
    }
    await page.getByRole("button", { name: "Update" }).click();
    await page.getByText("$59").waitFor();
    await expect.poll(() => world.listings("facebook")).toMatchObject([{ fields: { price: "59.00" } }]);
    await page.getByRole("button", { name: "More options for" }).click();
    await page.getByText("Delete listing").click();
    await page
      .getByRole("dialog", { name: "Delete listing" })
      .getByRole("button", { name: "Delete" })
      .click();
    await page.getByText("No listings found").waitFor();
    await expect.poll(() => world.listings("facebook")).toMatchObject([{ status: "deleted" }]);
  });
});

describe("mercari", () => {
  it("overwrites what was typed before the upload with what it recognises", async () => {
    const page = await open("mercari");
    await world.control.fault("mercari", "recognition", {
      result: { title: "Guessed lamp", category: "Home > Home decor > Lamps" },
    });
    const title = page.getByTestId("Title");
    await title.fill("My own title");
    await page.getByTestId("SellPhotoInput").setInputFiles(world.photos);
    await expect.poll(() => title.inputValue()).toBe("Guessed lamp");
    await expect
      .poll(() => page.getByTestId("SellCategoryFieldButton").innerText())
      .toContain("Home > Home decor > Lamps");
  });

  it("leaves alone what is typed while it recognises", async () => {
    const page = await open("mercari");
    await world.control.fault("mercari", "recognition", {
      result: { title: "Guessed lamp", category: "Home > Home decor > Lamps" },
      ms: 3_000,
    });
    const asked = page.waitForRequest((request) => request.postData()?.includes("recognizePhoto") ?? false);
    await page.getByTestId("SellPhotoInput").setInputFiles(world.photos);
    await asked;
    const title = page.getByTestId("Title");
    await title.fill("My own title");
    await expect
      .poll(() => page.getByTestId("SellCategoryFieldButton").innerText())
      .toContain("Home > Home decor > Lamps");
    expect(await title.inputValue()).toBe("My own title");
  });

  it("picks a size only from a row that was hovered", async () => {
    const page = await open("mercari");
    await page.getByTestId("SellCategoryFieldButton").click();
    for (const name of ["Men", "Tops", "T-shirts"]) {
      await page
        .getByRole("dialog")
        .locator("button", { has: page.getByText(name, { exact: true }) })
        .click();
    }
    const size = page.getByTestId("Size");
    const option = page.getByTestId("Size-option").filter({ hasText: "M (38-40)" });
    await size.click();
    await option.evaluate((element) => (element as HTMLElement).click());
    await expect.poll(() => size.innerText()).toContain("Select");
    await option.hover();
    await option.click();
    await expect.poll(() => size.innerText()).toContain("M (38-40)");
  });

  it("takes back a brand that is not on the list", async () => {
    const page = await open("mercari");
    await page.getByTestId("Brand").fill("Homemade");
    await page.getByTestId("Brand").blur();
    await expect.poll(() => page.getByTestId("Brand").inputValue()).toBe("");
    await page.getByText("Please select a brand").waitFor();
  });

  it("finds nothing for an ampersand and both departments for a word", async () => {
    const page = await open("mercari");
    await page.getByTestId("SellCategoryFieldButton").click();
    const search = page.getByPlaceholder("Search category");
    await search.fill("Coats & jackets");
    await page.getByText(/No results/).waitFor();
    await search.fill("turtleneck");
    await expect
      .poll(() => page.getByRole("dialog").locator("button p").allInnerTexts())
      .toEqual(["Women > Sweaters > Turtleneck", "Men > Sweaters > Turtleneck"]);
  });

  it("refuses a session without its localStorage token", async () => {
    const { page } = world;
    const state = await world.control.login("mercari", "maria");
    await world.context.addCookies(state.cookies);
    await page.goto(homes.mercari);
    await page.getByText("Save draft").click();
    await page.getByText("We need to verify it's you").waitFor();
  });

  it("deactivates from the listings page, deletes from the item page and edits", async () => {
    const { page } = world;
    await world.signIn("mercari");
    const listing = await scripts.mercari(page, camera, one());
    await page.goto(lists.mercari);
    await page.getByTestId("ListingItemCheckbox").check();
    await page.getByText("1 item selected").waitFor();
    await page.getByTestId("BulkActions").getByRole("button", { name: "Deactivate" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
    await page.getByText("1 item deactivated").waitFor();
    await expect.poll(() => world.listings("mercari")).toMatchObject([{ status: "inactive" }]);
    await page.goto(`https://www.mercari.com/sell/edit/${listing?.externalId}/`);
    await page.getByTestId("Price").fill("150");
    await page.getByTestId("ListButton").click();
    await page.waitForURL("**/us/item/**");
    await expect
      .poll(() => world.listings("mercari"))
      .toMatchObject([{ fields: { price: "150.00" }, photos: [{}] }]);
    await page.getByTestId("MoreItemOptions").click();
    await page.getByTestId("ItemOptions").getByText("Delete item").click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.waitForURL("**/mypage/listings/active/");
    await expect.poll(() => world.listings("mercari")).toMatchObject([{ status: "deleted" }]);
    expect((await page.goto(listing?.url ?? ""))?.status()).toBe(404);
  });
});

describe("craigslist", () => {
  it("embeds the wizard of another origin in its wrapper, signed in", async () => {
    const { page } = world;
    await world.signIn("craigslist");
    await page.goto("https://www.craigslist.org/post/sfo");
    const frame = page.frameLocator("iframe");
    await frame.getByLabel("city of san francisco").waitFor();
    await frame.getByText("logged in as maria").waitFor();
    expect(page.frames().map((each) => new URL(each.url()).hostname)).toContain("post.craigslist.org");
  });

  it("hides its selects behind menus that follow the select", async () => {
    const { page } = world;
    await world.signIn("craigslist");
    await scripts.craigslist(page, jacket, { ...one(), submit: false });
    await page.getByText("edit text").click();
    const select = page.locator('select[name="condition"]');
    expect(await select.isVisible()).toBe(false);
    await expect.poll(() => page.locator("#ui-id-1-button").innerText()).toContain("good");
    await page.locator("#ui-id-1-button").click();
    await page.locator("#ui-id-1-menu").getByText("salvage").click();
    await expect.poll(() => select.inputValue()).toBe("60");
  });

  it("remembers the last category, and offers older postings once there are some", async () => {
    const { page } = world;
    await world.signIn("craigslist");
    await scripts.craigslist(page, jacket, one());
    await page.goto("https://post.craigslist.org/c/sfo");
    expect(page.url()).toContain("s=copyfromanother");
    await page.locator("button.skip").click();
    await page.getByLabel("south bay area").check();
    await page.locator("button.continue").click();
    await page.getByLabel("for sale by owner").check();
    await page.locator("button.continue").click();
    await expect.poll(() => page.getByLabel("clothing & accessories - by owner").isChecked()).toBe(true);
  });

  it("says what is wrong and keeps what was written", async () => {
    const { page } = world;
    await world.signIn("craigslist");
    await scripts.craigslist(page, jacket, { ...one(), submit: false });
    await page.getByText("edit text").click();
    await page.locator("#postal_code").fill("abc");
    await page.locator("button.continue").click();
    await page.getByText("Please enter a valid postal code.").waitFor();
    await expect.poll(() => page.locator("#PostingTitle").inputValue()).toBe(jacket.craigslist.title);
  });

  it("lets a guest write but only a letter publish", async () => {
    const { page } = world;
    await page.goto("https://post.craigslist.org/");
    await page.getByLabel("san francisco bay area").check();
    await page.locator("button.continue").click();
    await page.getByLabel("east bay area").check();
    await page.locator("button.continue").click();
    await page.getByLabel("for sale by owner").check();
    await page.locator("button.continue").click();
    await page.getByLabel("furniture - by owner").check();
    await page.locator("button.continue").click();
    await page.locator("#PostingTitle").fill("Lamp");
    await page.locator("#PostingBody").fill("A lamp.");
    await page.locator("#postal_code").fill("94607");
    await page.locator('input[name="FromEMail"]').fill("guest@example.test");
    await page.locator("button.continue").click();
    await page.locator("button.continue").click();
    await page.locator("#doneWithImages").click();
    await page.getByRole("button", { name: "publish" }).click();
    await page.getByText(/A link was sent to guest@example.test/).waitFor();
    await expect.poll(() => world.listings("craigslist")).toEqual([]);
  });

  it("edits and deletes from the account page", async () => {
    const { page } = world;
    await world.signIn("craigslist");
    await scripts.craigslist(page, jacket, one());
    await page.goto("https://www.craigslist.org/account");
    await page.frameLocator("iframe").locator('form.edit input[value="edit"]').click();
    await page.waitForURL("**s=edit");
    await page.locator('input[name="price"]').fill("50");
    await page.locator("button.continue").click();
    await page.locator("button.continue").click();
    await page.locator("#doneWithImages").click();
    await page.getByRole("button", { name: "publish" }).click();
    await page.getByText("Thanks for posting").waitFor();
    await expect
      .poll(() => world.listings("craigslist"))
      .toMatchObject([{ fields: { price: "50" }, photos: [{}] }]);
    await page.goto(lists.craigslist);
    await page.locator('form.delete input[value="delete"]').click();
    await page.getByRole("dialog").getByRole("button", { name: "skip" }).click();
    await page.reload();
    await expect.poll(() => page.locator("td.status.deleted").count()).toBe(1);
    await expect.poll(() => world.listings("craigslist")).toMatchObject([{ status: "deleted" }]);
  });
});
