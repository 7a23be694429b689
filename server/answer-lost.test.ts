/**
 * One of the calls that a request makes to the database is lost: it never got there, or its answer did not come back. The
 * caller hears of an outage, sends the same again under the same key, and it has happened once.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operationsOf } from "./docs/operations.ts";
import { callApi, type Answer } from "./testing/client.ts";
import { Drive, inDatabase } from "./testing/drive.ts";
import { documentFrom } from "./testing/every-route.ts";
import { gatedApi, type GatedApi } from "./testing/gated-api.ts";
import { connected, connectRequest, jobRequest, signUp, type Person } from "./testing/people.ts";
import { SITUATIONS } from "./testing/situations.ts";

type Write = {
  method?: "post" | "delete";
  path: string;
  body?: unknown;
  /** How often it happened, by what the database holds. */
  times: () => Promise<number>;
};
type Begin = (maria: Person) => Promise<Write>;

const count = async (sql: string, values: unknown[]): Promise<number> => {
  const { rows } = await inDatabase(`select count(*)::int as n from ${sql}`, values);
  return (rows[0] as { n: number }).n;
};

const reach = async (maria: Person, name: string): Promise<Drive> => {
  const { request, lead } = SITUATIONS.find((situation) => situation.name === name)!;
  const drive = await Drive.begin("node", maria, request);
  await lead(drive);
  return drive;
};

const told =
  (situation: string, action: string, body?: (question: number) => unknown): Begin =>
  async (maria) => {
    const drive = await reach(maria, situation);
    const { question } = await drive.target();
    return {
      path: `${drive.path}/${action}`,
      ...(body && { body: body(question?.number ?? 0) }),
      times: () =>
        count("public.audit_log where subject_id = $1 and action = $2", [drive.targetId, `target.${action}`]),
    };
  };

const ofJob =
  (situation: string, action: "cancel" | "retry"): Begin =>
  async (maria) => {
    const drive = await reach(maria, situation);
    return {
      path: `/api/listings/jobs/${drive.begun.job.id}/${action}`,
      times: () =>
        count("public.audit_log where subject_id = $1 and action = $2", [drive.targetId, `target.${action}`]),
    };
  };

const WRITES: Record<string, Begin> = {
  "verify-account": async (maria) => {
    const { accountId } = await connected("node", maria);
    return {
      path: `/api/platform/${accountId}/verify`,
      times: () => count("public.job_targets where account_id = $1", [accountId]),
    };
  },
  "create-job": async (maria) => {
    const body = jobRequest(maria, await connected("node", maria));
    const item = (body.item as { id: string }).id;
    return {
      path: "/api/listings/create-job",
      body,
      times: () => count("public.job_targets where item_id = $1", [item]),
    };
  },
  "connect-account": async (maria) => {
    const body = await connectRequest(maria);
    return {
      path: "/api/platform/connect",
      body,
      times: () => count("public.consents where id = $1", [body.consent.id]),
    };
  },
  "disconnect-account": async (maria) => {
    const { accountId } = await connected("node", maria);
    return {
      method: "delete",
      path: `/api/platform/${accountId}`,
      times: () => count("public.platform_accounts where id = $1 and status = 'disconnected'", [accountId]),
    };
  },
  "cancel-job": ofJob("asked for (cloud)", "cancel"),
  "retry-job": ofJob("failed before a press (cloud)", "retry"),
  "cancel-target": told("asked for (cloud)", "cancel"),
  "retry-target": told("failed before a press (cloud)", "retry"),
  "take-over-target": told("a captcha (cloud)", "take-over", () => ({ driver: "tab" })),
  "answer-target": told("not found (cloud)", "answer", (question) => ({
    question,
    answer: { kind: "not-there", again: true },
  })),
};

/** Longer than a key is busy for. */
const keysAge = (maria: Person) =>
  inDatabase(
    "update public.idempotency_keys set created_at = created_at - interval '31 s' where user_id = $1",
    [maria.userId],
  );

describe("when a call to the database is lost", () => {
  let api: GatedApi;
  let maria: Person;
  beforeAll(async () => {
    [api, maria] = await Promise.all([gatedApi("node"), signUp()]);
  });
  afterAll(() => api.close());

  const send = ({ method = "post", path, body }: Write, key: string): Promise<Answer> =>
    callApi("node", method, path, {
      at: api.url,
      token: maria.token,
      key,
      ...(body !== undefined && { body }),
    });

  it("every route that writes is asked", async () => {
    const writes = operationsOf(await documentFrom("node")).filter(({ method }) => method !== "get");
    expect(Object.keys(WRITES).sort()).toEqual(writes.map(({ id }) => id).sort());
  });

  it.each(Object.keys(WRITES))(
    "%s: whichever it is, the repeat is answered, and it has happened once",
    async (id) => {
      const begin = WRITES[id]!;
      const whole = await begin(maria);
      const { done, calls } = await api.gate.losing({ at: -1, when: "after" }, () =>
        send(whole, crypto.randomUUID()),
      );
      expect(done.status, done.text).toBeLessThan(300);
      expect(calls).toBeGreaterThan(0);
      for (let at = 0; at < calls; at += 1)
        for (const when of ["before", "after"] as const) {
          const write = await begin(maria);
          const key = crypto.randomUUID();
          const { done: first } = await api.gate.losing({ at, when }, () => send(write, key));
          // What was done may be answered all the same, where only the keeping of the answer was lost.
          expect([at, when, [done.status, 503]]).toEqual([at, when, expect.arrayContaining([first.status])]);
          await keysAge(maria);
          const repeated = await send(write, key);
          expect([at, when, repeated.status, repeated.text]).toEqual([at, when, done.status, repeated.text]);
          expect([at, when, await write.times()]).toEqual([at, when, 1]);
        }
    },
  );
});
