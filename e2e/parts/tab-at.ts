/** The tab Hawker works in at a site, and the site's own last button in it: what a person's hands are put on. */
import type { BrowserContext, Locator, Page } from "@playwright/test";
import type { Site } from "../../scripts/demo/expected.ts";

const HOSTS: Record<Site, string> = {
  facebook: "www.facebook.com",
  mercari: "www.mercari.com",
  craigslist: "post.craigslist.org",
};

export const tabAt = async (context: BrowserContext, site: Site): Promise<Page> => {
  const isThere = (page: Page) => page.url().startsWith(`https://${HOSTS[site]}/`);
  return context.pages().find(isThere) ?? (await context.waitForEvent("page", { predicate: isThere }));
};

export const ownButton = (tab: Page, site: Site): Locator => {
  if (site === "facebook") return tab.locator('[aria-label="Publish"]:not([aria-disabled])');
  if (site === "mercari") return tab.getByTestId("ListButton");
  return tab.getByRole("button", { name: "publish" });
};
