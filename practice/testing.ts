/** For tests that drive the practice sites with a browser. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext } from "playwright-core";
import sharp from "sharp";
import type { PracticeControl } from "./control-client.ts";
import { chromiumArgs, findHeadlessChromium } from "#worker/browser/find-chromium.ts";
import type { SiteId } from "./sites.ts";

export const chromiumFlags = [...chromiumArgs(), "--ignore-certificate-errors"];

/** A Chromium that reaches the practice sites under their real names. */
export const launchBrowser = (resolverRules: string): Promise<Browser> =>
  chromium.launch({
    executablePath: findHeadlessChromium() ?? undefined,
    args: [...chromiumFlags, `--host-resolver-rules=${resolverRules}`],
  });

/** Signs the context in with a fresh session: cookies, and localStorage before any page of the origin runs. */
export async function loginByCookie(
  control: PracticeControl,
  context: BrowserContext,
  site: SiteId,
  account: string,
): Promise<void> {
  const state = await control.login(site, account);
  await context.addCookies(state.cookies);
  for (const { origin, localStorage } of state.origins) {
    const writes = localStorage
      .map(({ name, value }) => `localStorage.setItem(${JSON.stringify(name)},${JSON.stringify(value)});`)
      .join("");
    await context.addInitScript({ content: `if(location.origin===${JSON.stringify(origin)}){${writes}}` });
  }
}

/** Small photos that differ from each other; number 2 is a PNG. Returns their paths, in order. */
export async function makePhotos(dir: string, count: number): Promise<string[]> {
  await mkdir(dir, { recursive: true });
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const hue = (index * 67) % 360;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${hue},60%,70%)"/><stop offset="1" stop-color="hsl(${hue},45%,35%)"/></linearGradient></defs><rect width="800" height="600" fill="url(#g)"/><circle cx="${200 + index * 60}" cy="300" r="140" fill="hsl(${(hue + 150) % 360},50%,60%)"/></svg>`;
      const png = index === 1;
      const path = join(dir, `photo-${index + 1}.${png ? "png" : "jpg"}`);
      const picture = sharp(Buffer.from(svg));
      await (png ? picture.png() : picture.jpeg({ quality: 82 })).toFile(path);
      return path;
    }),
  );
}
