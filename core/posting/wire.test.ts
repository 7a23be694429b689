import { describe, expect, it } from "vitest";
import { postingRow } from "./testing/posting-row.ts";
import { claimOf } from "./wire.ts";

const NOON = "2026-11-20T12:00:00.000Z";
const HALF_PAST = "2026-11-20T12:00:30.000Z";

describe("the answer to a claim", () => {
  it("says how long to wait by the service's own clock, whatever the time is here", () => {
    const notDue = {
      claimed: false,
      at: NOON,
      reason: "not_due",
      retry_at: HALF_PAST,
      target: postingRow({}),
    };
    expect(claimOf(notDue)).toMatchObject({ claimed: false, reason: "not_due", waitMs: 30_000 });
  });

  it("of a service of an earlier version, which does not tell the time, is a claim all the same", () => {
    const target = postingRow({ state: "claimed", fence: 7, claimed_at: NOON });
    expect(claimOf({ claimed: true, fence: 7, target })).toMatchObject({
      claimed: true,
      at: Date.parse(NOON),
    });
  });
});
