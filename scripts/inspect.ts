/**
 * `npm run inspect`: opens any page and says for every control which item field it takes it for, by meaning alone.
 * With --fill it fills what it is sure of, submits nothing, and reads back.
 */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import type { FoundControl } from "#core/plan/index.ts";
import { testHost } from "#core/fill/testing/drive.ts";
import { fillByMeaning } from "#core/host/index.ts";
import { chromiumArgs, findHeadlessChromium } from "#worker/browser/find-chromium.ts";
import { itemFromFile, photoReader, sampleItem } from "./inspect-item.ts";
import { pageBundle } from "#worker/browser/page-bundle.ts";

const USAGE = `npm run inspect -- (--url U | --html FILE) [--item FILE] [--fill] [--storage-state FILE] [--screenshot FILE] [--json]

Says for every control of a page which item field it is, by meaning alone, or why it is not sure.
  --url U               a page to open
  --html FILE           a saved page to open instead
  --item FILE           an item as JSON (core/item fields; photos as paths in "photoFiles"); a sample when absent
  --fill                fill what is sure, submit nothing, read back
  --storage-state FILE  Playwright storage state to open the page with
  --screenshot FILE     where to put a picture of the page afterwards
  --json                print {"controls":[...]} only
  --settle MS           how long the page may take to become quiet after it has loaded (default 1500)

Example: npm run inspect -- --html core/fill/fixtures/plain.html --fill`;

const ENTRY = "core/fill/inspect/page-entry.ts";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: "string" }, html: { type: "string" }, item: { type: "string" }, fill: { type: "boolean", default: false },
      "storage-state": { type: "string" }, screenshot: { type: "string" }, json: { type: "boolean", default: false },
      settle: { type: "string", default: "1500" }, help: { type: "boolean", short: "h", default: false },
    },
  }); // oxfmt-ignore
  if (values.help) return console.log(USAGE);
  const url = values.url ?? (values.html ? pathToFileURL(path.resolve(values.html)).href : null);
  if (!url || (values.url && values.html)) throw new Error(`Name one page, by --url or --html.\n\n${USAGE}`);
  if (!URL.canParse(url))
    throw new Error(`"${url}" is no address. Give it whole: https://www.example.com/sell`);
  const executablePath = findHeadlessChromium();
  if (!executablePath)
    throw new Error("No Chromium found. Install Chrome or Chromium, or set HAWKER_CHROMIUM to its path.");

  const { item, photos } = values.item ? itemFromFile(values.item) : sampleItem();
  const browser = await chromium.launch({ executablePath, args: chromiumArgs() });
  try {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 1000 },
      ignoreHTTPSErrors: true,
      ...(values["storage-state"] ? { storageState: values["storage-state"] } : {}),
    });
    const page = await context.newPage();
    page.on("dialog", (dialog) => void dialog.dismiss());
    await page.goto(url, { waitUntil: "load", timeout: 45_000 });
    await quiet(page, Number(values.settle));
    const host = testHost(page, await pageBundle(ENTRY), { photo: photoReader(photos), trusted: true });
    const document = await host.document();
    const photoIds = photos.map((photo) => photo.id);
    const controls = values.fill
      ? (await fillByMeaning(host, document, { item, photoIds, deadlineMs: 90_000 })).controls
      : await host.ask(document, "inspect");
    if (values.screenshot) await page.screenshot({ path: values.screenshot, fullPage: true });
    if (values.json) console.log(JSON.stringify({ controls }));
    else print(controls, values.fill);
  } finally {
    await browser.close();
  }
}

/** Until network and page have been quiet, or the time is over: forms drawn by script are not there at `load`. */
async function quiet(page: import("playwright-core").Page, ms: number): Promise<void> {
  const idle = page.waitForLoadState("networkidle", { timeout: ms }).catch((cause: unknown) => {
    if (!(cause instanceof Error && /Timeout/.test(cause.message))) throw cause;
  });
  await idle;
  await page.evaluate(`new Promise((resolve) => {
    let timer = setTimeout(resolve, 150);
    const observer = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(resolve, 150); });
    observer.observe(document, { subtree: true, childList: true, attributes: true });
    setTimeout(resolve, ${Math.max(200, ms)});
  })`);
}

function print(controls: readonly FoundControl[], filled: boolean): void {
  const cell = (text: string, width: number) =>
    text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
  console.log(
    `${cell("FIELD", 15)} ${cell("STATUS", 9)} ${cell("SCORE", 6)} ${cell("LEAD", 6)} ${cell("KIND", 10)} ${cell("LABEL", 32)} WHY`,
  );
  for (const one of controls) {
    const why =
      one.reason ??
      (filled && one.readBack !== null
        ? `reads "${one.readBack.replace(/\s+/g, " ").slice(0, 50)}"`
        : one.votes.map((vote) => `${vote.name} ${vote.weight}`).join(", "));
    console.log(
      `${cell(one.field ?? "-", 15)} ${cell(one.status, 9)} ${cell(String(one.score), 6)} ${cell(String(one.margin), 6)} ${cell(one.kind, 10)} ${cell(one.label, 32)} ${why}`,
    );
  }
  const sure = controls.filter((one) => one.field !== null).length;
  console.log(
    `\n${controls.length} controls, ${sure} recognised. ${filled ? "Nothing was submitted." : "Add --fill to fill them."}`,
  );
}

main().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 1;
});
