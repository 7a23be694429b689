import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { asUser, call, refusalOf, withDatabase } from "../testing.ts";
import {
  connectRequest,
  createJob,
  jobRequest,
  sampleWorkspace,
  requestJob,
  type JobAnswer,
} from "./sample-workspace.ts";

const queueKeys = async (sql: {
  query: (text: string) => Promise<{ rows: { key: string }[] }>;
}): Promise<string[]> =>
  (await sql.query("select key from graphile_worker.jobs order by key")).rows.map(({ key }) => key);

describe("create_job", () => {
  it("writes job, targets, events and queue entries together", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const item = randomUUID();
      const answer = await createJob(
        database,
        sample.people.operator,
        jobRequest(sample.workspaceId, item, [sample.accountId], { priority: 5 }),
      );
      expect(answer).toMatchObject({
        replayed: false,
        job: { status: "queued" },
        targets: [{ state: "queued" }],
      });
      const { rows } = await database.admin.query(
        `select task_identifier, priority, key from graphile_worker.jobs where key = $1`,
        [answer.targets[0]?.id],
      );
      expect(rows).toEqual([{ task_identifier: "run_target", priority: 5, key: answer.targets[0]?.id }]);
      const events = await database.admin.query(
        "select message from public.listing_job_events where job_id = $1",
        [answer.job.id],
      );
      expect(events.rows).toEqual([{ message: "Queued" }]);
    });
  });

  it("leaves nothing behind when one target is refused", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const before = await queueKeys(database.admin);
      // The sample's own target is under way with this item and account; the second account is new.
      const second = connectRequest(sample.workspaceId, { handle: "jonas" });
      await asUser(database.admin, sample.people.operator, (sql) =>
        call(sql, "connect_account", { p: second }),
      );
      const key = randomUUID();
      const request = jobRequest(sample.workspaceId, sample.itemId, [
        String(second["accountId"]),
        sample.accountId,
      ]);
      expect(await refusalOf(createJob(database, sample.people.operator, request, key))).toBe("HK409");
      const { rows } = await database.admin.query(
        "select (select count(*)::int from public.listing_jobs) as jobs, (select count(*)::int from public.job_targets) as targets, (select count(*)::int from public.idempotency_keys where key = $1) as keys",
        [key],
      );
      expect(rows).toEqual([{ jobs: 1, targets: 1, keys: 0 }]);
      expect(await queueKeys(database.admin)).toEqual(before);
    });
  });

  it("answers a repeated key with the first answer, and refuses the key for another body", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const request = jobRequest(sample.workspaceId, randomUUID(), [sample.accountId]);
      const key = randomUUID();
      const first = await createJob(database, sample.people.operator, request, key, "h1");
      const second = await createJob(database, sample.people.operator, request, key, "h1");
      expect(second).toEqual({ ...first, replayed: true });
      expect(await refusalOf(createJob(database, sample.people.operator, request, key, "h2"))).toBe("HK422");
      // Another person's key is another key.
      const other = jobRequest(sample.workspaceId, randomUUID(), [sample.accountId]);
      expect((await createJob(database, sample.people.owner, other, key, "h2")).replayed).toBe(false);
    });
  });

  it("makes one job of two requests racing with one key", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const request = jobRequest(sample.workspaceId, randomUUID(), [sample.accountId]);
      const key = randomUUID();
      const clients = await Promise.all(Array.from({ length: 6 }, () => database.connect()));
      const answers = await Promise.all(
        clients.map((client) => requestJob(client, sample.people.operator, request, key)),
      );
      expect(new Set(answers.map(({ job }) => job.id)).size).toBe(1);
      expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    });
  });

  it("makes one job of two racing requests for the same item and account", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const request = jobRequest(sample.workspaceId, randomUUID(), [sample.accountId]);
      const clients = await Promise.all(Array.from({ length: 4 }, () => database.connect()));
      const codes = await Promise.all(
        clients.map((client) => refusalOf(requestJob(client, sample.people.operator, request))),
      );
      expect(codes.sort()).toEqual(["HK409", "HK409", "HK409", "ok"]);
    });
  });

  it("lists the same revision at the same account once, a new revision or `again` on purpose", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { operator } = sample.people;
      const request = jobRequest(sample.workspaceId, randomUUID(), [sample.accountId]);
      const first = await createJob(database, operator, request);
      expect(await refusalOf(createJob(database, operator, request))).toBe("HK409");
      // Bookkeeping is no new revision.
      const item = request["item"] as object;
      const touched = { ...request, item: { ...item, updatedAt: "2030-01-01T00:00:00Z", notes: "mine" } };
      expect(await refusalOf(createJob(database, operator, touched))).toBe("HK409");
      const edited = { ...request, item: { ...item, title: "Brass lamp, 1970s" } };
      const again = { ...request, again: true };
      const keys = [
        first,
        await createJob(database, operator, edited),
        await createJob(database, operator, again),
      ].map(({ targets }) => targets[0]?.op_key);
      expect(new Set(keys).size).toBe(3);
    });
  });

  it("lets a failed target give way to a new job with the same key", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { operator } = sample.people;
      const request = jobRequest(sample.workspaceId, randomUUID(), [sample.accountId]);
      const first = await createJob(database, operator, request);
      await asUser(database.admin, operator, (sql) => call(sql, "cancel_job", { p_job_id: first.job.id }));
      const second = await createJob(database, operator, request);
      expect(second.targets[0]?.op_key).toBe(first.targets[0]?.op_key);
    });
  });

  it("refuses viewers, strangers, foreign accounts and foreign items", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { viewer, stranger, operator } = sample.people;
      const request = jobRequest(sample.workspaceId, randomUUID(), [sample.accountId]);
      expect(await refusalOf(createJob(database, viewer, request))).toBe("HK403");
      expect(await refusalOf(createJob(database, stranger, request))).toBe("HK404");
      const own = await database.signUp();
      const foreign = (change: object) => ({ ...request, workspaceId: own.workspaceId, ...change });
      expect(await refusalOf(createJob(database, own.userId, foreign({})))).toBe("HK404");
      const mine = connectRequest(own.workspaceId);
      await asUser(database.admin, own.userId, (sql) => call(sql, "connect_account", { p: mine }));
      const targets = [{ accountId: mine["accountId"], platform: "mercari" }];
      const itemOfOthers = foreign({ targets, item: { id: sample.itemId, title: "x" } });
      expect(await refusalOf(createJob(database, own.userId, itemOfOthers))).toBe("HK404");
      expect(await refusalOf(createJob(database, operator, { ...request, targets: [] }))).toBe("HK400");
      expect(await refusalOf(createJob(database, operator, { ...request, workspaceId: "no-uuid" }))).toBe(
        "HK400",
      );
    });
  });

  it("queues a tab target only when a fallback is asked for and allowed", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const make = (change: object) =>
        createJob(database, sample.people.operator, {
          ...jobRequest(sample.workspaceId, randomUUID(), [sample.accountId]),
          driver: "tab",
          ...change,
        });
      const plain = await make({});
      const fallback = await make({ fallbackAfterSeconds: 60 });
      const keys = await queueKeys(database.admin);
      expect(keys).not.toContain(plain.targets[0]?.id);
      expect(keys).toContain(fallback.targets[0]?.id);
    });
  });
});

describe("cancel_job and retry_job", () => {
  it("cancel stops what was not submitted and takes it out of the queue", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const made = await createJob(
        database,
        sample.people.operator,
        jobRequest(sample.workspaceId, randomUUID(), [sample.accountId]),
      );
      const answer = await asUser(database.admin, sample.people.operator, (sql) =>
        call<JobAnswer>(sql, "cancel_job", { p_job_id: made.job.id }),
      );
      expect(answer).toMatchObject({ job: { status: "cancelled" }, targets: [{ state: "cancelled" }] });
      expect(await queueKeys(database.admin)).not.toContain(made.targets[0]?.id);
      expect(
        await refusalOf(
          asUser(database.admin, sample.people.viewer, (sql) =>
            call(sql, "cancel_job", { p_job_id: made.job.id }),
          ),
        ),
      ).toBe("HK403");
    });
  });

  it("retry queues failed targets again and refuses when there are none", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { operator } = sample.people;
      const made = await createJob(
        database,
        operator,
        jobRequest(sample.workspaceId, randomUUID(), [sample.accountId]),
      );
      const retry = () =>
        asUser(database.admin, operator, (sql) =>
          call<JobAnswer>(sql, "retry_job", { p_job_id: made.job.id }),
        );
      expect(await refusalOf(retry())).toBe("HK409");
      await database.admin.query(
        "update public.job_targets set state = 'failed', state_reason = 'x' where job_id = $1",
        [made.job.id],
      );
      const failed = await database.admin.query(
        "select status, error from public.listing_jobs where id = $1",
        [made.job.id],
      );
      expect(failed.rows).toEqual([{ status: "failed", error: "x" }]);
      expect(await retry()).toMatchObject({ job: { status: "queued" }, targets: [{ state: "queued" }] });
    });
  });
});
