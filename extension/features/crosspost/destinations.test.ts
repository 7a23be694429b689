import { describe, expect, it } from "vitest";
import type { AccountRow } from "#extension/store/rows.ts";
import { chosenOf, offersFor, presetsOf, type Choice } from "./destinations.tsx";

const account = (id: string, changes: Partial<AccountRow> = {}): AccountRow =>
  ({
    id,
    platform: "mercari",
    handle: id,
    status: "connected",
    cloudAllowed: true,
    localOnly: false,
    ...changes,
  }) as AccountRow;
const offered = (accounts: AccountRow[], driver: "tab" | "cloud", live: [string, number][] = []) =>
  offersFor(accounts, { driver, live: new Map(live), items: 1 }).filter(
    ({ accountId }) => accountId !== null,
  );
const preset = (...given: Parameters<typeof offered>) =>
  offered(...given).flatMap(({ key, preset }) => (preset ? key : []));

describe("what is ticked before the seller chooses", () => {
  it("one account of a site, not every one", () => {
    expect(preset([account("one"), account("two")], "tab")).toEqual(["one"]);
  });

  it("none whose session has ended; in a tab it can be chosen, in the cloud it cannot", () => {
    const ended = [account("ended", { status: "expired" }), account("well")];
    expect(preset(ended, "tab")).toEqual(["well"]);
    expect(offered(ended, "tab").map(({ possible }) => possible)).toEqual([true, true]);
    expect(offered(ended, "cloud").map(({ possible }) => possible)).toEqual([false, true]);
  });

  it("none where the item is live already; ticking it asks for one more", () => {
    const accounts = [account("one")];
    expect(preset(accounts, "tab", [["one", 1]])).toEqual([]);
    expect(offered(accounts, "tab", [["one", 1]])).toMatchObject([{ again: true, possible: true }]);
  });
});

describe("what the seller chose", () => {
  const [before, after] = [offered([account("one")], "tab"), offered([account("one")], "tab", [["one", 1]])];
  const asked = (offers: typeof before, choice?: Choice) =>
    chosenOf(offers, new Map(choice ? [["one", choice]] : []), presetsOf(before)).map(({ key, again }) => ({
      key,
      again,
    }));
  const ticked: Choice = { ticked: true, beside: false };

  it("stays unticked when it becomes known only then that the item is live there: no second listing", () => {
    expect(asked(after, { ticked: false, beside: false })).toEqual([]);
  });

  it("stays ticked, and never turns into one more: only who ticked it as live asked for that", () => {
    expect(asked(before, ticked)).toEqual([{ key: "one", again: false }]);
    expect(asked(after, ticked)).toEqual([{ key: "one", again: false }]);
    expect(asked(after, { ticked: true, beside: true })).toEqual([{ key: "one", again: true }]);
  });

  it("is what was ticked when the form opened, less what became live, and no more than that", () => {
    expect(asked(before)).toEqual([{ key: "one", again: false }]);
    expect(asked(after)).toEqual([]);
    const later = offered([account("one"), account("two", { platform: "facebook" })], "tab");
    expect(chosenOf(later, new Map(), presetsOf(before)).map(({ key }) => key)).toEqual(["one"]);
  });
});
