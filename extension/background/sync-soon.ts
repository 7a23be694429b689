/** When to sync: after writes, on alarms, when the network is back, and whenever a page of ours asks how things are. */
import { hasOpenBusiness, syncNow } from "#extension/api/sync.ts";
import { keepRealtime } from "#extension/api/realtime.ts";
import type { Pulled } from "#extension/api/pull-changes.ts";
import { reportListed } from "./posting/report-listed.ts";

export const SYNC_ALARM = "sync";
const PERIOD_MINUTES = 1;
const GATHER_MS = 150;

let gathering: ReturnType<typeof setTimeout> | null = null;
let tables: Set<Pulled> | null = null;

const onChange = (changed: Pulled[]): void => {
  tables = new Set([...(tables ?? []), ...changed]);
  gathering ??= setTimeout(() => {
    const wanted = [...(tables ?? [])];
    gathering = null;
    tables = null;
    void syncNow(wanted);
  }, GATHER_MS);
};

/** Starts a sync without waiting for it, and opens or closes the live connection as wanted. */
export const syncSoon = async (): Promise<void> => {
  await chrome.alarms.create(SYNC_ALARM, { periodInMinutes: PERIOD_MINUTES });
  void run();
};

const run = async (): Promise<void> => {
  try {
    await keepRealtime(await hasOpenBusiness(), onChange);
    await syncNow();
    await reportListed();
  } catch (error) {
    console.warn("Sync did not work this time; the next alarm tries again.", error);
  }
};
