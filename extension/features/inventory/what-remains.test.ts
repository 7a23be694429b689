import { describe, expect, it } from "vitest";
import { newPosting } from "#core/posting/index.ts";
import type { TargetState } from "#core/job/job.ts";
import { remainsOf } from "./what-remains.ts";
import { words } from "./words.ts";

const posted = (state: TargetState, itemId = "lamp") => ({
  platform: "facebook" as const,
  posting: { ...newPosting({ id: "p", itemId, driver: "tab", mode: "publish", at: 0 }), state },
});
const listed = { itemId: "lamp", platform: "mercari" as const, status: "active" as const };

describe("deleting an item", () => {
  it("that is live, or being posted just now, says so", () => {
    const remains = remainsOf(["lamp"], { listings: [listed], posts: [posted("filling")], targets: [] });
    expect(remains).toEqual({ live: ["mercari"], underWay: ["facebook"] });
    expect(words.deleted(1, remains)).toBe(
      "1 item deleted. It stays live on Mercari until you end it there. Posting it to Facebook Marketplace stops, unless it was sent already.",
    );
  });

  it("that is neither says nothing of it", () => {
    const known = {
      listings: [{ ...listed, status: "sold" as const }],
      posts: [posted("failed")],
      targets: [],
    };
    expect(words.deleted(1, remainsOf(["lamp"], known))).toBe("1 item deleted");
    expect(remainsOf(["vase"], { listings: [listed], posts: [posted("filling")], targets: [] })).toEqual({
      live: [],
      underWay: [],
    });
  });
});
