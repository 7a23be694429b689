/** Register, log in, sign out: what pages show is `settings.auth`; the tokens stay with supabase-js. */
import type { Session } from "@supabase/supabase-js";
import { database } from "#extension/store/database.ts";
import type { AuthView } from "#extension/store/rows.ts";
import { readSetting, writeSetting } from "#extension/store/settings.ts";
import { MessageError } from "#extension/messages/send.ts";
import { authSentence } from "./auth-sentence.ts";
import { supabase } from "./client.ts";
import { loadView } from "./membership.ts";

/** What another person's data in this browser leaves behind once it is all on the server: nothing. */
const clearForeignData = async (view: NonNullable<AuthView>): Promise<void> => {
  const owner = await readSetting("dataOwner");
  if (!view.workspaceId) return;
  if (owner && owner.workspaceId !== view.workspaceId) {
    const waiting = [database.outbox, database.drafts, database.postingOutbox].map((table) => table.count());
    const unsent = (await Promise.all(waiting)).reduce((sum, n) => sum + n, 0);
    if (unsent > 0) {
      throw new MessageError(
        "unsent-changes",
        `This browser still holds ${unsent} unsent changes of ${owner.email}. Log in as ${owner.email} once, so that they are sent.`,
      );
    }
    const kept = ["settings"];
    const tables = database.tables.filter((table) => !kept.includes(table.name));
    await database.transaction("rw", tables, () => Promise.all(tables.map((table) => table.clear())));
  }
  await writeSetting("dataOwner", { workspaceId: view.workspaceId, email: view.email });
};

const enter = async (session: Session): Promise<AuthView> => {
  const view = await loadView(session.user);
  try {
    await clearForeignData(view);
  } catch (error) {
    await supabase().auth.signOut({ scope: "local" });
    throw error;
  }
  await writeSetting("auth", view);
  return view;
};

export const signUp = async (input: {
  email: string;
  password: string;
  name: string;
}): Promise<{ auth: AuthView; confirmationNeeded: boolean }> => {
  const { data, error } = await supabase().auth.signUp({
    email: input.email,
    password: input.password,
    options: { data: { name: input.name } },
  });
  if (error) throw authSentence(error);
  if (!data.session) return { auth: null, confirmationNeeded: true };
  return { auth: await enter(data.session), confirmationNeeded: false };
};

export const signIn = async (input: { email: string; password: string }): Promise<{ auth: AuthView }> => {
  const { data, error } = await supabase().auth.signInWithPassword(input);
  if (error) throw authSentence(error);
  return { auth: await enter(data.session) };
};

export const signOut = async (): Promise<void> => {
  const { error } = await supabase().auth.signOut({ scope: "local" });
  await writeSetting("auth", null);
  if (error && error.status) throw authSentence(error);
};

/** A token that is good now, or null when nobody is signed in or it cannot be renewed at the moment. */
export const accessToken = async (): Promise<string | null> => {
  const { data, error } = await supabase().auth.getSession();
  if (error && error.status === 400) await writeSetting("auth", null); // the refresh token was refused: signed out
  return data.session?.access_token ?? null;
};

/** Fills in who is signed in when it could not be read at sign-in. */
export const authState = async (): Promise<AuthView> => {
  const { data } = await supabase().auth.getSession();
  return data.session ? enter(data.session) : null;
};
