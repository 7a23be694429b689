/**
 * The queue's own schema, `graphile_worker`: made by Graphile Worker's migrations as the database owner, then opened
 * for the worker's role and for nobody else. Locally the stack runs this at start; hosted: `npm run migrate:queue`.
 */
import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";

const OPEN_FOR_WORKER = `
revoke all on schema graphile_worker from public;
grant usage on schema graphile_worker to hawker_worker;
grant select, insert, update, delete on all tables in schema graphile_worker to hawker_worker;
grant usage, select on all sequences in schema graphile_worker to hawker_worker;
grant execute on all functions in schema graphile_worker to hawker_worker;
do $$
declare
  t record;
begin
  -- Graphile Worker turns row level security on without a policy: only the owner would see jobs.
  for t in select c.relname from pg_class c
           where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind = 'r' and c.relrowsecurity loop
    execute format('drop policy if exists "the worker" on graphile_worker.%I', t.relname);
    execute format('create policy "the worker" on graphile_worker.%I for all to hawker_worker using (true) with check (true)',
      t.relname);
  end loop;
end
$$;
`;

/** What the database puts into the queue by itself (private.enqueue). */
const TASKS = ["run_target", "verify_account", "watch_account"];

const quiet = new Logger(() => () => undefined);

/** Installs or updates the queue. Safe to repeat; needs the role hawker_worker (migrations first). */
export const installQueue = async (adminUrl: string): Promise<void> => {
  await runMigrations({ connectionString: adminUrl, logger: quiet });
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtextextended('hawker queue grants', 0))");
    await client.query(OPEN_FOR_WORKER);
    // An entry of a task that is new writes the task's row first. Two first entries would wait for each other there, each
    // with a login's lock in its hand.
    await client.query(
      "insert into graphile_worker._private_tasks (identifier) select unnest($1::text[]) on conflict do nothing",
      [TASKS],
    );
  } finally {
    await client.end();
  }
};
