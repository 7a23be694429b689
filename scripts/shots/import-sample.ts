/** Imports the sample inventory through the dialog, once, with two rows that cannot be taken; pictures on the way if wanted. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { ensureSampleInventory } from "../sample/inventory.ts";
import type { Finding } from "./camera.ts";

/** The sample's file with a product whose price is no amount, and one without a title. */
const withBadRows = async (csv: string): Promise<string> => {
  const text = await readFile(csv, "utf8");
  const columns = (text.split("\n")[0] ?? "").split(",");
  const row = (cells: Record<string, string>) => columns.map((c) => cells[c] ?? "").join(",");
  const file = path.join(path.dirname(csv), "products-with-errors.csv");
  const bad = [
    row({ Handle: "brass-lamp", Title: "Brass desk lamp", "Variant Price": "ask me", Status: "active" }),
    row({ Handle: "nameless", "Variant Price": "12.00", Status: "active", Published: "TRUE" }),
  ];
  await writeFile(file, `${text.trimEnd()}\n${bad.join("\n")}\n`);
  return file;
};

export const importSample = async (
  page: Page,
  origin: string,
  folder: string,
  take: ((name: string) => Promise<Finding[]>) | null,
): Promise<Finding[]> => {
  const findings: Finding[] = [];
  const picture = async (name: string) => {
    if (take) findings.push(...(await take(name)));
  };
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${origin}/dashboard.html#/inventory`);
  await page.getByRole("status", { name: "Loading" }).waitFor({ state: "detached" });
  if (await page.getByRole("table", { name: "Inventory" }).isVisible()) return findings;
  const { csv, photos } = await ensureSampleInventory(folder);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByLabel("Shopify CSV file").setInputFiles(await withBadRows(csv));
  await page.getByLabel("Photo files").setInputFiles(photos);
  const start = page.getByRole("button", { name: /^Import \d+ items?$/ });
  await start.waitFor();
  await picture("import-preview");
  await start.click();
  await page.getByText(/^[3-9] of \d+/).waitFor({ timeout: 600_000 });
  await picture("import-running");
  await page.getByText(/items? imported/).waitFor({ timeout: 600_000 });
  await picture("import-done");
  await page.getByRole("button", { name: "Done", exact: true }).click();
  return findings;
};
