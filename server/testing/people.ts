/** People who signed up at the local stack, and what they own. */
import { connectRequestSchema, type ConnectRequest, type CreateJobRequest } from "#core/api/index.ts";
import { sampleAccount, sampleWorker } from "#core/session/sample.ts";
import { connectExample, createJobExample } from "../routes/examples.ts";
import { apiUnderTest, type Runtime } from "./api-under-test.ts";
import { callApi } from "./client.ts";

export type Person = { token: string; userId: string; workspaceId: string };

const supabase = async (path: string, init: RequestInit & { token?: string } = {}): Promise<unknown> => {
  const { variables } = apiUnderTest();
  const response = await fetch(`${variables["SUPABASE_URL"]}${path}`, {
    ...init,
    headers: {
      apikey: variables["SUPABASE_PUBLISHABLE_KEY"] ?? "",
      "content-type": "application/json",
      ...(init.token && { authorization: `Bearer ${init.token}` }),
    },
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
};

export const signUp = async (): Promise<Person> => {
  const session = (await supabase("/auth/v1/signup", {
    method: "POST",
    body: JSON.stringify({ email: `${crypto.randomUUID()}@example.test`, password: "correct-horse-7" }),
  })) as { access_token: string; user: { id: string } };
  const [workspace] = (await supabase("/rest/v1/workspaces?select=id", { token: session.access_token })) as {
    id: string;
  }[];
  return { token: session.access_token, userId: session.user.id, workspaceId: workspace!.id };
};

/** A request as the extension makes it, sealed for real. */
export const connectRequest = async (
  person: Person,
  changes: Partial<ConnectRequest> = {},
): Promise<ConnectRequest> => {
  const accountId = changes.accountId ?? crypto.randomUUID();
  const sessionVersion = changes.sessionVersion ?? 1;
  const device = changes.device ?? connectExample.device;
  const worker = await sampleWorker();
  const sealed = await sampleAccount(worker.recipients[0]!, {
    binding: { workspaceId: person.workspaceId, userId: person.userId, accountId, sessionVersion },
  });
  return connectRequestSchema.parse({
    ...connectExample,
    accountId,
    workspaceId: person.workspaceId,
    handle: `seller-${accountId.slice(0, 8)}`,
    loginId: accountId.slice(0, 13),
    sessionVersion,
    session: sealed.envelope,
    sessionMeta: sealed.row.session_meta,
    device: { ...device, id: crypto.randomUUID(), publicKey: sealed.devicePublicKey },
    consent: { ...connectExample.consent, id: crypto.randomUUID() },
    ...changes,
  });
};

export const connected = async (runtime: Runtime, person: Person, changes: Partial<ConnectRequest> = {}) => {
  const request = await connectRequest(person, changes);
  const answer = await callApi(runtime, "post", "/api/platform/connect", {
    token: person.token,
    body: request,
  });
  if (answer.status !== 200) throw new Error(`connect answered ${answer.status}: ${answer.text}`);
  return request;
};

/** A job that can be created: a connected account and an item without problems. */
export const jobRequest = (
  person: Person,
  account: ConnectRequest,
  changes: Partial<CreateJobRequest> = {},
): CreateJobRequest => ({
  ...createJobExample,
  workspaceId: person.workspaceId,
  item: { ...createJobExample.item!, id: crypto.randomUUID() },
  targets: [{ accountId: account.accountId, platform: account.platform }],
  ...changes,
});
