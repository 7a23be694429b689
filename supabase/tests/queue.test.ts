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
