import { describe, expect, it } from "vitest";
import { newPosting, type Ending, type Posting } from "#core/posting/index.ts";
import { shownPost } from "./use-posts.ts";

const begun = newPosting({ id: "one", itemId: "item", driver: "tab", mode: "publish", at: 0 });
const shown = (state: Posting["state"], note: Ending | null) =>
  shownPost({ posting: { ...begun, state }, paused: false, note });

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
