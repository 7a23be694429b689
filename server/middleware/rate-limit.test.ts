import { describe, expect, it } from "vitest";
import { apiUnderTest, LIST_ACCOUNTS_LIMIT } from "../testing/api-under-test.ts";
import { budgetNames, setBudgets } from "../testing/budgets.ts";
import { callApi } from "../testing/client.ts";
import { operationsOf } from "../docs/operations.ts";
import { documentFrom, expectProblem } from "../testing/every-route.ts";
import { connected, jobRequest, signUp } from "../testing/people.ts";

/** The window is the clock's minute: a test that straddles two starts again in the new one. */
const inOneWindow = async <T>(work: () => Promise<T>): Promise<T> => {
  for (;;) {
    const window = Math.floor(Date.now() / 60_000);
    const result = await work();
    if (Math.floor(Date.now() / 60_000) === window) return result;
  }
};

describe("rateLimit", () => {
  it("when one person asks two instances in turn: one budget for both, and 429 with the time to wait", async () => {
    const { answers, over } = await inOneWindow(async () => {
      const maria = await signUp();
      const ask = (n: number) =>
        callApi(n % 2 === 0 ? "node" : "workerd", "get", "/api/platform/accounts", { token: maria.token });
      return {
        answers: await Promise.all(Array.from({ length: LIST_ACCOUNTS_LIMIT }, (_, n) => ask(n))),
        over: [await ask(0), await ask(1)],
      };
    });
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const remaining = answers.map(({ headers }) => Number(headers.get("ratelimit-remaining")));
    expect(remaining.sort((a, b) => a - b)).toEqual(Array.from({ length: LIST_ACCOUNTS_LIMIT }, (_, n) => n));
    for (const answer of over) {
      expectProblem(answer, 429, "rate_limited");
      const wait = Number(answer.headers.get("retry-after"));
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(60);
    }
  });

  it("when one person's budget is used up: another's is not", async () => {
    const jonas = await signUp();
    const answer = await callApi("node", "get", "/api/platform/accounts", { token: jonas.token });
    expect(answer.headers.get("ratelimit-remaining")).toBe(String(LIST_ACCOUNTS_LIMIT - 1));
  });

  it("when a route asks who is there, it has a budget; and no budget is without its route", async () => {
    const guarded = operationsOf(await documentFrom("node")).filter(({ needsSession }) => needsSession);
    expect(await budgetNames(apiUnderTest().adminDatabaseUrl)).toEqual(guarded.map(({ id }) => id).sort());
  });

  it("when create-job takes its budget with its work: refused and malformed requests are charged too", async () => {
    const { adminDatabaseUrl, node } = apiUnderTest();
    await setBudgets(adminDatabaseUrl, { "create-job": 4 });
    try {
      const statuses = await inOneWindow(async () => {
        const maria = await signUp();
        const account = await connected("node", maria);
        const send = async (body: string) => {
          const response = await fetch(`${node}/api/listings/create-job`, {
            method: "POST",
            headers: {
              authorization: `Bearer ${maria.token}`,
              "content-type": "application/json",
              "idempotency-key": crypto.randomUUID(),
            },
            body,
          });
          await response.arrayBuffer();
          return response.status;
        };
        const request = jobRequest(maria, account);
        const foreign = { ...request, workspaceId: crypto.randomUUID() };
        const bodies = [
          "{",
          JSON.stringify(foreign),
          JSON.stringify(request),
          "[]",
          JSON.stringify(jobRequest(maria, account)),
          "{",
        ];
        const answered: number[] = [];
        for (const body of bodies) answered.push(await send(body));
        return answered;
      });
      expect(statuses).toEqual([400, 404, 201, 400, 429, 429]);
    } finally {
      await setBudgets(adminDatabaseUrl, { "create-job": 100_000 });
    }
  });
});
