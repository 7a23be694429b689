/** The API is up and its database is not: said so on every route, nothing is changed, and a repeat carries on. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operationsOf, type Operation } from "./docs/operations.ts";
import { RUNTIMES } from "./testing/api-under-test.ts";
import { callApi, type Answer } from "./testing/client.ts";
import { inDatabase } from "./testing/drive.ts";
import { documentFrom, expectProblem } from "./testing/every-route.ts";
import { OUTAGES } from "./testing/gate.ts";
import { gatedApi, type GatedApi } from "./testing/gated-api.ts";
import { signUp, type Person } from "./testing/people.ts";

/** Everything of a person that a request could change. */
const everythingOf = async ({ userId, workspaceId }: Person): Promise<unknown> => {
  const of = "where workspace_id = $2";
  const { rows } = await inDatabase(
    `select (select jsonb_agg(to_jsonb(j)) from public.listing_jobs j ${of}) as jobs,
       (select jsonb_agg(to_jsonb(t)) from public.job_targets t ${of}) as targets,
       (select jsonb_agg(to_jsonb(a)) from public.platform_accounts a ${of}) as accounts,
       (select jsonb_agg(to_jsonb(c)) from public.consents c ${of}) as consents,
       (select jsonb_agg(to_jsonb(d)) from public.devices d ${of}) as devices,
       (select jsonb_agg(to_jsonb(k)) from public.idempotency_keys k where k.user_id = $1) as keys,
       (select jsonb_agg(to_jsonb(u)) from private.budget_use u where u.user_id = $1) as budgets`,
    [userId, workspaceId],
  );
  return rows[0];
};

for (const runtime of RUNTIMES) {
  const operations = operationsOf(await documentFrom(runtime)).filter(({ needsSession }) => needsSession);

  describe(`when the database is away from the API on ${runtime}`, () => {
    let api: GatedApi;
    let person: Person;
    beforeAll(async () => {
      [api, person] = await Promise.all([gatedApi(runtime), signUp()]);
    });
    afterAll(() => api.close());

    const ask = ({ method, path, takesBody, requestExample }: Operation): Promise<Answer> =>
      callApi(
        runtime,
        method,
        path.replace(/\{\w+\}/g, () => crypto.randomUUID()),
        {
          at: api.url,
          token: person.token,
          ...(takesBody && { body: requestExample }),
        },
      );

    it.each(OUTAGES)(
      "%s: every route says 503 and when to come back, and nothing is changed",
      async (outage) => {
        const before = await everythingOf(person);
        api.gate.outage = outage;
        const answers = await Promise.all(
          operations.map(async (operation) => [operation.id, await ask(operation)] as const),
        );
        api.gate.outage = null;
        for (const [id, answer] of answers) {
          expect([id, answer.status]).toEqual([id, 503]);
          expectProblem(answer, 503, "unavailable");
          expect([id, Number(answer.headers.get("retry-after"))]).toEqual([id, 5]);
        }
        expect(await everythingOf(person)).toEqual(before);
      },
    );

    it("and back again: every route answers as ever", async () => {
      for (const operation of operations) expect((await ask(operation)).status).toBeLessThan(500);
    });
  });
}
