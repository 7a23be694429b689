/** Stops the extension's service worker the way Chrome may at any moment: nothing in it hears of it. */
import type { BrowserContext, Page } from "@playwright/test";
import { EXTENSION_ID } from "../../scripts/extension-id.ts";

/** Resolves when it is dead; it may live again by then, because a page called for it. @param page one of the extension's. */
export const killServiceWorker = async (context: BrowserContext, page: Page): Promise<void> => {
  const session = await context.newCDPSession(page);
  const alive = Promise.withResolvers<string>();
  const dead = Promise.withResolvers<void>();
  let stopping = false;
  session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
    for (const { versionId, runningStatus, scriptURL } of versions) {
      if (new URL(scriptURL).hostname !== EXTENSION_ID) continue;
      if (runningStatus === "running") alive.resolve(versionId);
      if (runningStatus === "stopped" && stopping) dead.resolve();
    }
  });
  await session.send("ServiceWorker.enable");
  const versionId = await alive.promise;
  stopping = true;
  await session.send("ServiceWorker.stopWorker", { versionId });
  await dead.promise;
  await session.detach();
};
