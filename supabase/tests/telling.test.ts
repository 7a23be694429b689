/** What is told about a posting: by whom, in which order, how often. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { plainItem } from "#core/item/testing/plain-item.ts";
import type { PostingEvent } from "#core/posting/index.ts";
import type { WorkerContext } from "#worker/worker-context.ts";
import { readPayload } from "#worker/posting/form.ts";
import { call, refusalOf } from "../testing.ts";
import { fillEvent, PRESSED_BY_PERSON, withPostings, type PostingWorld, type Who } from "./posting-world.ts";

describe("an event id", () => {
  it("told twice is played once and answered alike", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      const [permit, eventId] = [world.permitEvent(fence), randomUUID()];
      const first = await world.tell(id, permit, { id: eventId });
      await world.must(id, { kind: "pressed", attempt: 1 });
      const again = await world.tell(id, permit, { id: eventId });
      expect([first.ok, again.ok, again.target.state]).toEqual([true, true, "unknown"]);
      expect(await world.posting(id)).toMatchObject({ permits: 1, presses: 1 });
    });
  });

  it("keeps a refusal a refusal", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post({ mode: "review" });
      const fence = await world.fill(id);
      const eventId = randomUUID();
      const tell = () => world.tell(id, world.permitEvent(fence), { id: eventId });
      expect(await tell()).toMatchObject({ ok: false, code: "no-consent" });
      await world.must(id, { kind: "ready", fence });
      expect(await tell()).toMatchObject({ ok: false, code: "no-consent" });
    });
  });

  it("told by many at once is played once", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const { fence } = await world.claim(id);
      const eventId = randomUUID();
      const ending = { code: "unreachable", message: "x" };
      const event = { kind: "requeue", fence, ending, inMs: 0, usesAttempt: true };
      const workers = await Promise.all(Array.from({ length: 6 }, () => world.database.connect("worker")));
      const told = await Promise.all(
        workers.map((worker) =>
          call<{ ok: boolean }>(worker, "posting_event", {
            p_target_id: id,
            p_event: event,
            p_event_id: eventId,
          }),
        ),
      );
      expect(told.map(({ ok }) => ok)).toEqual(Array.from({ length: 6 }, () => true));
      expect(await world.posting(id)).toMatchObject({ attempt: 1 });
    });
  });

  it("used for something else is refused", async () => {
    await withPostings(async (world) => {
      const [one, two] = [await world.post(), await world.post()];
      const eventId = randomUUID();
      await world.tell(one.id, { kind: "pressed", attempt: 1 }, { id: eventId });
      const other = world.tell(two.id, { kind: "pressed", attempt: 1 }, { id: eventId });
      expect(await refusalOf(other)).toBe("HK409");
      const another = world.tell(one.id, { kind: "pressed", attempt: 2 }, { id: eventId });
      expect(await refusalOf(another)).toBe("HK409");
    });
  });
});

describe("the log of a posting that is looked for", () => {
  it("says why: only what was pressed was submitted", async () => {
    await withPostings(async (world) => {
      const linesOf = async (id: string) => {
        const { rows } = await world.database.admin.query<{ message: string }>(
          "select message from public.listing_job_events where target_id = $1 order by id",
          [id],
        );
        return rows.map(({ message }) => message);
      };
      const [submitted, byHand, said, restored] = [
        await world.post(),
        await world.post(),
        await world.post(),
        await world.post(),
      ];
      await world.tell(submitted.id, { kind: "pressed", attempt: 1 });
      await world.tell(byHand.id, PRESSED_BY_PERSON);
      await world.tell(said.id, { kind: "said-listed", externalId: null, url: null });
      await world.database.admin.query("select private.play($1, $2)", [restored.id, { kind: "restored" }]);
      expect(await linesOf(submitted.id)).toEqual(["Queued", "Submitted, the outcome is not known yet"]);
      for (const { id } of [byHand, said, restored])
        expect((await linesOf(id)).at(-1)).not.toMatch(/^(Submitted|Queued)/);
    });
  });
});

describe("an event from outside", () => {
  it("is none of the keeper's own", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const { fence } = await world.claim(id);
      const own = [
        { kind: "claim", driver: "cloud", fence },
        { kind: "lapse" },
        { kind: "hour" },
        { kind: "restored" },
        { kind: "row-lost" },
        { kind: "no such thing" },
      ];
      for (const who of ["worker", "operator"] as const)
        for (const event of own)
          expect([event.kind, await refusalOf(world.tell(id, event as PostingEvent, { who }))]).toEqual([
            event.kind,
            "HK400",
          ]);
      expect(await world.state(id)).toBe("claimed");
    });
  });

  it("is whole, or refused: nothing of the wrong form gets into a row", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      const script = "javascript:alert(1)";
      const row = { externalId: "m1", title: "x", priceText: "$1", status: "active" };
      const asked = { kind: "ask", fence, question: "there", ending: { code: "several" } };
      const broken: object[] = [
        { kind: "found", externalId: "m1", url: script, by: "id" },
        { kind: "said-listed", externalId: "m1", url: `https://shop.test/ ${script}` },
        { kind: "answer", question: 1, answer: { kind: "is-it", externalId: "m1", url: script } },
        { ...asked, candidates: [{ ...row, url: script }] },
        { ...asked, candidates: [{ ...row, url: 5 }] },
        { kind: "looked", fence },
        { kind: "looked", fence: "one", baseline: [] },
        { kind: "ask", fence, question: "ready", ending: { code: "stop" }, candidates: [] },
        { kind: "ask", fence, question: "stop", ending: {}, candidates: [] },
        { kind: "ask", fence, question: "there", ending: { code: "several" }, candidates: [{ title: "x" }] },
        { kind: "found", externalId: "", url: null, by: "id" },
        { kind: "found", externalId: "m1", url: null, by: "person" },
        { kind: "found", externalId: null, url: null, by: "id" },
        { ...world.permitEvent(fence), policy: { windowMs: -1, absenceProves: false } },
        { ...world.permitEvent(fence), policy: { windowMs: 1e12, absenceProves: false } },
        { ...world.permitEvent(fence), twin: null },
        { kind: "requeue", fence, ending: { code: "busy" }, inMs: 1_000 },
        { kind: "answer", question: 1, answer: { kind: "is-it" } },
        { kind: "answer", question: 1, answer: { kind: "not-there" } },
        { kind: "take-over", driver: "me" },
      ];
      for (const event of broken) {
        const told = world.tell(id, event as PostingEvent, { who: "operator" });
        expect([event, await refusalOf(told)]).toEqual([event, "HK400"]);
      }
      expect(await world.state(id)).toBe("filling");
    });
  });

  it("comes from nobody who only looks on, and not from a stranger", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const { fence } = await world.claim(id);
      const events: PostingEvent[] = [
        fillEvent(fence),
        PRESSED_BY_PERSON,
        { kind: "cancel" },
        { kind: "found", externalId: "m1", url: null, by: "id" },
      ];
      const codes = { viewer: "HK403", stranger: "HK404" } as const;
      for (const [who, code] of Object.entries(codes) as [Who, string][]) {
        for (const event of events) expect(await refusalOf(world.tell(id, event, { who }))).toBe(code);
        expect(await refusalOf(world.claim(id, "tab:x", who))).toBe(code);
        const books = world.as(who, (sql) => call(sql, "login_books", { p_target_id: id }));
        expect(await refusalOf(books)).toBe(code);
        const report = world.as(who, (sql) =>
          call(sql, "report_progress", { p_target_id: id, p_fence: fence, p_progress: { percent: 1 } }),
        );
        expect(await refusalOf(report)).toBe(code);
        expect(await refusalOf(world.renew(fence, who))).toBe("HK404");
        expect(await refusalOf(world.release(fence, who))).toBe("HK404");
      }
      expect(await world.state(id)).toBe("claimed");
    });
  });
});

describe("the report of a run", () => {
  it("is written under its fence, with its lines, and not over what is done", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      const report = (percent: number, ofFence = fence) =>
        call<boolean>(world.worker, "report_progress", {
          p_target_id: id,
          p_fence: ofFence,
          p_progress: { percent, message: "Filling" },
          p_report: { steps: [percent] },
          p_lines: JSON.stringify([{ level: "info", message: `at ${percent}` }]),
        });
      expect(await report(40)).toBe(true);
      expect(await report(50, fence + 1)).toBe(false);
      await world.must(id, { kind: "found", externalId: "m1", url: null, by: "id" });
      expect(await report(60)).toBe(true);
      const { rows } = await world.database.admin.query(
        "select progress, report from public.job_targets where id = $1",
        [id],
      );
      expect(rows).toEqual([{ progress: { percent: 100, message: "Done" }, report: { steps: [60] } }]);
      const lines = await world.database.admin.query(
        "select message from public.listing_job_events where target_id = $1 order by id",
        [id],
      );
      expect(lines.rows.map(({ message }) => message)).toEqual(["Queued", "at 40", "Done", "at 60"]);
    });
  });
});

describe("a retry", () => {
  /** What the worker would list for a target. */
  const wanted = async ({ worker }: PostingWorld, job: string, target: string) => {
    const rows = async (sql: string, values: unknown[]) => (await worker.query(sql, values)).rows;
    const db = { rows } as unknown as WorkerContext["db"];
    const { item, city } = await readPayload({ db }, job, target);
    return [item.title, city];
  };

  it("carries the item as it was mended, and the city, for its own target and not for the others of its job", async () => {
    await withPostings(async (world) => {
      const item = randomUUID();
      const accounts = [world.small.accountId, await world.connect({ handle: "second" })];
      const targets = accounts.map((accountId) => ({ accountId, platform: "mercari" }));
      const { id, job } = await world.post({ item: plainItem(item, "Lampp"), targets });
      const beside = [...(await world.postings()).keys()].find((other) => other !== id)!;
      const { fence } = await world.claim(id);
      await world.must(id, { kind: "fail", fence, ending: { code: "item", message: "No." } });
      const eventId = randomUUID();
      const retry: PostingEvent = { kind: "retry", item: plainItem(item, "Lamp"), city: "sfbay" };
      const tell = () => world.tell(id, retry, { who: "operator", id: eventId });
      expect(await tell()).toMatchObject({ ok: true, target: { state: "queued" } });
      expect(await tell()).toMatchObject({ ok: true, target: { state: "queued" } });
      expect(await wanted(world, job, id)).toEqual(["Lamp", "sfbay"]);
      expect(await wanted(world, job, beside)).toEqual(["Lampp", null]);
    });
  });

  it("takes no other item, and refused it leaves what is to be listed as it was", async () => {
    await withPostings(async (world) => {
      const item = randomUUID();
      const { id, job } = await world.post({ item: plainItem(item, "Lampp") });
      const retry = (itemId: string) =>
        world.tell(id, { kind: "retry", item: plainItem(itemId, "Lamp") }, { who: "operator" });
      expect(await refusalOf(retry(randomUUID()))).toBe("HK400");
      expect(await retry(item)).toMatchObject({ ok: false, code: "state" });
      expect(await wanted(world, job, id)).toEqual(["Lampp", null]);
    });
  });
});
