import { describe, expect, it } from "vitest";
import { plainItem } from "#core/item/testing/plain-item.ts";
import { newPosting, type Ending, type Posting } from "#core/posting/index.ts";
import { emptyPost } from "#extension/store/empty-post.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { lineOfPost, shownPost } from "./use-posts.ts";

const begun = newPosting({ id: "one", itemId: "item", driver: "tab", mode: "publish", at: 0 });
const shown = (state: Posting["state"], note: Ending | null) =>
  shownPost({ posting: { ...begun, state }, paused: false, note });
const item = plainItem("item", "Lamp", "2026-01-01T00:00:00.000Z");
const postOf = (posting: Posting): PostRow =>
  emptyPost({ city: null, item, platform: "mercari", account: null }, posting);

describe("with the service away", () => {
  it("what met something only the person can put right needs them, and spins no more", () => {
    expect(shown("filling", { code: "stop", stop: "captcha" })).toBe("needs_human");
    expect(shown("claimed", { code: "field", label: "Brand", reason: "option-missing" })).toBe("needs_human");
  });

  it("a form that stands filled, and what has not begun, waits", () => {
    expect(shown("filling", { code: "service-away", filled: true })).toBe("queued");
    expect(shown("claimed", { code: "service-away", filled: false })).toBe("queued");
  });

  it("what was asked already or is over stays what it is", () => {
    expect(shown("unknown", { code: "service-away", filled: false })).toBe("unknown");
    expect(shown("cancelled", { code: "tab-closed" })).toBe("cancelled");
  });
});

describe("a question that was put off", () => {
  it("says when it is asked again, and not what stood in the way then", () => {
    const quietUntil = Date.now() + 24 * 3_600_000;
    const posting: Posting = {
      ...begun,
      state: "unknown",
      ending: { code: "stop", stop: "captcha" },
      quietUntil,
    };
    const { reason } = lineOfPost(postOf(posting), null);
    expect(reason).toMatch(/^Hawker keeps looking for it among your listings on Mercari, and asks again on /);
    expect(lineOfPost(postOf({ ...posting, quietUntil: 1 }), null).reason).toBe("Mercari shows a captcha.");
  });
});
