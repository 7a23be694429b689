/**
 * The database as the caller may see it: every query carries the caller's own token, and row level security judges.
 * There is no other key in this process.
 */
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import type { User } from "../app-context.ts";
import type { ServerEnv } from "../env.ts";

export type Database = ReturnType<SupabaseClient["schema"]>;

export const openDatabase = (env: ServerEnv, user: User): Database => {
  const client = createClient(env.supabaseUrl, env.publishableKey, {
    accessToken: () => Promise.resolve(user.token),
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    global: {
      fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(env.upstreamTimeoutMs) }),
    },
  });
  const database = client.schema("public");
  // It would ask three times more, a while apart, before anybody is told. Callers hear of an outage at once.
  database.retry = false;
  return database;
};
