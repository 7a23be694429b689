import { describe, expect, it } from "vitest";
import { allMoves } from "#core/posting/index.ts";
import * as limits from "#core/posting/limits.ts";
import { refusalOf, withDatabase } from "../testing.ts";
import { withPostings } from "./posting-world.ts";

const sorted = (moves: { event: string; from: string; to: string }[]): string[] =>
  moves.map(({ event, from, to }) => `${event}: ${from} to ${to}`).sort();

describe("the moves of a posting", () => {
  it("are the table of core/posting", async () => {
    await withDatabase(async ({ admin }) => {
      const { rows } = await admin.query<{ event: string; from: string; to: string }>(
        "select event, from_state as from, to_state as to from private.posting_moves",
      );
      expect(sorted(rows)).toEqual(sorted(allMoves()));
    });
  });

  it("and its numbers are the limits of core/posting", async () => {
    await withDatabase(async ({ admin }) => {
      const named = {
        second: limits.SECOND_MS,
        permit: limits.PERMIT_MS,
        lease_left: limits.LEASE_LEFT_MS,
        reading: limits.READING_MS,
        lease: limits.LEASE_MS,
        run: limits.RUN_MS,
        first_look: limits.FIRST_LOOK_MS,
        agree: limits.AGREE_MS,
        hour: limits.HOUR_MS,
        day: limits.DAY_MS,
        watch: limits.WATCH_MS,
      };
      for (const [name, ms] of Object.entries(named)) {
        const { rows } = await admin.query<{ ms: string }>(
          "select extract(epoch from private.posting_limit($1)) * 1000 as ms",
          [name],
        );
        expect([name, Number(rows[0]?.ms)]).toEqual([name, ms]);
      }
      const counted = {
        attempts: limits.MAX_ATTEMPTS,
        crashes: limits.MAX_CRASHES,
        presses: limits.MAX_PRESSES,
        given_back: limits.MAX_GIVEN_BACK,
      };
      for (const [name, most] of Object.entries(counted)) {
        const { rows } = await admin.query<{ most: number }>("select private.posting_most($1) as most", [
          name,
        ]);
        expect([name, rows[0]?.most]).toEqual([name, most]);
      }
    });
  });

  it("and no number of theirs stands anywhere else in it", async () => {
    await withDatabase(async ({ admin }) => {
      const { rows } = await admin.query<{ name: string; source: string }>(
        `select p.proname as name, p.prosrc as source from pg_proc p
         where p.pronamespace = 'private'::regnamespace and p.proname not in ('posting_limit', 'posting_most')
         union all
         select d.adrelid::regclass::text, pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d
         where d.adrelid in (select c.oid from pg_class c where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace))`,
      );
      expect(rows.map(({ name }) => name)).toEqual(
        expect.arrayContaining(["play_driving", "take_lease", "sweep_postings", "job_targets"]),
      );
      const NUMBERS =
        /interval '[^']*'|'[^']*'::interval|(?:secs|mins|hours|days) => *\(?\d+|(?:attempt|crashes|presses) *[<>]=? *[1-9]\d*|\b(?:120|3600|3600000)\b/g;
      const numbered = rows.flatMap(({ name, source }) =>
        [...source.matchAll(NUMBERS)].map(([number]) => `${name}: ${number}`),
      );
      // None of these is about a posting's course.
      expect(numbered.sort()).toEqual([
        "connect_account: interval '2000 years'",
        "connect_account: interval '2000 years'",
        "idempotency_begin: interval '30 seconds'",
        "may_have_a_row: presses > 1", // more than the one that was found
        "refuse_unbounded_job: interval '2 years'",
        "sweep_queue: interval '30 seconds'",
        "tell_posting: interval '1 minute'",
      ]);
    });
  });

  it("are the only ones: no other is written, not even by the owner of the database", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const write = (state: string) =>
        world.database.admin.query("update public.job_targets set state = $2 where id = $1", [id, state]);
      expect(await refusalOf(write("submitting"))).toBe("HK409");
      expect(await refusalOf(write("done"))).toBe("HK409");
      expect(await world.state(id)).toBe("queued");
    });
  });

  it("lead to no second posting of an item that can be pressed, whatever wrote it", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const twice = world.database.admin.query(
        `insert into public.job_targets (job_id, workspace_id, account_id, login_scope, item_id, platform, action, driver, mode, op_key, decide_by)
         select job_id, workspace_id, account_id, login_scope, item_id, platform, action, driver, mode, 'another key', decide_by
         from public.job_targets where id = $1`,
        [id],
      );
      await expect(twice).rejects.toMatchObject({ code: "23505", constraint: "job_targets_one_open" });
    });
  });
});
