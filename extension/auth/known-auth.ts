/** Who is signed in as far as this browser knows, without reading the auth library: asked each time the worker wakes up. */
import type { AuthView } from "#extension/store/rows.ts";
import { readSetting } from "#extension/store/settings.ts";

/** Where supabase-js keeps the session in chrome.storage.local. */
export const STORAGE_KEY = "hawker-auth";

/** The view; null when there is no session; undefined when there is one whose workspace was not read yet. */
export const knownAuth = async (): Promise<AuthView | undefined> => {
  const known = await readSetting("auth");
  if (known?.workspaceId) return known;
  const session: unknown = (await chrome.storage.local.get(STORAGE_KEY))[STORAGE_KEY];
  return session === undefined ? null : undefined;
};
