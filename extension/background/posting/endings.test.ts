import { afterEach, describe, expect, it, vi } from "vitest";
import { BrowserGone, PageUnreadable } from "#core/host/index.ts";
import { consequenceOf, sentenceOf } from "#core/posting/index.ts";
import { Ended, endingOf } from "./endings.ts";

const going = new AbortController().signal;
afterEach(() => vi.unstubAllGlobals());

describe("a run that ends", () => {
  it("because the network is gone says so, and is tried again without using an attempt up", () => {
    vi.stubGlobal("navigator", { onLine: false });
    for (const error of [
      new PageUnreadable("the browser shows an error in its place."),
      new Error("Failed to fetch"),
    ]) {
      const { ending } = endingOf(error, going);
      expect(sentenceOf(ending, "Mercari")).toBe(
        "This computer is offline. It goes on when the network is back.",
      );
      expect(consequenceOf(ending)).toBe("rest");
    }
  });

  it("because the site does not answer says that", () => {
    vi.stubGlobal("navigator", { onLine: true });
    const { ending } = endingOf(new PageUnreadable("the browser shows an error in its place."), going);
    expect(sentenceOf(ending, "Mercari")).toBe(
      "Mercari did not answer: the browser shows an error in its place.",
    );
  });

  it("because its tab was closed, or somebody stopped it, says that, online or not", () => {
    vi.stubGlobal("navigator", { onLine: false });
    expect(endingOf(new BrowserGone("gone"), going).ending).toEqual({ code: "tab-closed" });
    const stopped = AbortSignal.abort(new Ended({ code: "paused" }));
    expect(endingOf(new Error("x"), stopped).ending).toEqual({ code: "paused" });
  });
});
