import { describe, expect, it } from "vitest";
import { newPosting, type Posting } from "#core/posting/index.ts";
import type { TargetRow } from "#extension/store/rows.ts";
import { untold } from "./tell-of-targets.ts";

const target = (id: string, changes: Partial<Posting>): TargetRow => ({
  id,
  jobId: "j",
  accountId: "a",
  platform: "mercari",
  posting: { ...newPosting({ id, itemId: null, driver: "cloud", mode: "publish", at: 0 }), ...changes },
  progress: { percent: 0, message: "" },
  updatedAt: "",
  settledAt: null,
});
const asks = (number: number, changes: Partial<Posting> = {}): Partial<Posting> => ({
  state: "needs_human",
  question: { number, kind: "there", askedAt: 0, candidates: [] },
  ...changes,
});
const idsOf = (rows: readonly TargetRow[]) => rows.map(({ id }) => id);

describe("questions of the cloud", () => {
  it("are told of once each", () => {
    const targets = [target("one", asks(1)), target("two", {})];
    const first = untold(targets, [], {});
    expect(idsOf(first.tell)).toEqual(["one"]);
    expect(untold(targets, [], first.toldOf).tell).toEqual([]);
    expect(idsOf(untold([target("one", asks(2))], [], first.toldOf).tell)).toEqual(["one"]);
  });

  it("about an account's check are on its card, and nobody is told that an item waits", () => {
    expect(untold([target("check", asks(1, { action: "verify" }))], [], {}).tell).toEqual([]);
  });

  it("are forgotten once they are answered", () => {
    expect(untold([target("one", { state: "queued" })], [], { one: 1 }).toldOf).toEqual({});
  });

  it("of a tab are told by the browser it is in, unless none came", () => {
    const question = { number: 1, kind: "stuck" as const, askedAt: 0, candidates: [] };
    const targets = [
      target("filled", asks(1, { driver: "tab" })),
      target("nobody", asks(1, { driver: "tab", question })),
    ];
    expect(idsOf(untold(targets, [], {}).tell)).toEqual(["nobody"]);
    expect(untold(targets, [{ target: { jobId: "j", targetId: "nobody" } }], {}).tell).toEqual([]);
  });
});
