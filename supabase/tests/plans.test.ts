/**
 * What a claim, a permit, a look and the sweep ask of a database with history reads what it needs, and no whole table: told
 * by what Postgres says that it read, over the very functions.
 */
import { describe, expect, it } from "vitest";
import { withFreshDatabase } from "../testing.ts";
import { fillEvent, withPostings, type PostingWorld } from "./posting-world.ts";

const BIG = ["job_targets", "listings", "listing_jobs", "posting_events", "listing_job_events"] as const;

/** 20,000 postings of 200 logins, most of them over, and 10,000 listings. */
const withHistory = async ({ database: { admin }, small }: PostingWorld): Promise<void> => {
  await admin.query("set session_replication_role = replica"); // rows as they are, without what triggers would make of them
  await admin.query(
    `insert into public.platform_accounts (user_id, workspace_id, platform, handle, login_key, status, cloud_allowed, session_payload_encrypted)
     select $1, $2, 'mercari', 'old' || n, 'mercari:old' || n, 'connected', true, '{}' from generate_series(1, 200) n`,
    [small.people.operator, small.workspaceId],
  );
  await admin.query(
    `insert into public.listing_jobs (user_id, workspace_id, status) select $1, $2, 'done' from generate_series(1, 2000)`,
    [small.people.operator, small.workspaceId],
  );
  await admin.query(
    `insert into public.job_targets (job_id, workspace_id, account_id, login_scope, platform, action, driver, mode, op_key,
       state, fence, claimed_at, presses, permits, listing, baseline, decide_by, run_at)
     select j.id, $1, a.id, a.login_scope, 'mercari', 'list', 'cloud', 'publish', 'old ' || n,
       (array['done', 'done', 'failed', 'cancelled'])[1 + n % 4], case when n % 4 < 2 then n end, now() - interval '2 days',
       1, 1, case when n % 4 < 2 then jsonb_build_object('externalId', 'old' || n, 'url', null, 'by', 'id') end,
       '["a", "b"]', now() - interval '1 day', now() - interval '2 days'
     from generate_series(1, 20000) n
     join (select id, login_scope, row_number() over () as k from public.platform_accounts) a on a.k = 1 + n % 201
     join (select id, row_number() over () as k from public.listing_jobs) j on j.k = 1 + n % 2000`,
    [small.workspaceId],
  );
  await admin.query(
    `insert into public.listings (workspace_id, account_id, platform, external_id)
     select workspace_id, account_id, platform, listing ->> 'externalId' from public.job_targets where listing is not null`,
  );
  await admin.query(
    `update public.job_targets t set listing_id = l.id from public.listings l
     where l.account_id = t.account_id and l.external_id = t.listing ->> 'externalId'`,
  );
  await admin.query(
    `insert into private.job_tallies (job_id, total, done) select id, 10, 10 from public.listing_jobs on conflict do nothing`,
  );
  await admin.query(
    `insert into public.posting_events (id, target_id, workspace_id, kind, event, answer)
     select gen_random_uuid(), t.id, t.workspace_id, 'found', '{}', '{}' from public.job_targets t`,
  );
  await admin.query("set session_replication_role = origin");
  await admin.query("analyze");
  await admin.query("select pg_stat_force_next_flush()"); // what this read is not told later, in the middle of something else
};

/** Rows that were read one by one from start to end, by table, since the last time it was asked. */
const rowsRead = async (world: PostingWorld): Promise<Record<string, number>> => {
  await world.worker.query("select pg_stat_force_next_flush()");
  const { rows } = await world.database.admin.query<{ name: string; read: string }>(
    "select relname as name, seq_tup_read as read from pg_stat_user_tables where relname = any ($1)",
    [BIG],
  );
  return Object.fromEntries(rows.map(({ name, read }) => [name, Number(read)]));
};

describe("with 20,000 postings and 10,000 listings", () => {
  it("nothing that drives a posting reads a whole table", async () => {
    await withPostings(async (world) => {
      await withHistory(world);
      const found: Record<string, Record<string, number>> = {};
      const during = async (what: string, work: () => Promise<unknown>): Promise<void> => {
        const before = await rowsRead(world);
        await work();
        const after = await rowsRead(world);
        const read = Object.entries(after).map(([name, n]) => [name, n - before[name]!] as const);
        const many = read.filter(([, n]) => n > 0);
        if (many.length > 0) found[what] = Object.fromEntries(many);
      };
      const { id, job } = await world.post();
      const other = await world.post();
      let fence = 0;
      await during("claim", async () => (fence = (await world.claim(id)).fence));
      await during("a claim of a busy account", () => world.claim(other.id, "w2/1"));
      await during("looked", () => world.must(id, { kind: "looked", fence, baseline: ["old-1"] }));
      await during("fill", () => world.must(id, fillEvent(fence)));
      await during("renew", () => world.renew(fence));
      await during("permit", () => world.must(id, world.permitEvent(fence)));
      await during("pressed", () => world.must(id, { kind: "pressed", attempt: 1 }));
      await during("books", () => world.worker.query("select public.login_books($1)", [id]));
      await during("release", () => world.release(fence));
      await during("absent", () => world.lookInVain(id));
      await during("found", () => world.must(id, { kind: "found", externalId: "m1", url: null, by: "id" }));
      await during("sweep", () => world.sweep());
      await during("create", () => world.post());
      await during("cancel", () => world.cancelJob(job));
      expect(found).toEqual({});
    }, withFreshDatabase);
  });

  it("and the sweep does not either when everything is due", async () => {
    await withPostings(async (world) => {
      await withHistory(world);
      for (let n = 0; n < 5; n += 1) await world.post();
      await world.database.admin.query("delete from graphile_worker._private_jobs");
      await world.clock.pass(3_700_000);
      const before = await rowsRead(world);
      expect(await world.sweep()).toMatchObject({ asked: 5 });
      expect(await rowsRead(world)).toEqual(before);
    }, withFreshDatabase);
  });
});
