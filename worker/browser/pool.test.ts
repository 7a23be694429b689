import { afterAll, expect, it, vi } from "vitest";
import type { Browser } from "playwright-core";
import { chromiumArgs, findHeadlessChromium } from "./find-chromium.ts";
import { createLog } from "../log.ts";
import { browserSource, createBrowserPool, newPage, NoBrowserError } from "./pool.ts";

const executablePath = findHeadlessChromium() ?? undefined;
const pool = createBrowserPool(browserSource({ executablePath, args: chromiumArgs() }), createLog("silent"));
afterAll(() => pool.close());

const never = new Promise<never>(() => undefined);
let hanging: Browser | null = null;
afterAll(async () => {
  vi.restoreAllMocks();
  await hanging?.close();
});

it("a browser that opens no page any more is given up, and the next job starts another", async () => {
  const pressed = pool.withContext({}, (context) => {
    // As seen: a process of the browser was killed while its page was being made, and nothing ever answered.
    vi.spyOn(context, "newPage").mockReturnValue(never);
    hanging = context.browser();
    vi.spyOn(hanging!, "close").mockReturnValue(never); // it answers nothing at all
    return newPage(context, 200);
  });
  await expect(pressed).rejects.toThrow(NoBrowserError);
  await expect.poll(() => pool.alive()).toEqual({ browsers: 0, contexts: 0 });
  const title = await pool.withContext({}, async (context) => {
    const page = await newPage(context);
    await page.setContent("<title>alive</title>");
    return page.title();
  });
  expect(title).toBe("alive");
});
