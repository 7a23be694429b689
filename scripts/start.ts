/** `npm start`: everything, kept running until Ctrl-C, with a browser when there is a display. */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { EXTENSION_ID, startEverything } from "./everything.ts";

const { values } = parseArgs({
  options: {
    "no-browser": { type: "boolean" },
    watch: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  },
});
if (values.help) {
  console.log(`npm start -- [--no-browser]

Starts database, API, worker and practice marketplaces on this machine, and a browser with the extension when there is a
display. Ctrl-C stops it all; data stays in .hawker/. npm run dev does the same and rebuilds the extension on changes.`);
  process.exit(0);
}
const root = path.resolve(import.meta.dirname, "..");
const dir = path.join(root, ".hawker");
const all = await startEverything({ dir, say: (text) => console.error(`  ${text}`) });
console.log(`
  API                 ${all.apiUrl}        docs: ${all.apiUrl}/docs
  Supabase, local     ${all.supabaseUrl}
  Practice control    ${all.practice.controlUrl}
  Extension           ${path.relative(root, all.extensionDir)}  (chrome-extension://${EXTENSION_ID}/dashboard.html)

  Practice login, on all three sites:  maria@example.test / practice-maria
  Hawker itself: sign up in the popup with any e-mail. Its mails are files in ${path.relative(root, dir)}/mail.
`);

const stopping = new AbortController();
const stop = () => stopping.abort();
process.once("SIGINT", stop);
process.once("SIGTERM", stop);
keepWorking().catch((cause: unknown) => {
  console.error(`  The worker could not be started again: ${String(cause)}`);
  stop();
});
const stopped = new Promise<void>((resolve) =>
  stopping.signal.addEventListener("abort", () => resolve(), { once: true }),
);

const display =
  process.platform !== "linux" || Boolean(process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]);
if (display && !values["no-browser"]) {
  const profile = path.join(dir, "browser");
  await mkdir(profile, { recursive: true });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: all.chromium,
    headless: false,
    viewport: null,
    args: [
      ...all.browserArgs,
      `--disable-extensions-except=${all.extensionDir}`,
      `--load-extension=${all.extensionDir}`,
    ],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`chrome-extension://${EXTENSION_ID}/dashboard.html`);
  context.on("close", stop);
  if (values.watch) await watch(async () => void (await page.reload()));
} else {
  console.log(
    "  No display: load the extension folder in a Chromium started with\n  " +
      all.browserArgs.map((a) => `'${a}'`).join(" ") +
      "\n",
  );
}
console.log("  Ctrl-C stops everything.");
await stopped;
await all.stop();
process.exit(0);

/** A worker that was killed is started again: what it held goes on there. */
async function keepWorking(): Promise<void> {
  for (let worker = all.worker; worker && !stopping.signal.aborted; worker = await all.startWorker()) {
    const code = await worker.ended;
    console.error(`  The worker ended by itself (${code ?? "killed"}); it is started again.`);
  }
}

/** Rebuilds on a change of source; the kept folder's path changes with its content, so the person reloads the extension. */
async function watch(rebuilt: () => Promise<void>): Promise<void> {
  const { watch: watchFiles } = await import("node:fs");
  const { buildExtension } = await import("./build-extension.ts");
  let building: Promise<unknown> = Promise.resolve();
  for (const folder of ["extension", "core", "marketplaces"]) {
    watchFiles(path.join(root, folder), { recursive: true }, () => {
      building = building.then(
        async () => {
          const out = await buildExtension({
            addresses: all.addresses,
            hostsGranted: true,
            say: (t) => console.error(`  ${t}`),
          });
          console.error(`  rebuilt: ${path.relative(root, out)}; reload it at chrome://extensions`);
          await rebuilt();
        },
        (cause: unknown) => console.error(`  not rebuilt: ${String(cause)}`),
      );
    });
  }
}
