/** Sellers for load: signed up at the local stack, with an account the cloud may use. The sealed session is never opened. */
import { connectExample } from "#server/routes/examples.ts";

export type Seller = { token: string; userId: string; workspaceId: string; accountId: string };

const answerOf = async (response: Response): Promise<unknown> => {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  return response.json();
};

export const signUpSeller = async (
  env: { SUPABASE_URL: string; SUPABASE_PUBLISHABLE_KEY: string },
  apiUrl: string,
): Promise<Seller> => {
  const headers = { apikey: env.SUPABASE_PUBLISHABLE_KEY, "content-type": "application/json" };
  const session = (await answerOf(
    await fetch(`${env.SUPABASE_URL}/auth/v1/signup`, {
      method: "POST",
      headers,
      body: JSON.stringify({ email: `${crypto.randomUUID()}@example.test`, password: crypto.randomUUID() }),
    }),
  )) as { access_token: string; user: { id: string } };
  const authorization = `Bearer ${session.access_token}`;
  const [workspace] = (await answerOf(
    await fetch(`${env.SUPABASE_URL}/rest/v1/workspaces?select=id`, {
      headers: { ...headers, authorization },
    }),
  )) as { id: string }[];
  const accountId = crypto.randomUUID();
  const request = {
    ...connectExample,
    accountId,
    workspaceId: workspace!.id,
    handle: accountId,
    device: { ...connectExample.device, id: crypto.randomUUID() },
    consent: { ...connectExample.consent, id: crypto.randomUUID() },
  };
  await answerOf(
    await fetch(`${apiUrl}/api/platform/connect`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization, "idempotency-key": crypto.randomUUID() },
      body: JSON.stringify(request),
    }),
  );
  return { token: session.access_token, userId: session.user.id, workspaceId: workspace!.id, accountId };
};
