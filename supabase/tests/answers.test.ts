/** What people answer: bound to its question, once. A captcha after the press leaves ways out as well. */
import { describe, expect, it } from "vitest";
import { asUser, call, refusalOf } from "../testing.ts";
import { captcha, HOUR, MINUTE, SECOND, withPostings } from "./posting-world.ts";

describe("an answer", () => {
  it("is a person's: the worker gives none", async () => {
    await withPostings(async (world) => {
      const { id } = await captcha(world);
      for (const event of [
        { kind: "answer", question: 1, answer: { kind: "go-on" } },
        { kind: "cancel" },
        { kind: "retry" },
        { kind: "take-over", driver: "cloud" },
      ] as const)
        expect([event.kind, await refusalOf(world.tell(id, event))]).toEqual([event.kind, "HK403"]);
      expect(await world.state(id)).toBe("needs_human");
    });
  });

  it("names its question: an older one is refused, also from a second browser", async () => {
    await withPostings(async (world) => {
      const { id } = await captcha(world);
      await world.answer(id, 1, { kind: "go-on" });
      expect(await world.answer(id, 1, { kind: "go-on" })).toMatchObject({ ok: false });
      const claimed = await world.claim(id);
      const ending = { code: "stop", stop: "captcha" } as const;
      await world.must(id, { kind: "ask", fence: claimed.fence, question: "stop", ending, candidates: [] });
      const old = await world.answer(id, 1, { kind: "not-there", again: true }, "owner");
      expect(old).toMatchObject({ ok: false, code: "old-question" });
      expect(await world.posting(id)).toMatchObject({ state: "needs_human", question: { number: 2 } });
    });
  });

  it("is one its question takes", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post({ mode: "review" });
      const fence = await world.fill(id);
      await world.must(id, { kind: "ready", fence });
      expect(await world.answer(id, 1, { kind: "not-there", again: true })).toMatchObject({
        ok: false,
        code: "no-such-answer",
      });
      expect(await world.answer(id, 1, { kind: "publish", hash: "h" })).toMatchObject({ ok: true });
    });
  });

  it("twice is one: the second of two presses on Publish says nothing new", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post({ mode: "review" });
      const fence = await world.fill(id);
      await world.must(id, { kind: "ready", fence });
      await world.release(fence);
      const clients = await Promise.all([1, 2].map(() => world.database.connect()));
      const told = await Promise.all(
        clients.map((client) =>
          asUser(client, world.small.people.operator, (sql) =>
            call<{ ok: boolean }>(sql, "posting_event", {
              p_target_id: id,
              p_event: { kind: "answer", question: 1, answer: { kind: "publish", hash: "h" } },
            }),
          ),
        ),
      );
      expect(told.filter(({ ok }) => ok)).toHaveLength(1);
    });
  });

  it("that a row is it ends it with that row, unless it is another's by more than likeness", async () => {
    await withPostings(async (world) => {
      const done = await world.post();
      await world.press(done.id);
      await world.must(done.id, { kind: "found", externalId: "m1", url: null, by: "id" });
      const { id } = await captcha(world);
      const isIt = (externalId: string) => world.answer(id, 1, { kind: "is-it", externalId, url: null });
      expect(await isIt("m1")).toMatchObject({ ok: false, code: "row-taken" });
      expect(await isIt("m2")).toMatchObject({ ok: true });
      expect(await world.posting(id)).toMatchObject({
        state: "done",
        listing: { externalId: "m2", by: "person" },
      });
    });
  });

  it("leaves an audit line that names the person", async () => {
    await withPostings(async (world) => {
      const { id } = await captcha(world);
      await world.answer(id, 1, { kind: "go-on" });
      const { rows } = await world.database.admin.query(
        "select actor, data from public.audit_log where action = 'target.answer' and subject_id = $1",
        [id],
      );
      expect(rows).toEqual([{ actor: `user:${world.small.people.operator}`, data: { answer: "go-on" } }]);
    });
  });
});

describe("a captcha after the press", () => {
  it("and Cancel: it is looked for, a person is called in time, and an answer ends it", async () => {
    await withPostings(async (world) => {
      const { id, job } = await captcha(world);
      await world.cancelJob(job);
      expect(await world.posting(id)).toMatchObject({ state: "unknown", cancelAsked: true });
      await world.clock.pass(2 * HOUR);
      await world.sweep();
      const { question } = await world.posting(id);
      expect(question).toMatchObject({ kind: "there" });
      await world.answer(id, question!.number, { kind: "not-there", again: false });
      expect(await world.state(id)).toBe("failed");
    });
  });

  it("and Cancel, then two looks in vain: cancelled", async () => {
    await withPostings(async (world) => {
      const { id, job } = await captcha(world);
      await world.cancelJob(job);
      await world.clock.pass(2 * MINUTE);
      await world.lookInVain(id);
      await world.clock.pass(31 * SECOND);
      await world.lookInVain(id);
      expect(await world.posting(id)).toMatchObject({ state: "cancelled", ending: { pressed: true } });
    });
  });

  it("and the account disconnected: a person is called, and the item can be posted again", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.press(id);
      await world.as("operator", (sql) =>
        call(sql, "disconnect_account", { p_account_id: world.small.accountId }),
      );
      expect(await world.state(id)).toBe("unknown");
      expect(await world.entry(id)).toBeNull(); // nobody could look for it
      await world.clock.pass(HOUR + MINUTE);
      await world.sweep();
      const { state, question } = await world.posting(id);
      expect([state, question?.kind]).toEqual(["needs_human", "there"]);
      await world.answer(id, question!.number, { kind: "not-there", again: false });
      expect(await world.state(id)).toBe("failed");
    });
  });
});
