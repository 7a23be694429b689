/** supabase-js in the service worker. */
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { STORAGE_KEY } from "./known-auth.ts";
import { renewingFetch } from "./renewing-fetch.ts";
import { sessionStorage } from "./session-storage.ts";

let client: SupabaseClient | null = null;

/**
 * The one client. No refresh timer: a sleeping worker would miss it, and `getSession()` refreshes a session that has run
 * out whenever one is asked for.
 */
export const supabase = (): SupabaseClient =>
  (client ??= createClient(HAWKER_SUPABASE_URL, HAWKER_SUPABASE_KEY, {
    auth: {
      storage: sessionStorage,
      storageKey: STORAGE_KEY,
      persistSession: true,
      autoRefreshToken: false,
      detectSessionInUrl: false,
      flowType: "pkce",
    },
    global: { headers: { "x-client-info": "hawker-extension" }, fetch: fetchWithToken },
  }));

/** `fetch` for our own API too: whatever carries the token. */
export const fetchWithToken = renewingFetch(() => supabase().auth);
