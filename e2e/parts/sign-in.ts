/** Logs in through the popup, as a seller with an account does. */
import type { BrowserContext } from "@playwright/test";
import { EXTENSION_ID } from "../../scripts/extension-id.ts";

export const logIn = async (context: BrowserContext, email: string, password: string): Promise<void> => {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${EXTENSION_ID}/popup.html`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await page.getByText(`Signed in as ${email}`).waitFor();
  await page.close();
};
