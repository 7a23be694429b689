/** Register, log in, sign out: what pages show is `settings.auth`; the tokens stay with supabase-js. */
import type { Session } from "@supabase/supabase-js";
import { clearForOwner, type Keeps } from "#extension/store/forget-device.ts";
import type { AuthView } from "#extension/store/rows.ts";
import { runsHere } from "#extension/store/runs-here.ts";
import { readSetting, writeSetting } from "#extension/store/settings.ts";
import { MessageError } from "#extension/messages/send.ts";
import { authSentence } from "./auth-sentence.ts";
import { supabase } from "./client.ts";
import { loadView } from "./membership.ts";

/** @throws MessageError while this browser holds what only it knows of somebody else. */
const clearForeignData = async ({ workspaceId, email }: NonNullable<AuthView>): Promise<void> => {
  if (!workspaceId) return;
  const owner = await readSetting("dataOwner");
  if (!owner || owner.workspaceId === workspaceId) return writeSetting("dataOwner", { workspaceId, email });
  if (runsHere.size > 0)
    throw new MessageError(
      "post-under-way",
      `Something of ${owner.email} is being posted in this browser right now. Try again when it is over.`,
    );
  const keeps = await clearForOwner({ workspaceId, email });
  if (keeps) throw new MessageError("unsent-changes", stillHolds(owner.email, keeps));
};

const stillHolds = (owner: string, { unsent, open }: Keeps): string =>
  open > 0
    ? `Only this browser knows what became of ${open} ${open === 1 ? "post" : "posts"} of ${owner}. Log in as ${owner}, and settle what is open under Jobs first.`
    : `This browser still holds ${unsent} unsent changes of ${owner}. Log in as ${owner} once, so that they are sent.`;

const enter = async (session: Session): Promise<AuthView> => {
  const view = await loadView(session.user);
  try {
    await clearForeignData(view);
  } catch (error) {
    await supabase().auth.signOut({ scope: "local" });
    await writeSetting("auth", null);
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

/**
 * A token that is good now, or null when nobody is signed in or it cannot be renewed at the moment. Whoever has just logged in
 * speaks for this browser once the data in it is theirs: nothing of somebody else's is told in their name.
 */
export const accessToken = async (): Promise<string | null> => {
  const { data, error } = await supabase().auth.getSession();
  if (error && error.status === 400) await writeSetting("auth", null); // the refresh token was refused: signed out
  if (!data.session) return null;
  const [auth, owner] = await Promise.all([readSetting("auth"), readSetting("dataOwner")]);
  if (auth?.userId !== data.session.user.id) return null;
  return owner && owner.workspaceId !== auth.workspaceId ? null : data.session.access_token;
};

/** Fills in who is signed in when it could not be read at sign-in. */
export const authState = async (): Promise<AuthView> => {
  const { data } = await supabase().auth.getSession();
  return data.session ? enter(data.session) : null;
};
