/** What people do besides answering: cancel, try again, take over. Every state has a way out. */
import { describe, expect, it } from "vitest";
import { answersTo, waysOut, type Posting, type PostingEvent } from "#core/posting/index.ts";
import { call, refusalOf } from "../testing.ts";
import { captcha, HOUR, MARKER, MINUTE, withPostings, type PostingWorld } from "./posting-world.ts";

describe("cancelling what is driven", () => {
  it("is a wish until its run ends, whatever it ends with", async () => {
    await withPostings(async (world) => {
      const busy = { code: "unreachable", message: "x" } as const;
      const stop = { code: "stop", stop: "captcha" } as const;
      const ends: ((fence: number) => PostingEvent)[] = [
        (fence) => ({ kind: "requeue", fence, ending: busy, inMs: 0, usesAttempt: true }),
        (fence) => ({ kind: "ask", fence, question: "stop", ending: stop, candidates: [] }),
        (fence) => ({ kind: "fail", fence, ending: busy }),
        (fence) => ({ kind: "ready", fence }),
      ];
      for (const end of ends) {
        const { id, job } = await world.post();
        const fence = await world.fill(id);
        await world.cancelJob(job);
        expect(await world.posting(id)).toMatchObject({ state: "filling", cancelAsked: true });
        await world.must(id, end(fence));
        await world.release(fence);
        expect([end(fence).kind, await world.state(id)]).toEqual([end(fence).kind, "cancelled"]);
      }
    });
  });

  it("is done at once where nobody drives, and takes it out of the queue", async () => {
    await withPostings(async (world) => {
      const { id, job } = await world.post({ runAt: new Date(world.clock.now() + HOUR).toISOString() });
      expect(await world.entry(id)).not.toBeNull();
      expect(await world.cancelJob(job)).toMatchObject({
        job: { status: "cancelled" },
        targets: [{ state: "cancelled" }],
      });
      expect(await world.entry(id)).toBeNull();
      expect(await refusalOf(world.cancelJob(job, "viewer"))).toBe("HK403");
      expect(await refusalOf(world.cancelJob(job, "stranger"))).toBe("HK404");
    });
  });
});

describe("trying again", () => {
  const fail = async (world: PostingWorld, id: string): Promise<void> => {
    const fence = await world.fill(id);
    await world.must(id, { kind: "fail", fence, ending: { code: "item", message: "x" } });
    await world.release(fence);
  };

  it("queues what failed, with a consent of its own, and refuses where nothing did", async () => {
    await withPostings(async (world) => {
      const { id, job } = await world.post();
      expect(await refusalOf(world.retryJob(job))).toBe("HK409");
      await fail(world, id);
      expect(await world.retryJob(job)).toMatchObject({
        job: { status: "queued" },
        targets: [{ state: "queued" }],
      });
      expect(await world.posting(id)).toMatchObject({ consent: { kind: "start" }, attempt: 0 });
      expect((await world.entry(id))?.dueInMs).toBe(0);
    });
  });

  it("a failed job whose place another took is refused, and names that one", async () => {
    await withPostings(async (world) => {
      const first = await world.post();
      await fail(world, first.id);
      const second = await world.post({ item: { id: first.item, title: "Brass lamp", fieldTimes: {} } });
      const retried = world.retryJob(first.job);
      await expect(retried).rejects.toMatchObject({
        code: "HK409",
        hint: expect.stringContaining(second.job),
      });
      await world.press(second.id);
      await world.must(second.id, { kind: "found", externalId: "m1", url: null, by: "id" });
      expect(await refusalOf(world.retryJob(first.job))).toBe("HK409");
      expect(await world.tell(first.id, { kind: "retry" }, { who: "operator" })).toMatchObject({
        ok: false,
        code: "superseded",
      });
      expect(await world.posting(first.id)).toMatchObject({ state: "failed", consent: null });
    });
  });

  it("a job of several retries what it can: one that is superseded holds up none of the others", async () => {
    await withPostings(async (world) => {
      const second = await world.connect({ handle: "jonas" });
      const { id, job, item } = await world.post({
        targets: [world.small.accountId, second].map((accountId) => ({ accountId, platform: "mercari" })),
      });
      const { rows } = await world.database.admin.query<{ id: string; account_id: string }>(
        "select id, account_id from public.job_targets where job_id = $1",
        [job],
      );
      for (const target of rows) {
        const { fence } = await world.claim(target.id, `w/${target.id}`);
        await world.must(target.id, { kind: "fail", fence, ending: { code: "item", message: "x" } });
      }
      await world.database.admin.query("delete from public.account_leases");
      await world.post({ item: { id: item, title: "Brass lamp", fieldTimes: {} } });
      const { targets } = await world.retryJob(job);
      const states = Object.fromEntries(targets.map((target) => [target.account_id, target.state]));
      expect(states).toEqual({ [world.small.accountId]: "failed", [second]: "queued" });
      expect(id).toBeTruthy();
    });
  });

  it("what reopened late does not stand in the queue beside the one that took its place", async () => {
    await withPostings(async (world) => {
      const first = await world.post();
      await world.press(first.id);
      await world.clock.pass(2 * MINUTE);
      await world.lookInVain(first.id);
      await world.clock.pass(MINUTE);
      await world.lookInVain(first.id);
      await world.answer(first.id, 1, { kind: "not-there", again: false });
      const second = await world.post({ item: { id: first.item, title: "Brass lamp", fieldTimes: {} } });
      const row = { externalId: "m7", url: null, ...MARKER, status: "active" };
      await world.must(first.id, { kind: "late-row", candidates: [row] });
      expect(await world.answer(first.id, 2, { kind: "not-there", again: true })).toMatchObject({
        ok: false,
        code: "superseded",
      });
      expect(await world.state(first.id)).toBe("needs_human");
      await world.answer(first.id, 2, { kind: "not-there", again: false });
      expect([await world.state(first.id), await world.state(second.id)]).toEqual(["failed", "queued"]);
    });
  });
});

describe("taking over", () => {
  it("gives what waits for a person to their browser, and the cloud leaves it alone from then on", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post({ mode: "review" });
      const fence = await world.fill(id);
      await world.must(id, { kind: "ready", fence });
      await world.release(fence);
      expect(await world.claim(id, "w1/1")).toMatchObject({ claimed: false, reason: "state:needs_human" });
      expect(await world.claim(id, "tab:d1", "operator")).toMatchObject({ claimed: false });
      await world.tell(id, { kind: "take-over", driver: "tab" }, { who: "operator" });
      expect(await world.entry(id)).toBeNull();
      expect(await world.claim(id, "w1/1")).toMatchObject({ claimed: false, reason: "not_yours" });
      expect(await world.claim(id, "tab:d1", "operator")).toMatchObject({
        claimed: true,
        target: { state: "claimed", driver: "tab" },
      });
    });
  });

  it("to the cloud needs an account the cloud may use", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post({ driver: "tab" });
      const toCloud = () => world.tell(id, { kind: "take-over", driver: "cloud" }, { who: "operator" });
      const allow = (allowed: boolean) =>
        world.as("operator", (sql) =>
          sql.query("update public.platform_accounts set cloud_allowed = $1", [allowed]),
        );
      await allow(false);
      expect(await toCloud()).toMatchObject({ ok: false, code: "not-yours" });
      await allow(true);
      expect(await toCloud()).toMatchObject({ ok: true });
      expect((await world.entry(id))?.dueInMs).toBe(0);
    });
  });

  it("a tab's target is the cloud's by the fallback a person allowed, and never once a tab claimed it", async () => {
    await withPostings(async (world) => {
      const [plain, open, taken] = [
        await world.post({ driver: "tab" }),
        await world.post({ driver: "tab", fallbackAfterSeconds: 60 }),
        await world.post({ driver: "tab", fallbackAfterSeconds: 60 }),
      ];
      expect(await world.entry(plain.id)).toBeNull();
      expect((await world.entry(open.id))?.dueInMs).toBe(MINUTE);
      const fence = await world.fill(taken.id, "tab:d1", "operator");
      expect(await world.entry(taken.id)).toBeNull();
      await world.release(fence, "operator");
      await world.clock.pass(5 * MINUTE);
      await world.sweep();
      for (const { id } of [plain, taken])
        expect(await world.claim(id)).toMatchObject({ claimed: false, reason: "not_yours" });
      expect(await world.claim(open.id)).toMatchObject({ claimed: true });
    });
  });
});

describe("every state a posting can wait in", () => {
  it("has a way out that the database takes", async () => {
    await withPostings(async (world) => {
      const stuck = async (): Promise<string> => {
        const { id } = await world.post({ driver: "tab" });
        await world.clock.pass(HOUR + MINUTE);
        await world.sweep();
        return id;
      };
      const ready = async (): Promise<string> => {
        const { id } = await world.post({ mode: "review" });
        const fence = await world.fill(id);
        await world.must(id, { kind: "ready", fence });
        await world.release(fence);
        return id;
      };
      const late = async (): Promise<string> => {
        const { id } = await world.post();
        await world.press(id);
        await world.clock.pass(HOUR + MINUTE);
        await world.sweep();
        return id;
      };
      for (const make of [stuck, ready, late, async () => (await captcha(world)).id]) {
        const id = await make();
        const posting = await world.posting(id);
        expect([make.name, posting.state]).toEqual([make.name, "needs_human"]);
        expect(waysOut(posting).length).toBeGreaterThan(0);
        expect(await answersTaken(world, posting)).toEqual([...answersTo(posting)].sort());
        await end(world, id);
      }
    });
  });
});

const ANSWERS = [
  { kind: "publish", hash: null },
  { kind: "is-it", externalId: "m1", url: null },
  { kind: "another-thing" },
  { kind: "not-there", again: false },
  { kind: "wait" },
  { kind: "go-on" },
  { kind: "use-cloud" },
] as const;

/** The answers the database takes now, each tried and taken back. */
const answersTaken = async (world: PostingWorld, posting: Posting): Promise<string[]> => {
  const taken: string[] = [];
  for (const answer of ANSWERS) {
    const tried = world.as("operator", async (sql) => {
      const told = await call<{ ok: boolean }>(sql, "posting_event", {
        p_target_id: posting.id,
        p_event: { kind: "answer", question: posting.questions, answer },
      });
      if (told.ok) taken.push(answer.kind);
      throw new Error("taken back");
    });
    await expect(tried).rejects.toThrow("taken back");
  }
  return taken.sort();
};

const end = async (world: PostingWorld, id: string): Promise<void> => {
  await world.database.admin.query("delete from public.job_targets where id = $1", [id]);
};
