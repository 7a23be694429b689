/** A page whose scripts never come to an end answers nothing; whoever asks it goes on. */
import { afterEach, expect, it, vi } from "vitest";
import type { AccountRules } from "../marketplace/marketplace.ts";
import { askAgain } from "./ask-again.ts";
import { PageUnreadable, type Host } from "./host.ts";
import { readListings } from "./read-listings.ts";

afterEach(() => vi.useRealTimers());

const never = new Promise<never>(() => undefined);
const host: Host<string> = {
  open: () => Promise.resolve("page"),
  document: () => Promise.resolve("page"),
  ask: () => never,
  photo: () => never,
  pressTrusted: () => never,
  show: () => Promise.resolve(() => Promise.resolve()),
  cookie: () => Promise.resolve(null),
};
const site = {
  identity: { id: "mercari" as const },
  account: {
    login: { by: "handle" },
    listings: [{ name: "active", url: "https://shop.example.test/active", more: { by: "nothing" } }],
  } as unknown as AccountRules,
};

it("a question to it ends as one to a page that cannot be read", async () => {
  vi.useFakeTimers();
  const asked = askAgain(host, undefined, "stopSign", "mercari");
  const seen = expect(asked).rejects.toThrow(PageUnreadable);
  await vi.advanceTimersByTimeAsync(70_000);
  await seen;
});

it("its list is one that was not reached, and never complete", async () => {
  vi.useFakeTimers();
  const reading = readListings(host, site, { anchors: [], now: () => Date.now() });
  await vi.advanceTimersByTimeAsync(310_000);
  expect(await reading).toMatchObject({
    complete: false,
    gaps: [{ page: "active", why: "unreachable" }],
  });
});
