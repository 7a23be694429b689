/** A control of the site's that nobody can use until the test lets it go, as while photos are being uploaded. */
import type { BrowserContext, Page } from "@playwright/test";

export const outOfOrder = (context: BrowserContext, selector: string): Promise<unknown> =>
  context.addInitScript((css) => {
    const view = window as unknown as { isFree?: boolean };
    setInterval(() => {
      const control = document.querySelector<HTMLButtonElement | HTMLInputElement>(css);
      if (control) control.disabled = !view.isFree;
    }, 5);
  }, selector);

export const letGo = (tab: Page): Promise<unknown> => tab.evaluate("window.isFree = true");
