/**
 * Wires events to work. Every listener is registered synchronously, because the worker is woken by the event itself; what to
 * do is then read from the database.
 */
import { config } from "zod";
import { listen } from "#extension/messages/listen.ts";
import { restoreButtons } from "./connect/content-scripts.ts";
import { handlers } from "./handlers.ts";
import { onNotificationClicked } from "./notify.ts";
import { POSTS_ALARM, schedulePosts } from "./posting/scheduler.ts";
import { onTabClosed, onTabLoaded } from "./posting/tab-events.ts";
import { SYNC_ALARM, syncSoon } from "./sync-soon.ts";

const report = (what: string) => (error: unknown) =>
  console.error(`${what} failed; it is tried again on the next wake-up.`, error);

export const startBackground = (): void => {
  config({ jitless: true }); // zod would try `new Function`, which our CSP refuses
  listen(handlers);
  chrome.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === SYNC_ALARM) syncSoon().catch(report("Sync"));
    if (alarm.name === POSTS_ALARM) schedulePosts().catch(report("Posting"));
  });
  chrome.tabs.onUpdated.addListener((tabId, change) => {
    if (change.status === "complete") onTabLoaded(tabId).catch(report("Looking at a tab"));
  });
  chrome.tabs.onRemoved.addListener(
    (tabId) => void onTabClosed(tabId).catch(report("Noticing a closed tab")),
  );
  chrome.notifications.onClicked.addListener(
    (id) => void onNotificationClicked(id).catch(report("Opening from a notification")),
  );
  chrome.runtime.onInstalled.addListener(
    () => void restoreButtons().catch(report("Restoring the in-page button")),
  );
  chrome.runtime.onStartup.addListener(
    () => void restoreButtons().catch(report("Restoring the in-page button")),
  );
  self.addEventListener("online", () => void syncSoon().catch(report("Sync")));
  // Whatever woke the worker: posts that were under way when it died go on.
  schedulePosts().catch(report("Posting"));
  syncSoon().catch(report("Sync"));
};
