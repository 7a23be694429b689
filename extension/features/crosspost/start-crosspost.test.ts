import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Reply } from "#extension/messages/send.ts";
import { scheduleInCloud } from "./start-crosspost.ts";

const ITEMS = ["a", "b", "c", "d"];
const KEYS = new Map(ITEMS.map((id) => [id, { first: `key-${id}`, again: `again-${id}` }]));
const TO = [{ platform: "mercari" as const, accountId: "account", again: false }];

let answers: Record<string, Reply>;
let asked: string[];
beforeEach(() => {
  [answers, asked] = [{}, []];
  const sendMessage = ({ payload }: { payload: { itemId: string; idempotencyKey: string } }) => {
    expect(payload.idempotencyKey).toBe(`key-${payload.itemId}`);
    asked.push(payload.itemId);
    return Promise.resolve(answers[payload.itemId] ?? { ok: true, value: { jobId: "job" } });
  };
  vi.stubGlobal("chrome", { runtime: { sendMessage } });
});
afterEach(() => vi.unstubAllGlobals());

const schedule = () => scheduleInCloud(ITEMS, TO, { mode: "publish", runAt: null, keys: KEYS });

describe("scheduleInCloud", () => {
  it("when one item is refused: the others are scheduled, and it is named with its reason", async () => {
    answers["b"] = { ok: false, code: "conflict", message: "This item is already listed there." };
    expect(await schedule()).toEqual({
      done: ["a", "c", "d"],
      refused: [{ itemId: "b", reason: "This item is already listed there." }],
    });
  });

  it.each(["unavailable", "rate_limited", "signed-out"])(
    "when the service answers %s: the rest is not asked in vain, and all of it is named",
    async (code) => {
      answers["b"] = { ok: false, code, message: "Try again in a minute." };
      const { done, refused } = await schedule();
      expect([done, refused.map(({ itemId }) => itemId), asked]).toEqual([
        ["a"],
        ["b", "c", "d"],
        ["a", "b"],
      ]);
    },
  );
});
