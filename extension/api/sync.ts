/**
 * Sync as one thing: send, then fetch. Never two at once; a request during one run is answered by one more run after it.
 * Being offline is no error: what was typed stays in the outbox and the next alarm tries again.
 */
import { accessToken } from "#extension/auth/account.ts";
import { supabase } from "#extension/auth/client.ts";
import { database } from "#extension/store/database.ts";
import { readSetting } from "#extension/store/settings.ts";
import { downloadMissing } from "./photos.ts";
import { pullChanges, PULLED, type Pulled } from "./pull-changes.ts";
import { pushOutbox } from "./push-items.ts";
import { realtimeLink } from "./realtime.ts";
import { writeSyncState } from "./sync-state.ts";

let running: Promise<void> | null = null;
let again: Set<Pulled> | null = null;

const run = async (tables: readonly Pulled[]): Promise<void> => {
  const auth = await readSetting("auth");
  if (!auth?.workspaceId) return writeSyncState({ link: "signed-out" });
  if (!(await accessToken()))
    return writeSyncState({ link: "offline", lastError: "Not reached, or sign in again." });
  const role = auth.role ?? "viewer";
  try {
    const { errors } = role === "viewer" ? { errors: [] } : await pushOutbox(supabase(), auth.workspaceId);
    await pullChanges(supabase(), auth.workspaceId, tables);
    await downloadMissing();
    await writeSyncState({
      link: realtimeLink(),
      lastSyncAt: new Date().toISOString(),
      lastError: errors[0] ?? null,
    });
  } catch (error) {
    await writeSyncState({
      link: "offline",
      lastError: error instanceof Error ? error.message : String(error),
    });
  }
};

/** Resolves when everything written before the call was tried. */
export const syncNow = (tables: readonly Pulled[] = PULLED): Promise<void> => {
  if (running) {
    again = new Set([...(again ?? []), ...tables]);
    return running;
  }
  running = (async () => {
    let next: readonly Pulled[] | null = tables;
    while (next) {
      await run(next);
      next = again ? [...again] : null;
      again = null;
    }
  })().finally(() => (running = null));
  return running;
};

/** Whether an alarm has anything to do: something waits to be sent, or a cloud job is under way. */
export const hasOpenBusiness = async (): Promise<boolean> =>
  (await database.outbox.count()) > 0 ||
  (await database.jobs.where("status").anyOf("queued", "running").count()) > 0;
