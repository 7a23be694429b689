import { describe, expect, it } from "vitest";
import { CART, MESSAGE, newPosting, NO_BOOKS, type Posting, type Reading, type Verdict } from "./index.ts";
import type { ReadRow } from "./reading.ts";

const NOON = Date.UTC(2026, 5, 1, 12);
const TEXT = "Yes, it is still there.";

const posting = (changes: Partial<Posting>): Posting => ({
  ...newPosting({ id: "m@1", itemId: null, driver: "tab", mode: "publish", at: NOON }),
  presses: 1,
  ...changes,
});
const read = (rows: Reading["rows"]): Reading => ({
  begunAt: NOON,
  endedAt: NOON,
  login: "seller",
  rows,
  complete: true,
  gaps: [],
});
const told = (verdict: Verdict): string =>
  verdict.kind === "found" ? `found ${verdict.row.externalId}` : verdict.kind;

describe("a message", () => {
  const line = (externalId: string, status: "mine" | "theirs", title = TEXT): ReadRow => ({
    externalId,
    url: null,
    title,
    priceText: "",
    status,
  });
  const thread = [line("1", "mine"), line("2", "theirs", "Is it?")];
  const sent = (rows: Reading["rows"], changes: Partial<Posting> = {}) =>
    told(
      MESSAGE.after(
        posting({ marker: { title: TEXT, priceText: "" }, baseline: ["#1", "#2"], ...changes }),
        read(rows),
        NO_BOOKS,
      ),
    );

  it("is proved by one of its text after what was there before, and not by an older one", () => {
    expect(sent([...thread, line("3", "mine")])).toBe("found 3");
    expect(sent(thread)).toBe("absent");
  });

  it("whose thread was never read before it was sent is asked about: the same may have been said before", () => {
    expect(sent(thread, { baseline: null })).toBe("candidates");
    expect(sent(thread, { baseline: null, sign: { externalId: "1", url: null } })).toBe("found 1");
  });
});

describe("a line of a cart", () => {
  const line = (quantity: number): ReadRow => ({
    externalId: "mug",
    url: null,
    title: "mug",
    priceText: "",
    status: "",
    quantity,
  });
  const added = (quantity: number, baseline: string[] | null) =>
    told(
      CART.after(
        posting({ marker: { title: "Mug", priceText: "", sku: "mug", quantity: 2 }, baseline }),
        read([line(quantity)]),
        NO_BOOKS,
      ),
    );

  it("is proved by how many more there are, and is asked about where it is another number", () => {
    expect(added(3, ["mug×1"])).toBe("found mug×3");
    expect(added(2, ["mug×1"])).toBe("candidates");
    expect(added(1, ["mug×1"])).toBe("absent");
    expect(added(2, null)).toBe("incomplete");
  });
});
