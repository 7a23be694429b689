import { Logger, runOnce } from "graphile-worker";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { withFreshDatabase } from "../testing.ts";
import { sampleWorkspace } from "./sample-workspace.ts";

describe("the queue", () => {
  it("is worked on by the worker's own role, with no more than its grants", async () => {
    await withFreshDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const done: unknown[] = [];
      const pgPool = new pg.Pool({ connectionString: database.workerUrl });
      await runOnce({
        pgPool,
        logger: new Logger(() => () => undefined),
        taskList: { run_target: async (payload) => void done.push(payload) },
      });
      await pgPool.end();
      expect(done).toEqual([{ targetId: sample.targetId }]);
      const { rows } = await database.admin.query("select count(*)::int as left from graphile_worker.jobs");
      expect(rows).toEqual([{ left: 0 }]);
    });
  });

  it.each(["run_target", "verify_account", "watch_account"])(
    "takes the first two entries of %s at the same time: neither waits for the other with a login in its hand",
    async (task) => {
      await withFreshDatabase(async (database) => {
        const [one, other] = [await database.connect(), await database.connect()];
        await one.query("begin");
        await one.query("select private.enqueue($1, '{}', 'one')", [task]);
        await other.query("set lock_timeout = '5s'");
        await other.query("select private.enqueue($1, '{}', 'other')", [task]);
        await one.query("commit");
        const { rows } = await database.admin.query(
          "select count(*)::int as waiting from graphile_worker.jobs",
        );
        expect(rows).toEqual([{ waiting: 2 }]);
      });
    },
  );

  it("puts in no task that it was not told of beforehand", async () => {
    await withFreshDatabase(async ({ admin }) => {
      const { rows } = await admin.query(
        `select distinct name[1] as task, name[1] in (select identifier from graphile_worker._private_tasks) as known
         from pg_proc p, regexp_matches(p.prosrc, '''([a-z]+_(?:target|account))''', 'g') name
         where p.pronamespace in ('private'::regnamespace, 'public'::regnamespace)
           and p.prosrc like '%private.enqueue(%'`,
      );
      expect(rows.length).toBe(3);
      for (const { task, known } of rows) expect([task, known]).toEqual([task, true]);
    });
  });

  it("is closed to everybody who signs in", async () => {
    await withFreshDatabase(async ({ admin }) => {
      const { rows } = await admin.query(
        `select r as role from unnest('{anon,authenticated,service_role}'::text[]) r
         where has_schema_privilege(r, 'graphile_worker', 'usage')`,
      );
      expect(rows).toEqual([]);
    });
  });
});
