/**
 * Whatever a client sends to a function it may call: a refusal that says so, or an answer; never an error of the database's
 * own, and never a row that cannot be read again. Each place of each good request holds each odd value once.
 */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ENDING_CODES, type Ending, type PostingEvent } from "#core/posting/index.ts";
import { call } from "../testing.ts";
import {
  captcha,
  fillEvent,
  MARKER,
  PRESSED_BY_PERSON,
  withPostings,
  type PostingWorld,
} from "./posting-world.ts";
import { allOf, changed, type Args } from "./odd-values.ts";
import { connectRequest, jobRequest } from "./sample-workspace.ts";

const row = { externalId: "m1", url: "https://x.test/m1", title: "Lamp", priceText: "$45", status: "active" };
const ENDING = { code: "stuck", last: { code: "several", count: 2 } } as Ending;
const eventsOf = (world: PostingWorld, fence: number): PostingEvent[] => [
  fillEvent(fence),
  { kind: "looked", fence, baseline: ["old-1"] },
  { kind: "ready", fence },
  world.permitEvent(fence),
  { kind: "requeue", fence, ending: ENDING, inMs: 5, usesAttempt: true, crashed: false },
  { kind: "fail", fence, ending: ENDING },
  { kind: "finish", fence },
  { kind: "ask", fence, question: "there", ending: ENDING, candidates: [row] },
  { kind: "unpressed", attempt: 1, fence },
  { kind: "pressed", attempt: 1 },
  { ...PRESSED_BY_PERSON, baseline: ["old-1"] } as PostingEvent,
  { kind: "said-listed", externalId: "m1", url: "https://x.test/m1" },
  { kind: "said-no", fence, attempt: 1, message: "no" },
  {
    kind: "found",
    externalId: "m1",
    url: "https://x.test/m1",
    by: "id",
    status: "active",
    record: { title: "Lamp", priceMinor: 4_500, currency: "USD" },
  },
  { kind: "late-row", candidates: [row] },
  { kind: "absent", fence, unexplained: [row], againInMs: 5 },
  { kind: "unreadable", fence, why: "gap", againInMs: 5 },
  { kind: "answer", question: 1, answer: { kind: "is-it", externalId: "m1", url: "https://x.test/m1" } },
  { kind: "answer", question: 1, answer: { kind: "not-there", again: true } },
  { kind: "cancel" },
  { kind: "retry" },
  { kind: "take-over", driver: "tab" },
];

describe("odd values", () => {
  it("in events, told of postings in every stage", async () => {
    await withPostings(async (world) => {
      const asked = (await captcha(world)).id;
      const { id: unknown } = await world.post();
      await world.must(unknown, PRESSED_BY_PERSON);
      // No twins of the one that is about to be pressed.
      await world.database.admin.query(
        `update public.job_targets set twin = '{"title": "chair", "cents": []}'`,
      );
      const { id: filling } = await world.post();
      const fence = await world.fill(filling);
      const { id: done } = await world.post();
      await world.must(done, { kind: "found", externalId: "m9", url: null, by: "likeness" });
      const tries = [asked, unknown, filling, done].flatMap((target) =>
        eventsOf(world, fence).flatMap((event) =>
          [...changed(event)].map(
            (odd) =>
              [
                "posting_event",
                { p_target_id: target, p_event: JSON.stringify(odd), p_event_id: randomUUID() },
              ] as const,
          ),
        ),
      );
      expect(tries.length).toBeGreaterThan(5_000);
      expect(await allOf(world, tries)).toEqual([]);
    });
  }, 600_000);

  it("in a request for a job", async () => {
    await withPostings(async (world) => {
      const { workspaceId, accountId, itemId } = world.small;
      const good = jobRequest(workspaceId, itemId, [accountId], {
        driver: "tab",
        runAt: new Date(world.clock.now()).toISOString(),
        fallbackAfterSeconds: 60,
        again: false,
        pressed: false,
        city: "sfbay",
        priority: 1,
      });
      const args = (request: unknown) => ({
        p_request: JSON.stringify(request),
        p_idempotency_key: randomUUID(),
        p_body_hash: "h",
      });
      expect(await allOf(world, [["request_job", args(good)]])).toEqual([]);
      const tries = [...changed(good)].map((odd) => ["request_job", args(odd)] as const);
      for (const key of [null, "", "x".repeat(201)])
        tries.push(["request_job", { ...args(good), p_idempotency_key: key } as never]);
      tries.push(["request_job", { ...args(good), p_body_hash: "x".repeat(300) }]);
      expect(await allOf(world, tries)).toEqual([]);
    });
  }, 300_000);

  it("a time that is none to count from is refused by its name, and makes no job", async () => {
    await withPostings(async (world) => {
      const before = (await world.postings()).size;
      for (const runAt of [
        "infinity",
        "-infinity",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z BC",
        "now",
        7,
      ])
        await expect(world.post({ runAt })).rejects.toMatchObject({
          code: "HK400",
          message: expect.stringMatching(/runAt/),
        });
      for (const [field, value] of [
        ["priority", 99_999_999_999],
        ["fallbackAfterSeconds", -5],
      ] as const)
        await expect(world.post({ [field]: value })).rejects.toMatchObject({
          code: "HK400",
          message: expect.stringContaining(field),
        });
      expect((await world.postings()).size).toBe(before);
    });
  });

  it("in a connect request", async () => {
    await withPostings(async (world) => {
      const good = connectRequest(world.small.workspaceId, {
        handle: "jonas",
        loginId: "jonas",
        sessionExpiresAt: "2026-12-01T00:00:00Z",
      });
      const args = (request: unknown) => ({ p: JSON.stringify(request) });
      expect(await allOf(world, [["connect_account", args(good)]])).toEqual([]);
      const tries = [...changed(good)].map((odd) => ["connect_account", args(odd)] as const);
      expect(await allOf(world, tries)).toEqual([]);
    });
  }, 300_000);

  it("in everything else a signed-in person may call; no function is left out", async () => {
    await withPostings(async (world) => {
      const { id, job } = await world.post({ driver: "tab" });
      const { fence } = await world.claim(id, "tab:1", "operator");
      const { accountId } = world.small;
      const ids = [null, id, job, accountId, randomUUID()];
      const fences = [null, -1, 0, fence, Number.MAX_SAFE_INTEGER];
      const texts = [null, "", " ", "x", "x".repeat(100_000), "\u{1F600}", "'; --"];
      const report = {
        progress: { percent: 5, message: "x" },
        report: { steps: [] },
        lines: [{ message: "x", level: "info", data: {} }],
      };
      const table: Record<string, Args[]> = {
        posting_event: ids.map((target) => ({ p_target_id: target, p_event: '{"kind": "cancel"}' })),
        request_job: [],
        connect_account: [],
        lease_account: ids.flatMap((account) =>
          texts.map((text) => ({ p_account_id: account, p_holder: text })),
        ),
        claim_target: ids.flatMap((target) => texts.map((text) => ({ p_target_id: target, p_holder: text }))),
        renew_lease: ids.flatMap((account) => fences.map((n) => ({ p_account_id: account, p_fence: n }))),
        release_lease: ids.flatMap((account) => fences.map((n) => ({ p_account_id: account, p_fence: n }))),
        login_books: ids.map((target) => ({ p_target_id: target })),
        report_progress: [...changed(report)].map((odd) => {
          const { progress, report: steps, lines } = Object(odd) as Record<string, unknown>;
          const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
          return {
            p_target_id: id,
            p_fence: fence,
            p_progress: json(progress),
            p_report: json(steps),
            p_lines: json(lines),
          };
        }),
        cancel_job: ids.map((one) => ({ p_job_id: one })),
        retry_job: ids.flatMap((one) => [null, id].map((event) => ({ p_job_id: one, p_event_id: event }))),
        disconnect_account: ids.map((one) => ({ p_account_id: one })),
        idempotency_begin: texts.flatMap((key) =>
          texts.map((route) => ({ p_key: key, p_route: route, p_body_hash: "h" })),
        ),
        idempotency_finish: texts.map((key) => ({
          p_key: key,
          p_route: key,
          p_status: -1,
          p_response: "[]",
        })),
        take_budget: texts.map((bucket) => ({ p_bucket: bucket })),
      };
      const { rows } = await world.database.admin.query<{ name: string }>(
        `select distinct proname as name from pg_proc where pronamespace = 'public'::regnamespace
           and has_function_privilege('authenticated', oid, 'execute')`,
      );
      expect(Object.keys(table).sort()).toEqual(rows.map(({ name }) => name).sort());
      const tries = Object.entries(table).flatMap(([name, all]) => all.map((args) => [name, args] as const));
      expect(await allOf(world, tries)).toEqual([]);
    });
  }, 300_000);
});

describe("endings", () => {
  it("are all taken, and nothing else is", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      const filledIn = {
        ...{
          stop: "captcha",
          shown: "jonas",
          expected: "maria",
          label: "Brand",
          reason: "not-found",
          message: "x",
        },
        ...{
          why: "deadline",
          until: 0,
          filled: true,
          pressed: true,
          count: 2,
          last: { code: "interrupted" },
        },
      };
      for (const code of [...ENDING_CODES, "no-such-code"]) {
        const args = {
          p_target_id: id,
          p_event: JSON.stringify({ kind: "fail", fence, ending: { ...filledIn, code } }),
        };
        await world.worker.query("begin");
        const told = await call<{ ok: boolean }>(world.worker, "posting_event", args).catch(
          (error: Error & { code?: string }) => ({ ok: error.code }),
        );
        await world.worker.query("rollback");
        expect([code, told.ok]).toEqual([code, code === "no-such-code" ? "HK400" : true]);
      }
    });
  });

  it("of more words than a line of the log holds are told all the same", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      await world.must(id, world.permitEvent(fence, { marker: MARKER }));
      const message = Array.from({ length: 9_000 }, () => randomUUID()).join(" ");
      await world.must(id, { kind: "said-no", fence, attempt: 1, message });
      expect(await world.posting(id)).toMatchObject({
        state: "needs_human",
        ending: { code: "refused", message },
      });
    });
  });
});
