import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { postingOf } from "#core/posting/row.ts";
import { HOUR_MS } from "#core/posting/limits.ts";
import { asUser, call, refusalOf, withDatabase, type TestDatabase } from "../testing.ts";
import { connectRequest, createJob, jobRequest, sampleWorkspace } from "./sample-workspace.ts";

/** A workspace with one account whose cloud use is as said, and the request to tell of what was published by hand there. */
const sampleOf = async (database: TestDatabase, cloudAllowed: boolean) => {
  const sample = await sampleWorkspace(database);
  const { operator } = sample.people;
  const account = connectRequest(sample.workspaceId, { handle: "by-hand", cloudAllowed });
  await asUser(database.admin, operator, (sql) => call(sql, "connect_account", { p: account }));
  const request = jobRequest(sample.workspaceId, randomUUID(), [String(account["accountId"])], {
    driver: "tab",
  });
  const postingIn = async (targetId: string | undefined) => {
    const { rows } = await database.admin.query<{ row: unknown }>(
      "select to_jsonb(t) as row from public.job_targets t where id = $1",
      [targetId],
    );
    return postingOf(rows[0]?.row);
  };
  const isQueued = async (targetId: string | undefined): Promise<boolean> =>
    (await database.admin.query("select from graphile_worker.jobs where key = $1", [targetId])).rowCount ===
    1;
  return { operator, request, postingIn, isQueued };
};

const evidence = {
  kind: "pressed-by-person",
  marker: { title: "Brass lamp", priceText: "$45" },
  twin: { title: "brasslamp", cents: [4500] },
  baseline: ["r1"],
  policy: { windowMs: 60_000, absenceProves: false },
};

describe("a job for what a person published by hand", () => {
  it("begins as unknown: nothing is pressed for it, it is looked for, and a person is called within the hour", async () => {
    await withDatabase(async (database) => {
      const { operator, request, postingIn } = await sampleOf(database, false);
      const before = Date.now();
      const made = await createJob(database, operator, { ...request, pressed: true });
      expect(made.job.status).toBe("running");
      const posting = await postingIn(made.targets[0]?.id);
      expect(posting).toMatchObject({
        state: "unknown",
        driver: "tab",
        tabClaimed: true,
        consent: null,
        permits: 0,
        presses: 1,
        guess: "told",
        windowMs: HOUR_MS,
        ending: { code: "no-answer" },
      });
      expect(posting.unsettledAt).toBeGreaterThanOrEqual(before);
      expect(posting.decideBy - before).toBeLessThan(HOUR_MS + 60_000);

      const heard = await asUser(database.admin, operator, (sql) =>
        call<{ ok: boolean; target: unknown }>(sql, "posting_event", {
          p_target_id: posting.id,
          p_event: evidence,
          p_event_id: randomUUID(),
        }),
      );
      expect(postingOf(heard.target)).toMatchObject({
        state: "unknown",
        presses: 1,
        guess: null,
        windowMs: 60_000,
        baseline: ["r1"],
        marker: evidence.marker,
      });
    });
  });

  it("is not refused for what is open or was told before, which then press nothing beside it", async () => {
    await withDatabase(async (database) => {
      const { operator, request } = await sampleOf(database, false);
      await createJob(database, operator, request);
      expect(await refusalOf(createJob(database, operator, request))).toBe("HK409");
      const first = await createJob(database, operator, { ...request, pressed: true });
      const second = await createJob(database, operator, { ...request, pressed: true });
      const keys = [first, second].map(({ targets }) => targets[0]?.op_key.split("|").at(-1));
      expect(keys).toEqual(["2", "3"]);
      expect(await refusalOf(createJob(database, operator, { ...request, again: true }))).toBe("HK409");
    });
  });

  it("is looked for by the cloud where that may use the account, and only there", async () => {
    await withDatabase(async (database) => {
      const apart = await sampleOf(database, false);
      const tabs = await createJob(database, apart.operator, { ...apart.request, pressed: true });
      expect(await apart.isQueued(tabs.targets[0]?.id)).toBe(false);
    });
    await withDatabase(async (database) => {
      const shared = await sampleOf(database, true);
      const clouds = await createJob(database, shared.operator, { ...shared.request, pressed: true });
      expect(await shared.isQueued(clouds.targets[0]?.id)).toBe(true);
    });
  });

  it("is refused for the cloud, for what lists nothing, for later, and with a fallback", async () => {
    await withDatabase(async (database) => {
      const { operator, request } = await sampleOf(database, true);
      for (const change of [
        { driver: "cloud" },
        { action: "verify" },
        { runAt: new Date(Date.now() + 86_400_000).toISOString() },
        { fallbackAfterSeconds: 60 },
      ]) {
        const attempt = createJob(database, operator, { ...request, pressed: true, ...change });
        expect(await refusalOf(attempt), JSON.stringify(change)).toBe("HK400");
      }
    });
  });
});
