import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { asUser, call, refusalOf, withDatabase } from "../testing.ts";
import { withPostings } from "./posting-world.ts";
import { connectRequest, createJob, jobRequest, sampleWorkspace, requestJob } from "./sample-workspace.ts";

const queueKeys = async (sql: {
  query: (text: string) => Promise<{ rows: { key: string }[] }>;
}): Promise<string[]> =>
  (await sql.query("select key from graphile_worker.jobs order by key")).rows.map(({ key }) => key);

describe("create_job", () => {
  it("keeps a null that the seller set: no place at Mercari is not the item's own place", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const item = {
        id: randomUUID(),
        title: "Lamp",
        location: { postalCode: "94110" },
        overrides: { mercari: { location: null } },
      };
      const request = jobRequest(sample.workspaceId, item.id, [sample.accountId], { item });
      const { job } = await createJob(database, sample.people.operator, request);
      const { rows } = await database.admin.query<{ payload: object }>(
        "select payload from public.listing_jobs where id = $1",
        [job.id],
      );
      expect(rows[0]?.payload).toEqual({ item, again: false, priority: 0 });
    });
  });

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

  it("gives each listing of an item at a login its own number: the next one after one that came to nothing", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { operator } = sample.people;
      const item = randomUUID();
      const request = jobRequest(sample.workspaceId, item, [sample.accountId]);
      const first = await createJob(database, operator, request);
      await asUser(database.admin, operator, (sql) => call(sql, "cancel_job", { p_job_id: first.job.id }));
      const second = await createJob(database, operator, request);
      const keys = [first, second].map(({ targets }) => targets[0]?.op_key);
      expect(keys).toEqual([`mercari:maria|${item}|1`, `mercari:maria|${item}|2`]);
    });
  });

  it("keeps the item as it is: a null in it says something", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const overrides = { mercari: { location: null } };
      const request = jobRequest(sample.workspaceId, randomUUID(), [sample.accountId]);
      const { job } = await createJob(database, sample.people.operator, {
        ...request,
        item: { ...(request["item"] as object), overrides },
      });
      const { rows } = await database.admin.query(
        "select payload #> '{item,overrides}' as overrides from public.listing_jobs where id = $1",
        [job.id],
      );
      expect(rows).toEqual([{ overrides }]);
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

describe("an item that is being listed at an account", () => {
  const edited = (item: string) => ({
    item: { id: item, title: "Brass lamp, 1970s", price: 40, fieldTimes: {} },
  });

  it("is refused there a second time, edited or not, and the first one's job is named", async () => {
    await withPostings(async (world) => {
      const first = await world.post();
      const refused = async (): Promise<void> => {
        const again = world.post(edited(first.item));
        await expect(again).rejects.toMatchObject({
          code: "HK409",
          hint: expect.stringContaining(first.job) as unknown,
        });
        // Not even on purpose, while it is open or may have been posted.
        expect(await refusalOf(world.post({ ...edited(first.item), again: true }))).toBe("HK409");
      };
      await refused();
      const fence = await world.fill(first.id);
      await refused();
      await world.must(first.id, world.permitEvent(fence));
      await refused();
      await world.must(first.id, { kind: "pressed", attempt: 1 });
      await refused();
      const ending = { code: "stop", stop: "captcha" } as const;
      await world.must(first.id, { kind: "ask", fence, question: "stop", ending, candidates: [] });
      await refused();
    });
  });

  it("and one that was deleted for good and came back under its id has a number of its own", async () => {
    await withPostings(async (world) => {
      const first = await world.post();
      await world.cancelJob(first.job);
      await world.database.admin.query("delete from public.items where id = $1", [first.item]);
      const again = await world.post({ item: { id: first.item, title: "Brass lamp", fieldTimes: {} } });
      const { rows } = await world.database.admin.query<{ key: string }>(
        "select op_key as key from public.job_targets where id = $1",
        [again.id],
      );
      expect(rows).toEqual([{ key: `mercari:maria|${first.item}|2` }]);
    });
  });

  it("and once it is live: listed there again on purpose only, or when that one was sold or ended", async () => {
    await withPostings(async (world) => {
      const first = await world.post();
      await world.press(first.id);
      await world.must(first.id, { kind: "found", externalId: "m1", url: null, by: "id" });
      expect(await refusalOf(world.post(edited(first.item)))).toBe("HK409");
      const beside = await world.post({ ...edited(first.item), again: true });
      expect(await world.posting(beside.id)).toMatchObject({ isBeside: true, consent: { kind: "another" } });
      expect(await refusalOf(world.post({ ...edited(first.item), again: true }))).toBe("HK409");
      await world.cancelJob(beside.job);
      for (const status of ["sold", "ended"]) {
        await world.database.admin.query("update public.listings set status = $1", [status]);
        await world.cancelJob((await world.post(edited(first.item))).job);
      }
    });
  });

  it("is free at other accounts, and for other items", async () => {
    await withPostings(async (world) => {
      const first = await world.post();
      const other = await world.connect({ handle: "jonas" });
      await world.post({ ...edited(first.item), targets: [{ accountId: other, platform: "mercari" }] });
      await world.post();
    });
  });
});
