/** The keeper's clock, standing still until a test moves it; the same for every connection of the database. */
import type { Sql } from "../testing.ts";

export type TestClock = {
  now: () => number;
  /** Moves it on. */
  pass: (ms: number) => Promise<void>;
  set: (at: number) => Promise<void>;
  /** Gives the database its own clock back. */
  letGo: () => Promise<void>;
};

export const stopClock = async (admin: Sql, at: number = Date.now()): Promise<TestClock> => {
  const { rows } = await admin.query<{ clock: string }>(
    "select pg_get_functiondef('private.clock()'::regprocedure) as clock",
  );
  await admin.query(`create schema test; create table test.clock (at timestamptz not null);
    grant usage on schema test to public; grant select on test.clock to public;
    create or replace function private.clock() returns timestamptz language sql volatile set search_path = ''
    as $$ select at from test.clock $$`);
  await admin.query("insert into test.clock values ($1)", [new Date(at)]);
  let now = at;
  const set = async (to: number): Promise<void> => {
    now = to;
    await admin.query("update test.clock set at = $1", [new Date(to)]);
  };
  const letGo = async (): Promise<void> => {
    await admin.query(rows[0]!.clock);
    await admin.query("drop schema test cascade");
  };
  return { now: () => now, set, pass: (ms) => set(now + ms), letGo };
};
