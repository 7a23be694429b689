/** How light the extension is: package, what enters a page, waking the service worker, painting the popup, idle memory. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { chromium, type BrowserContext, type CDPSession } from "playwright-core";
import { buildExtension } from "../scripts/build-extension.ts";
import { ensureDevKeys } from "../scripts/dev-keys.ts";
import { EXTENSION_ID } from "../scripts/extension-id.ts";
import { chromiumArgs, findChromium } from "#worker/browser/find-chromium.ts";
import { percentile, round, median, type BenchResult } from "./bench.ts";

const root = path.resolve(import.meta.dirname, "..");
const RUNS = 20;

function zipKB(): number {
  const done = spawnSync(process.execPath, [path.join(root, "scripts", "build.ts")], {
    cwd: root,
    encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(`The build failed:\n${done.stdout}${done.stderr}`);
  const zips = readdirSync(path.join(root, ".output")).filter((n) => n.endsWith(".zip"));
  return Math.max(...zips.map((n) => statSync(path.join(root, ".output", n)).size)) / 1024;
}

type Script = { name: string; gz: number };

/** What every visit of a connected site loads, and what only a post puts into its page. */
function pageScripts(dir: string): { content: Script[]; engine: Script[] } {
  const named = (pattern: RegExp): Script[] =>
    (readdirSync(dir, { recursive: true }) as string[])
      .filter((name) => pattern.test(name))
      .map((name) => ({ name, gz: gzipSync(readFileSync(path.join(dir, name))).length / 1024 }));
  return { content: named(/content-scripts\/.*\.js$/), engine: named(/^page-engine\.js$/) };
}
const sum = (scripts: Script[]): number => scripts.reduce((total, { gz }) => total + gz, 0);

async function worker(context: BrowserContext) {
  return context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker", { timeout: 15_000 }));
}

/** Ends the service worker, then times the answer to a message that has to wake it. */
async function wakes(context: BrowserContext, cdp: CDPSession): Promise<number[]> {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${EXTENSION_ID}/popup.html`);
  const times: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const { targetInfos } = (await cdp.send("Target.getTargets")) as {
      targetInfos: { targetId: string; type: string; url: string }[];
    };
    const target = targetInfos.find((t) => t.type === "service_worker" && t.url.includes(EXTENSION_ID));
    if (target) await cdp.send("Target.closeTarget", { targetId: target.targetId });
    times.push(
      await page.evaluate(async () => {
        const began = performance.now();
        await chrome.runtime.sendMessage({ hawker: 1, type: "auth.state", payload: {} });
        return performance.now() - began;
      }),
    );
  }
  await page.close();
  return times;
}

async function popupPaints(context: BrowserContext): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const page = await context.newPage();
    await page.goto(`chrome-extension://${EXTENSION_ID}/popup.html`);
    times.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            new PerformanceObserver((list) => {
              const paint = list.getEntries().find((e) => e.name === "first-contentful-paint");
              if (paint) resolve(paint.startTime);
            }).observe({ type: "paint", buffered: true });
          }),
      ),
    );
    await page.close();
  }
  return times;
}

/** Heap of the service worker with nothing to do, asked of its own inspector: workers have no performance.memory. */
async function idleMB(context: BrowserContext, cdp: CDPSession): Promise<number> {
  await worker(context);
  const { targetInfos } = await cdp.send("Target.getTargets");
  const target = targetInfos.find(({ type, url }) => type === "service_worker" && url.includes(EXTENSION_ID));
  if (!target) throw new Error("The extension's service worker is not among the browser's targets.");
  const { sessionId } = await cdp.send("Target.attachToTarget", { targetId: target.targetId });
  const answer = new Promise<string>((resolve) =>
    cdp.on("Target.receivedMessageFromTarget", (event) => {
      if (event.sessionId === sessionId && event.message.includes('"id":1')) resolve(event.message);
    }),
  );
  const message = JSON.stringify({ id: 1, method: "Runtime.getHeapUsage" });
  await cdp.send("Target.sendMessageToTarget", { sessionId, message });
  const { result } = JSON.parse(await answer) as { result: { usedSize: number } };
  await cdp.send("Target.detachFromTarget", { sessionId });
  return result.usedSize / 1024 / 1024;
}

export async function run(say: (text: string) => void): Promise<BenchResult> {
  say("building the zip");
  const zip = zipKB();
  const keys = await ensureDevKeys(path.join(root, ".hawker", "keys"), { env: "local" });
  const extension = await buildExtension({
    hostsGranted: true,
    say,
    addresses: {
      HAWKER_API_URL: "http://127.0.0.1:9",
      HAWKER_SUPABASE_URL: "http://127.0.0.1:9",
      HAWKER_SUPABASE_KEY: "sb_publishable_x",
      HAWKER_ROOT_KEY: JSON.stringify(keys.rootPublicJwk),
    },
  });
  const scripts = pageScripts(extension);
  const profile = await mkdtemp(path.join(tmpdir(), "hawker-bench-"));
  const executablePath = findChromium();
  if (!executablePath) throw new Error("No Chromium found.");
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    args: [
      "--headless=new",
      ...chromiumArgs(),
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
  });
  try {
    await worker(context);
    const cdp =
      (await context.browser()?.newBrowserCDPSession()) ??
      (await context.newCDPSession(context.pages()[0] ?? (await context.newPage())));
    say("memory, popup, wake-ups");
    const paints = await popupPaints(context);
    const waking = await wakes(context, cdp);
    const idle = await idleMB(context, cdp); // after it has answered: with everything loaded
    return {
      figures: {
        zipKB: round(zip, 0),
        contentGzKB: round(sum(scripts.content), 1),
        engineGzKB: round(sum(scripts.engine), 1),
        wakeP95Ms: round(percentile(waking, 95), 1),
        popupPaintMs: round(median(paints), 1),
        idleMB: round(idle, 1),
      },
      goals: {
        zipKB: { op: "<=", value: 1200 },
        contentGzKB: { op: "<=", value: 25 },
        wakeP95Ms: { op: "<=", value: 100 },
        popupPaintMs: { op: "<=", value: 150 },
      },
      table: [
        ...scripts.content.map(
          (f) => `each visit   ${f.name.padEnd(40)} ${f.gz.toFixed(1).padStart(6)} kB gz`,
        ),
        ...scripts.engine.map(
          (f) => `a post only  ${f.name.padEnd(40)} ${f.gz.toFixed(1).padStart(6)} kB gz`,
        ),
        `wake-ups     median ${median(waking).toFixed(1)} ms of ${RUNS}`,
        `popup paint  p95 ${percentile(paints, 95).toFixed(1)} ms of ${RUNS}`,
      ],
    };
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}
