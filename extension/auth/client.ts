/** supabase-js in the service worker. The session lives in chrome.storage.local, so it survives the worker's death. */
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { STORAGE_KEY } from "./known-auth.ts";

/** What supabase-js asks of a storage; one key each. */
const storage = {
  getItem: async (key: string): Promise<string | null> => {
    const found: unknown = (await chrome.storage.local.get(key))[key];
    return typeof found === "string" ? found : null;
  },
  setItem: (key: string, value: string): Promise<void> => chrome.storage.local.set({ [key]: value }),
  removeItem: (key: string): Promise<void> => chrome.storage.local.remove(key),
};

let client: SupabaseClient | null = null;

/**
 * The one client. No refresh timer: a sleeping worker would miss it, and `getSession()` refreshes a session that has run
 * out whenever one is asked for.
 */
export const supabase = (): SupabaseClient =>
  (client ??= createClient(HAWKER_SUPABASE_URL, HAWKER_SUPABASE_KEY, {
    auth: {
      storage,
      storageKey: STORAGE_KEY,
      persistSession: true,
      autoRefreshToken: false,
      detectSessionInUrl: false,
      flowType: "pkce",
    },
    global: { headers: { "x-client-info": "hawker-extension" } },
  }));
