/** Which workspace a person works in, and as what. Roles change while people are signed in. */
import type { User } from "@supabase/supabase-js";
import { z } from "zod";
import { dataOf } from "#extension/api/service-error.ts";
import { database } from "#extension/store/database.ts";
import type { AuthView } from "#extension/store/rows.ts";
import { readSetting, writeSetting } from "#extension/store/settings.ts";
import { supabase } from "./client.ts";

const membershipSchema = z.object({
  workspace_id: z.uuid(),
  role: z.string(),
  workspaces: z.object({ name: z.string(), personal: z.boolean() }).nullable(),
});

/** @throws ServiceUnreachable | ServiceRefused */
const membershipsOf = async (userId: string): Promise<z.infer<typeof membershipSchema>[]> => {
  const answer = await supabase()
    .from("workspace_members")
    .select("workspace_id, role, workspaces(name, personal)")
    .eq("user_id", userId);
  return z.array(membershipSchema).parse(dataOf("reading your workspaces", answer));
};

/** The workspace the person works in: their personal one, else the first they belong to. */
export const loadView = async (user: User): Promise<NonNullable<AuthView>> => {
  const memberships = await membershipsOf(user.id);
  const membership = memberships.find((one) => one.workspaces?.personal) ?? memberships[0];
  return {
    userId: user.id,
    email: user.email ?? "",
    workspaceId: membership?.workspace_id ?? null,
    workspaceName: membership?.workspaces?.name ?? null,
    role: membership?.role ?? null,
  };
};

export type SignedIn = NonNullable<AuthView> & { workspaceId: string };

/** What the person is in their workspace by now; role null when they are no member any more. */
export const refreshRole = async (auth: SignedIn): Promise<SignedIn> => {
  const memberships = await membershipsOf(auth.userId);
  const role = memberships.find((one) => one.workspace_id === auth.workspaceId)?.role ?? null;
  if (role === auth.role) return auth;
  await database.transaction("rw", database.settings, async () => {
    const now = await readSetting("auth");
    if (now?.userId === auth.userId) await writeSetting("auth", { ...now, role }); // else signed out meanwhile
  });
  return { ...auth, role };
};
