/** A used database made as good as new: for tests, which take one over from another. */
import type pg from "pg";

/** What the migrations write, and Graphile Worker's, Auth's and Storage's own: rows that belong to the schema. */
const KEPT = [
  "private.posting_moves",
  "private.budgets",
  "graphile_worker.migrations",
  "graphile_worker._private_tasks",
  "storage.buckets",
];

/** Every row goes that a test can have written. Triggers and foreign keys are not asked. */
export const emptied = async (admin: Pick<pg.Client, "query">): Promise<void> => {
  await admin.query(
    `do $$
    declare
      t record;
    begin
      set local session_replication_role = replica;
      for t in select c.oid::regclass::text as name from pg_class c
          where c.relnamespace in (select n.oid from pg_namespace n
            where n.nspname in ('public', 'private', 'auth', 'storage', 'graphile_worker')) and c.relkind = 'r' loop
        if t.name <> all ('{${KEPT.join(",")}}') and t.name not like '%migrations%' then
          execute 'delete from ' || t.name;
        end if;
      end loop;
    end
    $$`,
  );
};
