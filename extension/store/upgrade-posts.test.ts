import { describe, expect, it } from "vitest";
import { lamp as item } from "#core/item/testing/plain-item.ts";
import { answersTo, isFinal, waysOut } from "#core/posting/index.ts";
import type { AccountRow } from "./rows.ts";
import { oldPost } from "./testing/old-post.ts";
import { upgradedPost, type OldPost } from "./upgrade-posts.ts";

const NOW = Date.parse("2026-06-01T00:00:00.000Z");

const old = (changes: Partial<OldPost>): OldPost =>
  oldPost("7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0002", item, changes);

const account = { id: "a", loginId: "maria", handle: "maria", localOnly: false } as AccountRow;
const here = { isPressed: false, account: null, now: NOW };
const upgrade = (changes: Partial<OldPost>, known = here) => upgradedPost(old(changes), known).post;

describe("posts of the version before", () => {
  it("one that was being published is looked for, and never pressed again unasked", () => {
    for (const state of ["submitting", "unknown"] as const) {
      const { posting } = upgrade({ state, phase: "submit" });
      expect(posting.state).toBe("unknown");
      expect(posting.presses).toBe(1);
      expect(posting.consent).toBeNull();
      expect(posting.marker?.title).toBe("Brass lamp");
      expect(posting.unsettledAt).toBe(NOW);
    }
  });

  it("one with an open press on record is looked for, whatever its state says", () => {
    const { posting } = upgrade({ state: "needs_human", phase: "readback" }, { ...here, isPressed: true });
    expect(posting.state).toBe("unknown");
    expect(posting.presses).toBe(1);
  });

  it("the service hears of a press that it may not know of", () => {
    const known = { ...here, account };
    const pressed = upgradedPost(old({ state: "unknown", phase: "readback", accountId: "a" }), known);
    expect(pressed.post.keeper).toBe("service");
    expect(pressed.tell?.kind).toBe("pressed-by-person");
    const waiting = upgradedPost(old({ state: "queued", accountId: "a" }), known);
    expect(waiting.tell).toBeNull();
  });

  it("one that is listed stays listed, with its link and in the books", () => {
    const done = {
      state: "done",
      phase: "settled",
      externalId: "m1",
      listingUrl: "https://x.test/m1",
    } as const;
    const { post, listing } = upgradedPost(old(done), here);
    expect(post.posting).toMatchObject({
      state: "done",
      listing: { externalId: "m1", url: "https://x.test/m1" },
    });
    expect(listing).toMatchObject({ id: post.id, externalId: "m1", itemId: item.id, status: "active" });
    expect(post.toldOf).toBe("done");
  });

  it("one that waited at a captcha waits there still, and can go on", () => {
    const { posting } = upgrade({ state: "needs_human", phase: "fill", handoff: "captcha" });
    expect(posting.ending).toEqual({ code: "stop", stop: "captcha" });
    expect(answersTo(posting)).toEqual(["go-on"]);
  });

  it("one that was filled for review is asked about: the page it was filled in knows nothing any more", () => {
    const { posting } = upgrade({ state: "filling", phase: "ready", mode: "review" });
    expect(posting.state).toBe("needs_human");
    expect(posting.ending).toEqual({ code: "form-left" });
    expect(posting.consent).toBeNull();
    expect(posting.filledAt).toBe(NOW);
  });

  it("why one failed is still said in its words", () => {
    const { posting } = upgrade({ state: "failed", phase: "settled", stateReason: "The title is too long." });
    expect(posting.state).toBe("failed");
    expect(posting.ending).toEqual({ code: "item", message: "The title is too long." });
  });

  it("one cancelled with a form filled does not claim that nothing was published", () => {
    const { posting } = upgrade({ state: "cancelled", phase: "ready" });
    expect(posting.ending).toEqual({ code: "cancelled", pressed: false, filled: true });
    expect(posting.closedAt).toBe(NOW);
  });

  it("none is left without a way out", () => {
    const states = [
      "queued",
      "claimed",
      "filling",
      "submitting",
      "unknown",
      "needs_human",
      "failed",
    ] as const;
    for (const state of states) {
      const { posting } = upgrade({ state });
      expect(waysOut(posting), state).not.toEqual([]);
      expect(isFinal(posting), state).toBe(state === "failed");
    }
  });
});
