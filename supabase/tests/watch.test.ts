/** What ended filled or pressed, without proof, is watched for: its row may come up late. */
import { describe, expect, it } from "vitest";
import { asUser, call } from "../testing.ts";
import { DAY, HOUR, MINUTE, SECOND, withPostings, type PostingWorld } from "./posting-world.ts";

/** Pressed, not found, and a person said that it is not there. */
const closed = async (world: PostingWorld): Promise<string> => {
  const { id } = await world.post();
  await world.pressInVain(id);
  await world.answer(id, 1, { kind: "not-there", again: false });
  return id;
};
const watch = (world: PostingWorld) => world.entry(`watch:${world.small.accountId}`);
const watched = (world: PostingWorld) =>
  call<string[]>(world.worker, "worker_watched", { p_account_id: world.small.accountId });

describe("a login with something to watch for", () => {
  it("has one entry in the queue, an hour after it closed", async () => {
    await withPostings(async (world) => {
      const id = await closed(world);
      expect(await watch(world)).toMatchObject({ task: "watch_account", dueInMs: HOUR });
      expect(await watched(world)).toEqual([id]);
      const books = await call<{ watched: { id: string }[] }>(world.worker, "login_books", {
        p_target_id: (await world.post()).id,
      });
      expect(books.watched.map((one) => one.id)).toEqual([id]);
    });
  });

  it("is looked at when it was to be, however many more close meanwhile", async () => {
    await withPostings(async (world) => {
      await closed(world);
      await world.clock.pass(40 * MINUTE);
      await closed(world);
      expect((await watch(world))?.dueInMs).toBeLessThan(20 * MINUTE);
    });
  });

  it("is looked at again as the worker says, sooner when something closes", async () => {
    await withPostings(async (world) => {
      await closed(world);
      const again = { p_account_id: world.small.accountId, p_after_seconds: 6 * 3600 };
      await call(world.worker, "worker_watch_again", again);
      expect((await watch(world))?.dueInMs).toBe(6 * HOUR);
      await closed(world);
      expect((await watch(world))?.dueInMs).toBe(HOUR);
    });
  });

  it.each([
    ["logs in again", "update public.platform_accounts set status = $1", "expired", "connected"],
    ["allows the cloud again", "update public.platform_accounts set cloud_allowed = $1", false, true],
    ["says it can be used from there", "update public.platform_accounts set replay = $1", "no", "yes"],
  ])("that was out of use meanwhile is looked at as soon as its person %s", async (_, change, off, on) => {
    await withPostings(async (world) => {
      const { admin } = world.database;
      await closed(world);
      await admin.query(change, [off]);
      // What was to look came while it could not, and is used up.
      await admin.query("select graphile_worker.remove_job($1)", [`watch:${world.small.accountId}`]);
      await asUser(admin, world.small.people.operator, async (sql) => {
        await sql.query("reset role"); // the person's own word, by whichever function
        await sql.query(change, [on]);
      });
      expect((await watch(world))?.dueInMs).toBe(3 * SECOND);
    });
  });

  it("that comes into use with nothing to watch for is left alone", async () => {
    await withPostings(async (world) => {
      for (const status of ["expired", "connected"])
        await world.database.admin.query("update public.platform_accounts set status = $1", [status]);
      expect(await watch(world)).toBeNull();
    });
  });

  it("is left alone after thirty days", async () => {
    await withPostings(async (world) => {
      await closed(world);
      await world.clock.pass(30 * DAY);
      expect(await watched(world)).toEqual([]);
    });
  });

  it("is not watched by the cloud where the cloud may not go", async () => {
    await withPostings(async (world) => {
      await world.database.admin.query("update public.platform_accounts set cloud_allowed = false");
      const { id } = await world.post({ driver: "tab" });
      await world.press(id, "tab:d1", "operator");
      await world.clock.pass(HOUR + MINUTE);
      await world.sweep();
      const { question } = await world.posting(id);
      await world.answer(id, question!.number, { kind: "not-there", again: false });
      expect(await watch(world)).toBeNull();
      await call(world.worker, "worker_watch_again", {
        p_account_id: world.small.accountId,
        p_after_seconds: 60,
      });
      expect(await watch(world)).toBeNull();
    });
  });

  it("has none where nothing was filled or pressed", async () => {
    await withPostings(async (world) => {
      const { job } = await world.post();
      await world.cancelJob(job);
      expect(await watch(world)).toBeNull();
    });
  });
});
