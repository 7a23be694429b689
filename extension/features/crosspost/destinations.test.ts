import { describe, expect, it } from "vitest";
import type { AccountRow } from "#extension/store/rows.ts";
import { offersFor } from "./destinations.tsx";

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
