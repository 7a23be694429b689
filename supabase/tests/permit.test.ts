/** The right to press once. Each reason not to give it is asked of the database itself, with everything else in order. */
import { describe, expect, it } from "vitest";
import { asUser, call } from "../testing.ts";
import { connectRequest, createJob, jobRequest } from "./sample-workspace.ts";
import { fillEvent, MARKER, MINUTE, SECOND, withPostings, type PostingWorld } from "./posting-world.ts";

const refused = async (world: PostingWorld, target: string, fence: number): Promise<string> => {
  const before = await world.posting(target);
  const told = await world.tell(target, world.permitEvent(fence));
  if (told.ok) return "given";
  expect(await world.posting(target)).toEqual(before); // a refusal changes nothing
  return told.code ?? "";
};

describe("a permit", () => {
  it("is one press, for ten seconds, of what was read, with the consent it used", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      await world.must(id, world.permitEvent(fence));
      const now = world.clock.now();
      expect(await world.posting(id)).toMatchObject({
        state: "submitting",
        consent: null,
        presses: 1,
        permit: { attempt: 1, fence, at: now, until: now + 10 * SECOND, consent: { kind: "start" } },
        unsettledAt: now + 10 * SECOND,
        marker: MARKER,
        baseline: ["old-1"],
      });
      expect(await world.tell(id, world.permitEvent(fence))).toMatchObject({ ok: false, code: "state" });
    });
  });

  it("is given once to many who ask at once", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      const workers = await Promise.all(Array.from({ length: 8 }, () => world.database.connect("worker")));
      const told = await Promise.all(
        workers.map((worker) =>
          call<{ ok: boolean }>(worker, "posting_event", {
            p_target_id: id,
            p_event: world.permitEvent(fence),
          }),
        ),
      );
      expect(told.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await world.posting(id)).toMatchObject({ permits: 1, presses: 1 });
    });
  });

  it("that was not used is given back, and given again; one that may have been used is not", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      await world.must(id, world.permitEvent(fence));
      await world.must(id, { kind: "unpressed", attempt: 1, fence });
      expect(await world.posting(id)).toMatchObject({
        state: "filling",
        presses: 0,
        consent: { kind: "start" },
      });
      await world.must(id, world.permitEvent(fence));
      expect(await world.tell(id, { kind: "unpressed", attempt: 1, fence })).toMatchObject({
        ok: false,
        code: "other-attempt",
      });
      await world.must(id, { kind: "pressed", attempt: 2 });
      expect(await refused(world, id, fence)).toBe("state");
    });
  });

  it("is refused when the lease is not held, or another's", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      expect(await refused(world, id, fence + 1)).toBe("stale-fence");
      await world.release(fence);
      expect(await refused(world, id, fence)).toBe("stale-fence");
    });
  });

  it("is refused when too little is left of the lease, and given after it was renewed", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      await world.clock.pass(101 * SECOND);
      expect(await refused(world, id, fence)).toBe("lease-too-short");
      await world.renew(fence);
      expect(await refused(world, id, fence)).toBe("given");
    });
  });

  it("is refused when the run's time is nearly over, whatever its heart says", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      for (let minute = 0; minute < 14; minute += 1) {
        await world.clock.pass(MINUTE);
        await world.renew(fence);
      }
      await world.clock.pass(45 * SECOND);
      await world.renew(fence);
      await world.must(id, { kind: "looked", fence, baseline: [] });
      expect(await refused(world, id, fence)).toBe("lease-too-short");
    });
  });

  it("is refused when the consent is used, was never given, or was for something else", async () => {
    await withPostings(async (world) => {
      const used = await world.post();
      await world.press(used.id);
      expect(await world.posting(used.id)).toMatchObject({ consent: null });
      await world.clock.pass(MINUTE);
      const { id } = await world.post({ mode: "review", item: { ...lampItem(), title: "Green chair" } });
      const fence = await world.fill(id);
      expect(await refused(world, id, fence)).toBe("no-consent");
      await world.must(id, { kind: "ready", fence });
      await world.release(fence);
      await world.answer(id, 1, { kind: "publish", hash: "what was shown" });
      const again = await world.fill(id);
      expect(await refused(world, id, again)).toBe("twin-unclear"); // the first one's title: looked at below
      await world.must(used.id, { kind: "found", externalId: "m1", url: null, by: "id" });
      expect(await refused(world, id, again)).toBe("no-consent"); // its hash is not the one that was shown
      await world.must(id, world.permitEvent(again, { hash: "what was shown" }));
    });
  });

  it("is refused without a reading, with one older than five minutes, and with another claim's", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const { fence } = await world.claim(id);
      await world.must(id, fillEvent(fence));
      expect(await refused(world, id, fence)).toBe("no-reading");
      await world.must(id, { kind: "looked", fence, baseline: [] });
      for (let minute = 0; minute < 5; minute += 1) {
        await world.clock.pass(MINUTE);
        await world.renew(fence);
      }
      await world.clock.pass(1);
      expect(await refused(world, id, fence)).toBe("no-reading");
      await world.must(id, { kind: "looked", fence, baseline: [] });
      await world.clock.pass(2 * MINUTE + SECOND); // the lease lapses
      const next = await world.claim(id, "w2/1");
      await world.must(id, fillEvent(next.fence));
      expect(await refused(world, id, next.fence)).toBe("no-reading");
      await world.must(id, { kind: "looked", fence: next.fence, baseline: [] });
      expect(await refused(world, id, next.fence)).toBe("given");
    });
  });

  it("is refused once cancelled", async () => {
    await withPostings(async (world) => {
      const { id, job } = await world.post();
      const fence = await world.fill(id);
      await world.cancelJob(job);
      expect(await refused(world, id, fence)).toBe("cancelled");
    });
  });

  it("is refused for an item that is sold out or deleted", async () => {
    await withPostings(async (world) => {
      const { id, item } = await world.post();
      const fence = await world.fill(id);
      const { admin } = world.database;
      await admin.query("update public.items set data = data || '{\"quantity\": 0}' where id = $1", [item]);
      expect(await refused(world, id, fence)).toBe("sold");
      await admin.query("update public.items set data = data || '{\"quantity\": 1}' where id = $1", [item]);
      await admin.query("update public.items set deleted_at = now() where id = $1", [item]);
      expect(await refused(world, id, fence)).toBe("deleted");
    });
  });

  it("is refused at an account that is disconnected", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      // However it came to be: disconnecting itself cancels, too.
      await world.database.admin.query("update public.platform_accounts set status = 'disconnected'");
      expect(await refused(world, id, fence)).toBe("disconnected");
    });
  });

  it("is refused while a look-alike's outcome is unclear at the login, and not for another thing", async () => {
    await withPostings(async (world) => {
      const twin = await world.post();
      await world.press(twin.id);
      const { id } = await world.post();
      const fence = await world.fill(id);
      expect(await refused(world, id, fence)).toBe("twin-unclear");
      const chair = {
        marker: { title: "Green chair", priceText: "$20" },
        twin: { title: "greenchair", cents: [2000] },
      };
      expect(await world.tell(id, world.permitEvent(fence, chair))).toMatchObject({ ok: true });
    });
  });

  it("is refused when another posting of the item was pressed meanwhile", async () => {
    await withPostings(async (world) => {
      const first = await world.post();
      await world.press(first.id);
      await world.must(first.id, { kind: "found", externalId: "m1", url: null, by: "id" });
      await world.database.admin.query("update public.listings set status = 'sold'");
      const second = await world.post({ item: { id: first.item, title: "Brass lamp", fieldTimes: {} } });
      const fence = await world.fill(second.id);
      await world.database.admin.query("update public.listings set status = 'active'");
      expect(await refused(world, second.id, fence)).toBe("superseded");
      await world.database.admin.query("update public.listings set status = 'sold'");
      expect(await refused(world, second.id, fence)).toBe("given");
    });
  });

  it("is refused when the site's word is known already", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      await world.database.admin.query(
        'update public.job_targets set sign = \'{"externalId": null, "url": null}\' where id = $1',
        [id],
      );
      expect(await refused(world, id, fence)).toBe("already-known");
    });
  });

  it("is refused for the same look-alike at the same login in another workspace", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.press(id);
      const { userId, workspaceId } = await world.database.signUp();
      const theirs = connectRequest(workspaceId);
      await asUser(world.database.admin, userId, (sql) => call(sql, "connect_account", { p: theirs }));
      for (const account of [world.small.accountId, String(theirs["accountId"])]) await world.see(account);
      const request = jobRequest(workspaceId, lampItem().id, [String(theirs["accountId"])], {
        runAt: new Date(world.clock.now()).toISOString(),
      });
      const { targets } = await createJob(world.database, userId, request);
      const fence = await world.fill(targets[0]!.id, "w2/1");
      expect(await refused(world, targets[0]!.id, fence)).toBe("twin-unclear");
    });
  });

  it("is committed to disk before it is answered, whatever its session says", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      await world.worker.query("begin; set local synchronous_commit = off");
      await world.must(id, world.permitEvent(fence));
      const { rows } = await world.worker.query("show synchronous_commit");
      await world.worker.query("commit");
      expect(rows).toEqual([{ synchronous_commit: "on" }]);
    });
  });
});

const lampItem = () => ({ id: crypto.randomUUID() as string, title: "Brass lamp", fieldTimes: {} });
