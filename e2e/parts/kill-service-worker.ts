/** Kills the extension's service worker the way Chrome may at any moment. */
import type { BrowserContext, Page } from "@playwright/test";
import { EXTENSION_ID } from "../../scripts/extension-id.ts";

/** Resolves when it is dead. @param page any page of the browser. */
export const killServiceWorker = async (context: BrowserContext, page: Page): Promise<void> => {
  const session = await context.newCDPSession(page);
  const running = async (): Promise<string[]> =>
    (await session.send("Target.getTargets")).targetInfos
      .filter(({ type, url }) => type === "service_worker" && new URL(url).hostname === EXTENSION_ID)
      .map(({ targetId }) => targetId);
  const [victim] = await running();
  if (!victim) throw new Error("The service worker is not running.");
  await session.send("Target.closeTarget", { targetId: victim });
  while ((await running()).includes(victim));
  await session.detach();
};
