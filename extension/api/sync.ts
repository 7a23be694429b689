/**
 * Sync as one thing: send, then fetch. Never two at once; a request during one run is answered by one more run after it.
 * Being offline is no error: what was typed stays in the outbox and the next alarm tries again.
 */
import { accessToken } from "#extension/auth/account.ts";
import { refreshRole, type SignedIn } from "#extension/auth/membership.ts";
import { supabase } from "#extension/auth/client.ts";
import { database } from "#extension/store/database.ts";
import { readSetting } from "#extension/store/settings.ts";
import { downloadMissing } from "./photos.ts";
import { pullChanges, PULLED, type Pulled } from "./pull-changes.ts";
import { pushOutbox } from "./push-items.ts";
import { realtimeLink } from "./realtime.ts";
import { ServiceUnreachable } from "./service-error.ts";
import { writeSyncState } from "./sync-state.ts";

let running: Promise<void> | null = null;
let again: Set<Pulled> | null = null;

/** Not sent is said, whoever may not send: a viewer, or one who is no member any more. */
const push = async (auth: SignedIn): Promise<string[]> => {
  const waiting = await database.outbox.count();
  if (auth.role !== null && auth.role !== "viewer") return pushOutbox(supabase(), auth.workspaceId);
  if (waiting === 0) return [];
  const may =
    auth.role === null ? "You are no member of this workspace any more" : "You may look, not change";
  return [`${may}: ${waiting} changes are kept on this computer.`];
};

const run = async (tables: readonly Pulled[]): Promise<void> => {
  const known = await readSetting("auth");
  if (!known?.workspaceId) return writeSyncState({ link: "signed-out" });
  if (!(await accessToken()))
    return writeSyncState({ link: "offline", lastError: "Hawker's service was not reached." });
  try {
    const auth = await refreshRole({ ...known, workspaceId: known.workspaceId });
    const told = [
      ...(await push(auth)),
      ...(await pullChanges(supabase(), auth.workspaceId, tables)),
      ...(await downloadMissing(auth.workspaceId)),
    ];
    const lastSyncAt = new Date().toISOString();
    await writeSyncState({ link: realtimeLink(), lastSyncAt, lastError: told[0] ?? null });
  } catch (error) {
    const link = error instanceof ServiceUnreachable ? "offline" : realtimeLink();
    await writeSyncState({ link, lastError: error instanceof Error ? error.message : String(error) });
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
