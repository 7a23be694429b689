/** When to sync: after writes, on alarms, when the network is back, and whenever a page of ours asks how things are. */
import type { Pulled } from "#extension/api/pull-changes.ts";
import { SYNC_ALARM } from "./alarms.ts";

const PERIOD_MINUTES = 1;
const GATHER_MS = 150;

let gathering: ReturnType<typeof setTimeout> | null = null;
let tables: Set<Pulled> | null = null;

const sync = async (wanted?: Pulled[]): Promise<void> => {
  const { syncNow } = await import("#extension/api/sync.ts");
  await syncNow(wanted);
  await (await import("./posting/after-sync.ts")).afterSync();
};

const onChange = (changed: Pulled[]): void => {
  tables = new Set([...(tables ?? []), ...changed]);
  gathering ??= setTimeout(() => {
    const wanted = [...(tables ?? [])];
    gathering = null;
    tables = null;
    void sync(wanted);
  }, GATHER_MS);
};

/** Starts a sync after what is more urgent, without waiting for it, and opens or closes the live connection as wanted. */
export const syncSoon = async (): Promise<void> => {
  await chrome.alarms.create(SYNC_ALARM, { periodInMinutes: PERIOD_MINUTES });
  void scheduler.postTask(run, { priority: "background" });
};

const run = async (): Promise<void> => {
  try {
    const { hasOpenBusiness } = await import("#extension/api/sync.ts");
    const { keepRealtime } = await import("#extension/api/realtime.ts");
    await keepRealtime(await hasOpenBusiness(), onChange);
    await sync();
  } catch (error) {
    console.warn("Sync did not work this time; the next alarm tries again.", error);
  }
};
