/**
 * A forgotten password: a code by mail, then a new password. The mail's link is not used: browsers let no website open a page
 * of an extension. Nobody is signed in before the new password is set.
 */
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import type { AuthView } from "#extension/store/rows.ts";
import { readSetting, writeSetting } from "#extension/store/settings.ts";
import { signIn } from "./account.ts";
import { authSentence } from "./auth-sentence.ts";

/** Apart from the one that keeps a session: what the code opens lasts for the change of the password alone. */
let resetting: SupabaseClient | null = null;
const client = (): SupabaseClient =>
  (resetting ??= createClient(HAWKER_SUPABASE_URL, HAWKER_SUPABASE_KEY, {
    auth: {
      storageKey: "hawker-reset",
      persistSession: false,
      autoRefreshToken: false,
      detectSessionInUrl: false,
    },
    global: { headers: { "x-client-info": "hawker-extension" } },
  }));

/** Sends the code. That one was asked for outlives the popup, which closes when the person looks into their mail. */
export const forgotPassword = async (email: string): Promise<void> => {
  const { error } = await client().auth.resetPasswordForEmail(email);
  if (error) throw authSentence(error);
  await writeSetting("passwordReset", { email, askedAt: new Date().toISOString() });
};

export const keepOldPassword = (): Promise<void> => writeSetting("passwordReset", null);

/** A code is good once: when only the password was refused, the next try goes on without it. */
const openByCode = async (email: string, code: string): Promise<void> => {
  const { data } = await client().auth.getUser();
  if (data.user?.email?.toLowerCase() === email.toLowerCase()) return;
  const { error } = await client().auth.verifyOtp({ email, token: code, type: "recovery" });
  if (error) throw authSentence(error);
};

/** @returns who is signed in with the new password. @throws MessageError; the code may be tried again unless it says otherwise */
export const resetPassword = async (input: {
  code: string;
  password: string;
}): Promise<{ auth: AuthView }> => {
  const asked = await readSetting("passwordReset");
  if (!asked) throw authSentence({ message: "", code: "otp_expired" });
  await openByCode(asked.email, input.code);
  const { error } = await client().auth.updateUser({ password: input.password });
  if (error) throw authSentence(error);
  await client().auth.signOut({ scope: "local" });
  resetting = null;
  await writeSetting("passwordReset", null);
  return signIn({ email: asked.email, password: input.password });
};
