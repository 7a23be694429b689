/** How often a person may ask: held by the database, whoever asks and however. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { asUser, call, refusalOf, withFreshDatabase, type TestDatabase } from "../testing.ts";
import { createJob, jobRequest, sampleWorkspace } from "./sample-workspace.ts";

type Taken = { allowed: boolean; limit: number; remaining: number };

/** A budget of so many a day, so that no test straddles two windows but at midnight. */
const addBudget = (database: TestDatabase, bucket: string, perWindow: number) =>
  database.admin.query(
    `insert into private.budgets (bucket, per_window, window_seconds) values ($1, $2, 86400)
     on conflict (bucket) do update set per_window = excluded.per_window, window_seconds = 86400`,
    [bucket, perWindow],
  );
const take = (database: TestDatabase, userId: string, bucket: string) =>
  asUser(database.admin, userId, (sql) => call<Taken>(sql, "take_budget", { p_bucket: bucket }));

describe("take_budget", () => {
  it("holds over many connections at once", async () => {
    await withFreshDatabase(async (database) => {
      const { userId } = await database.signUp();
      await addBudget(database, "many", 10);
      const clients = await Promise.all(Array.from({ length: 8 }, () => database.connect()));
      const answers: Taken[] = [];
      for (let round = 0; round < 3; round++)
        answers.push(
          ...(await Promise.all(
            clients.map((client) =>
              asUser(client, userId, (sql) => call<Taken>(sql, "take_budget", { p_bucket: "many" })),
            ),
          )),
        );
      expect(answers.filter(({ allowed }) => allowed)).toHaveLength(10);
      expect(answers.every(({ remaining, limit }) => remaining >= 0 && limit === 10)).toBe(true);
    });
  });

  it("counts each person and each budget for itself, and begins anew with the next window", async () => {
    await withFreshDatabase(async (database) => {
      const [one, two] = [await database.signUp(), await database.signUp()];
      await addBudget(database, "aa", 1);
      await addBudget(database, "bb", 1);
      expect((await take(database, one.userId, "aa")).allowed).toBe(true);
      expect((await take(database, one.userId, "aa")).allowed).toBe(false);
      expect((await take(database, one.userId, "bb")).allowed).toBe(true);
      expect((await take(database, two.userId, "aa")).allowed).toBe(true);
      await database.admin.query(
        "update private.budget_use set window_start = window_start - interval '1 day'",
      );
      expect(await take(database, one.userId, "aa")).toMatchObject({ allowed: true, remaining: 0 });
    });
  });

  it("takes neither a limit nor a window from the caller, and knows no budget of their making", async () => {
    await withFreshDatabase(async (database) => {
      const { userId } = await database.signUp();
      const old = asUser(database.admin, userId, (sql) =>
        call(sql, "take_rate_limit", { p_bucket: "create-job", p_limit: -1, p_window_seconds: 60 }),
      );
      expect(await refusalOf(old)).toBe("42883");
      expect(await refusalOf(take(database, userId, "my-own"))).toBe("HK400");
      for (const table of ["private.budgets", "private.budget_use"]) {
        const write = asUser(database.admin, userId, (sql) => sql.query(`delete from ${table}`));
        expect(await refusalOf(write)).toBe("42501");
      }
    });
  });
});

describe("request_job", () => {
  it("is the only way to a job, and costs its budget whichever way it ends", async () => {
    await withFreshDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { operator } = sample.people;
      await database.admin.query("delete from private.budget_use");
      await addBudget(database, "create-job", 3);
      const request = jobRequest(sample.workspaceId, randomUUID(), [sample.accountId]);
      const foreign = { ...request, workspaceId: randomUUID() };
      expect(await refusalOf(createJob(database, operator, foreign))).toBe("HK404");
      expect(await refusalOf(createJob(database, operator, request))).toBe("ok");
      expect(await refusalOf(createJob(database, operator, request))).toBe("HK409");
      expect(await refusalOf(createJob(database, operator, request))).toBe("HK429");
      const args = { p_request: request, p_idempotency_key: randomUUID(), p_body_hash: "h" };
      const past = asUser(database.admin, operator, (sql) => call(sql, "create_job", args));
      expect(await refusalOf(past)).toBe("42883");
      const budget = { p_bucket: "x", p_limit: 1_000_000, p_window_seconds: 60, ...args };
      const around = asUser(database.admin, operator, (sql) => call(sql, "create_job_in_budget", budget));
      expect(await refusalOf(around)).toBe("42883");
    });
  });

  it("charges a check of an account to the budget of checks", async () => {
    await withFreshDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      await addBudget(database, "verify-account", 1);
      const verify = () =>
        createJob(database, sample.people.operator, {
          ...{ workspaceId: sample.workspaceId, action: "verify", driver: "cloud" },
          targets: [{ accountId: sample.accountId }],
        });
      expect(await refusalOf(verify())).toBe("ok");
      expect(await refusalOf(verify())).toBe("HK429");
    });
  });

  it("refuses what the API would not let through", async () => {
    await withFreshDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const request = jobRequest(sample.workspaceId, randomUUID(), [sample.accountId]);
      const many = Array.from({ length: 51 }, () => ({ accountId: sample.accountId }));
      for (const change of [
        { targets: many },
        { targets: [] },
        { targets: "all" },
        { priority: 11 },
        { priority: -11 },
        { priority: "first" },
        { fallbackAfterSeconds: -1 },
        { fallbackAfterSeconds: 86_401 },
        { notes: "x".repeat(600_000) },
      ])
        expect([
          Object.keys(change),
          await refusalOf(createJob(database, sample.people.operator, { ...request, ...change })),
        ]).toEqual([Object.keys(change), "HK400"]);
      const { rows } = await database.admin.query("select count(*)::int as n from public.listing_jobs");
      expect(rows).toEqual([{ n: 1 }]); // the sample's own
    });
  });
});
