import { describe, expect, it } from "vitest";
import { newPosting, type Reading } from "../posting/index.ts";
import { mayBeFilledForHand, prepareForHand, type ForHandHands } from "./for-hand.ts";
import { PageUnreadable } from "./host.ts";
import { empty, NOW, readyHands } from "./testing/ready-hands.ts";
import { beginsAllTheSame, waitForLogin } from "./wait-for-login.ts";
import { whose } from "./whose.ts";

const begun = newPosting({ id: "p", itemId: "i", driver: "tab", mode: "publish", at: NOW });

const hands = (changes: Partial<ForHandHands>): ForHandHands => ({ ...readyHands, ...changes });
const prepared = async (changes: Partial<ForHandHands>) => {
  const heard: unknown[] = [];
  const told = await prepareForHand(hands(changes), begun, {
    looked: async (rows) => void heard.push(rows),
    fills: async () => void heard.push("fills"),
  });
  return { told, heard };
};
const reads = (reading: Partial<Reading>) => ({ read: () => Promise.resolve({ ...empty, ...reading }) });

describe("a form for a person to press, while the service is away", () => {
  it("is not filled for what was cancelled, may be pressed already, or is the cloud's as well", () => {
    expect(mayBeFilledForHand(begun)).toBe(true);
    for (const other of [
      { cancelAsked: true },
      { presses: 1 },
      { fallbackAt: NOW },
      { state: "unknown" },
    ] as const)
      expect(mayBeFilledForHand({ ...begun, ...other })).toBe(false);
  });

  it("is filled once the lists were read, and what was there before is kept", async () => {
    expect(await prepared({})).toEqual({ told: { kind: "filled" }, heard: [[], "fills"] });
  });

  it("what a person has to see to is never tried again by itself: a captcha, another login, a refused field", async () => {
    const stopped = { read: () => Promise.resolve({ stopped: { kind: "captcha" as const } }) };
    const refused = {
      fill: () =>
        Promise.resolve({
          kind: "refused" as const,
          ending: { code: "field" as const, label: "Brand", reason: "not-found" as const },
        }),
    };
    for (const [changes, code] of [
      [stopped, "stop"],
      [reads({ login: "456" }), "wrong-login"],
      [refused, "field"],
    ] as const) {
      const { told, heard } = await prepared(changes as Partial<ForHandHands>);
      expect(told).toMatchObject({ kind: "ended", ending: { code }, again: null });
      // All but that field is in the form, and a person may press: it is known of.
      expect(heard.includes("fills")).toBe(changes === refused);
    }
  });

  it("a list that cannot be read is read again after a rest, not at once", async () => {
    const unreadable = [
      reads({ complete: false, gaps: [{ page: "active", why: "loading" as const }] }),
      { read: () => Promise.reject(new PageUnreadable("no page came")) },
    ];
    for (const changes of unreadable) {
      const { told } = await prepared(changes);
      expect(told).toMatchObject({ kind: "ended", ending: { code: "list-unreadable" } });
      expect(told.kind === "ended" && (told.again ?? 0) - NOW).toBeGreaterThanOrEqual(60_000);
    }
  });

  it("one that stands is left as it is, and nothing is read for it", async () => {
    const never = () => Promise.reject(new Error("not to be read"));
    expect((await prepared({ form: () => Promise.resolve("filled"), read: never })).told).toEqual({
      kind: "filled",
    });
    expect((await prepared({ form: () => Promise.resolve("pressed"), read: never })).told).toEqual({
      kind: "pressed",
    });
  });
});

it("a page that shows nobody's login is nobody's, also where none was known before", () => {
  expect(whose({ login: null }, null)).toBe("not-shown");
  expect(whose({ login: null }, { id: "123" })).toBe("not-shown");
  expect(whose({ login: "123" }, null)).toBe("ours");
  expect(whose({ login: "456" }, { id: "123" })).toBe("another");
});

it("a login that is out of order is waited for without a try, unless its person has just said that it works", () => {
  const wait = waitForLogin(1, { code: "resting", until: NOW + 5_000 }, NOW);
  expect(wait).toMatchObject({ kind: "requeue", inMs: 5_000, usesAttempt: false });
  expect(beginsAllTheSame(begun)).toBe(false);
  expect(beginsAllTheSame({ ...begun, questions: 1 })).toBe(true);
  expect(beginsAllTheSame({ ...begun, questions: 1, ending: { code: "interrupted" } })).toBe(false);
  expect(beginsAllTheSame({ ...begun, state: "unknown" })).toBe(true);
});
