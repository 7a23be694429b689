/** After a press: windows at their real length, the clock moved by hand. */
import { describe, expect, it } from "vitest";
import { MINUTE, POLICY, SECOND, withPostings } from "./posting-world.ts";

const proves = { policy: { ...POLICY, absenceProves: true } };

describe("what may have been posted", () => {
  it("is not posted again within its window, however often and by whomever it is looked for", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      await world.must(id, world.permitEvent(fence, proves));
      await world.must(id, { kind: "pressed", attempt: 1 });
      await world.release(fence);
      // The window counts from the permit's end: ten seconds, and a minute.
      for (const after of [3, 10, 20, 26]) {
        await world.clock.pass(after * SECOND);
        await world.lookInVain(id);
        expect(await world.posting(id)).toMatchObject({ state: "unknown", absentAt: null, presses: 1 });
      }
      // 59 seconds after the press.
      await world.clock.pass(31 * SECOND); // 90 seconds: the first look after the window
      await world.lookInVain(id);
      expect(await world.posting(id)).toMatchObject({ state: "unknown", presses: 1 });
      await world.clock.pass(29 * SECOND); // too near to the first to agree with it
      await world.lookInVain(id);
      expect(await world.state(id)).toBe("unknown");
      await world.clock.pass(SECOND);
      await world.lookInVain(id);
      expect(await world.posting(id)).toMatchObject({
        state: "queued",
        presses: 1,
        ending: { code: "not-found" },
      });
    });
  });

  it("asks after two agreeing looks, where a site may hold or hide it, and presses nothing by itself", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.press(id);
      await world.clock.pass(90 * SECOND);
      await world.lookInVain(id);
      await world.clock.pass(30 * SECOND);
      await world.lookInVain(id);
      expect(await world.posting(id)).toMatchObject({
        state: "needs_human",
        question: { kind: "there" },
        ending: { code: "not-found" },
      });
    });
  });

  it("is not looked for sooner because its own look gave the account back", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.press(id);
      await world.clock.pass(3 * SECOND);
      // It found the account busy once, and waited for it.
      const other = await world.post();
      const { fence } = await world.claim(other.id, "w2/1");
      await world.claim(id, "w1/1");
      await world.tell(other.id, {
        kind: "requeue",
        fence,
        ending: { code: "unreachable", message: "x" },
        inMs: 10 * MINUTE,
        usesAttempt: true,
      });
      await world.release(fence);
      expect((await world.entry(id))?.dueInMs).toBe(0); // now its own look
      await world.lookInVain(id, 56 * SECOND);
      expect((await world.entry(id))?.dueInMs).toBe(56 * SECOND);
    });
  });

  it("is not looked for sooner because another item of the account is done", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.press(id);
      await world.clock.pass(3 * SECOND);
      await world.lookInVain(id, 56 * SECOND);
      const other = await world.post();
      const { fence } = await world.claim(other.id, "w2/1");
      await world.must(other.id, { kind: "found", externalId: "m2", url: null, by: "id" });
      await world.release(fence);
      expect((await world.entry(id))?.dueInMs).toBe(56 * SECOND);
    });
  });

  it("is not looked for sooner by a claim that came too early", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.press(id);
      await world.clock.pass(3 * SECOND);
      await world.lookInVain(id, 5 * MINUTE);
      const { id: other } = await world.post();
      await world.claim(other, "w2/1");
      expect(await world.claim(id, "w1/1")).toMatchObject({ reason: "account_busy" });
      expect((await world.entry(id))?.dueInMs).toBe(5 * MINUTE); // not at the end of that lease
    });
  });

  it("is not tried again by a retry, and no retry lets looks add up", async () => {
    await withPostings(async (world) => {
      const { id, job } = await world.post();
      await world.press(id);
      await world.clock.pass(3 * SECOND);
      await world.lookInVain(id, 56 * SECOND);
      for (let press = 0; press < 4; press += 1) {
        expect(await world.tell(id, { kind: "retry" }, { who: "operator" })).toMatchObject({
          ok: false,
          code: "state",
        });
        await expect(world.retryJob(job)).rejects.toMatchObject({ code: "HK409" });
      }
      expect((await world.entry(id))?.dueInMs).toBe(56 * SECOND);
      expect(await world.posting(id)).toMatchObject({ state: "unknown", absentAt: null, presses: 1 });
    });
  });

  it("nor by answers: asked again before the window is over, it is looked for until then", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.press(id);
      const claimed = await world.claim(id);
      await world.must(id, {
        kind: "ask",
        fence: claimed.fence,
        question: "stop",
        ending: { code: "stop", stop: "captcha" },
        candidates: [],
      });
      await world.release(claimed.fence);
      await world.clock.pass(20 * SECOND);
      await world.answer(id, 1, { kind: "not-there", again: true });
      expect(await world.state(id)).toBe("unknown");
      expect((await world.entry(id))?.dueInMs).toBe(50 * SECOND); // 10 s of the permit and 60 s of the window
    });
  });

  it("found, it is done, with its listing by the site's own id", async () => {
    await withPostings(async (world) => {
      const { id, job, item } = await world.post();
      await world.press(id);
      await world.must(id, { kind: "found", externalId: "m9", url: "https://x.test/m9", by: "likeness" });
      expect(await world.state(id)).toBe("done");
      const { rows } = await world.database.admin.query(
        `select l.item_id, l.external_id, l.url, l.title, l.status, j.status as job from public.listings l
         join public.job_targets t on t.listing_id = l.id join public.listing_jobs j on j.id = t.job_id where j.id = $1`,
        [job],
      );
      expect(rows).toEqual([
        {
          item_id: item,
          external_id: "m9",
          url: "https://x.test/m9",
          title: "Brass lamp",
          status: "active",
          job: "done",
        },
      ]);
    });
  });

  it("that ended cancelled meanwhile is not posted after all", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      await world.must(id, world.permitEvent(fence, proves));
      await world.must(id, { kind: "pressed", attempt: 1 });
      await world.release(fence);
      await world.tell(id, { kind: "cancel" }, { who: "operator" });
      expect(await world.posting(id)).toMatchObject({ state: "unknown", cancelAsked: true });
      await world.clock.pass(90 * SECOND);
      await world.lookInVain(id);
      await world.clock.pass(30 * SECOND);
      await world.lookInVain(id);
      expect(await world.posting(id)).toMatchObject({
        state: "cancelled",
        ending: { code: "cancelled", pressed: true },
      });
    });
  });
});
