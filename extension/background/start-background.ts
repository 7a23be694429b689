/**
 * Wires events to work. Every listener is registered synchronously, because the worker is woken by the event itself; what to
 * do is then read from the database. The work's modules are evaluated when there is work: they are all in the one script,
 * and waking up for a message does not wait for them.
 */
import { config } from "zod";
import { listen } from "#extension/messages/listen.ts";
import { POSTS_ALARM, SYNC_ALARM } from "./alarms.ts";
import { handlers } from "./handlers.ts";
import { syncSoon } from "./sync-soon.ts";

const report = (what: string) => (error: unknown) =>
  console.error(`${what} failed; it is tried again on the next wake-up.`, error);

const goOnPosting = async (): Promise<void> => (await import("./posting/scheduler.ts")).schedulePosts();
const onTabLoaded = async (tabId: number): Promise<void> =>
  (await import("./posting/tab-events.ts")).onTabLoaded(tabId);
const onTabClosed = async (tabId: number): Promise<void> =>
  (await import("./posting/tab-events.ts")).onTabClosed(tabId);
const openFromNotification = async (id: string): Promise<void> =>
  (await import("./notify.ts")).onNotificationClicked(id);
const restoreButtons = async (): Promise<void> =>
  (await import("./connect/content-scripts.ts")).restoreButtons();

/** Chrome lets content scripts read the extension's storage, and the session is kept there: a site's process gets none of it. */
const closeStorageToPages = async (): Promise<void> => {
  for (const area of [chrome.storage.local, chrome.storage.sync, chrome.storage.session])
    await area.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });
};

export const startBackground = (): void => {
  config({ jitless: true }); // zod would try `new Function`, which our CSP refuses
  closeStorageToPages().catch(report("Closing the storage to pages"));
  listen(handlers);
  chrome.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === SYNC_ALARM) syncSoon().catch(report("Sync"));
    if (alarm.name === POSTS_ALARM) goOnPosting().catch(report("Posting"));
  });
  chrome.tabs.onUpdated.addListener((tabId, change) => {
    // A form in a page that is never left changes its address alone.
    if (change.status === "complete" || change.url) onTabLoaded(tabId).catch(report("Looking at a tab"));
  });
  chrome.tabs.onRemoved.addListener(
    (tabId) => void onTabClosed(tabId).catch(report("Noticing a closed tab")),
  );
  chrome.notifications.onClicked.addListener(
    (id) => void openFromNotification(id).catch(report("Opening from a notification")),
  );
  chrome.runtime.onInstalled.addListener(
    () => void restoreButtons().catch(report("Restoring the in-page button")),
  );
  chrome.runtime.onStartup.addListener(
    () => void restoreButtons().catch(report("Restoring the in-page button")),
  );
  for (const change of ["online", "offline"] as const)
    self.addEventListener(change, () => void syncSoon().catch(report("Sync")));
  // Whatever woke the worker comes first. Then posts that were under way when it died go on.
  scheduler.postTask(goOnPosting, { priority: "background" }).catch(report("Posting"));
  syncSoon().catch(report("Sync"));
};
