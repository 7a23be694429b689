/**
 * Live changes through Supabase Realtime. A change only says "fetch this table again", so that live and polling share one
 * way in and a missed message costs nothing. The socket keeps the service worker awake, so it is open only while one of our
 * pages is open or a cloud job runs; else the alarms ask.
 */
import type { RealtimeChannel } from "@supabase/supabase-js";
import { accessToken } from "#extension/auth/account.ts";
import { supabase } from "#extension/auth/client.ts";
import { readSetting } from "#extension/store/settings.ts";
import { PULLED, type Pulled } from "./pull-changes.ts";
import { writeSyncState } from "./sync-state.ts";

let channel: RealtimeChannel | null = null;
let live = false;

export const realtimeLink = (): "live" | "polling" => (live ? "live" : "polling");

const pageIsOpen = async (): Promise<boolean> => {
  const contexts = await chrome.runtime.getContexts({
    contextTypes: [
      chrome.runtime.ContextType.POPUP,
      chrome.runtime.ContextType.SIDE_PANEL,
      chrome.runtime.ContextType.TAB,
    ],
  });
  return contexts.length > 0;
};

/** Opens the socket when wanted and closes it when not. @param onChange is told which tables changed. */
export const keepRealtime = async (
  openBusiness: boolean,
  onChange: (tables: Pulled[]) => void,
): Promise<void> => {
  const auth = await readSetting("auth");
  const wanted = Boolean(auth?.workspaceId) && (openBusiness || (await pageIsOpen()));
  if (!wanted) return closeRealtime();
  if (channel) return;
  const token = await accessToken();
  if (!token || !auth?.workspaceId) return;
  const opened = supabase().channel(`workspace:${auth.workspaceId}`);
  channel = opened;
  await supabase().realtime.setAuth(token);
  for (const table of PULLED) {
    opened.on(
      "postgres_changes",
      { event: "*", schema: "public", table, filter: `workspace_id=eq.${auth.workspaceId}` },
      () => onChange([table]),
    );
  }
  opened.subscribe((status) => {
    const nowLive = status === "SUBSCRIBED";
    if (nowLive && !live) onChange([...PULLED]); // what changed while nobody listened
    live = nowLive;
    void writeSyncState({ link: nowLive ? "live" : "polling" });
  });
};

const closeRealtime = async (): Promise<void> => {
  live = false;
  if (!channel) return;
  const closing = channel;
  channel = null;
  await supabase().removeChannel(closing);
};
