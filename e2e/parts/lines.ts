/** A post as the jobs page shows it: one line per item and site, with its words and its buttons. */
import type { Locator, Page } from "@playwright/test";
import type { Site } from "../../scripts/demo/expected.ts";
import { SITE_NAMES } from "../../scripts/demo/seller.ts";

export const lineOf = (jobs: Page, title: string, site: Site): Locator =>
  jobs.getByRole("listitem", { name: `${title} on ${SITE_NAMES[site]}` });

export const press = (line: Locator, button: string): Promise<void> =>
  line.getByRole("button", { name: button, exact: true }).click();

/** A form is filled, a list read, a window over: generous, because the machine may be busy. */
export const SOON = { timeout: 90_000 };
