/** Browsers that end in the middle: by chance, or taken along by the page itself. */
import { describe, expect, it } from "vitest";
import type { BrowserContext } from "playwright-core";
import type { BrowserPool } from "../browser/pool.ts";
import { BESIDE, workingWorld, type Posted } from "../testing/working-world.ts";
import type { Session } from "#core/session/index.ts";

const KILLS = / kills-(\d+)-/;

/** Sellers whose session says so have a form that takes its browser with it, this many times. */
const withKillingPages = (pool: BrowserPool): BrowserPool => {
  const killed = new Map<string, number>();
  const arm = (context: BrowserContext, userAgent: string): void => {
    const times = Number(KILLS.exec(userAgent)?.[1] ?? 0);
    context.on("page", (page) =>
      page.on("framenavigated", (frame) => {
        const before = killed.get(userAgent) ?? 0;
        if (before >= times || !frame.url().includes("/create/item")) return;
        killed.set(userAgent, before + 1);
        void context.browser()?.close();
      }),
    );
  };
  return {
    ...pool,
    withContext: (options, use, seating) =>
      pool.withContext(
        options,
        (context) => {
          arm(context, options.userAgent ?? "");
          return use(context);
        },
        seating,
      ),
  };
};

const at = workingWorld({
  change: (context) => ({ ...context, browsers: withKillingPages(context.browsers) }),
});

let named = 0;
const postByKiller = async (times: number): Promise<Posted> => {
  named += 1;
  const name = ` kills-${times}-${named}`;
  const change = (session: Session): Session => ({ ...session, userAgent: session.userAgent + name });
  const account = await at.world.freshAccount("facebook", at.world, { change });
  return at.post("facebook", { account });
};

// One after the other: what ends a browser ends whatever is beside it, and is counted there as well.
describe("a page that takes its browser with it", BESIDE, () => {
  it("when it does so once: given back without using an attempt, and posted", async () => {
    const post = await postByKiller(1);
    expect(await post.settled()).toMatchObject({ state: "done", attempt: 0, crashes: 1, presses: 1 });
    expect(await post.listed()).toHaveLength(1);
    expect(await post.submits()).toBe(1);
  });

  it("when it does so again, alone in a browser: set aside, a person is asked; what ran beside it is posted", async () => {
    const killer = await postByKiller(9);
    const beside = [await at.post("mercari"), await at.post("craigslist")];
    expect(await killer.settled()).toMatchObject({
      state: "needs_human",
      question: { kind: "field" },
      ending: { code: "page-kills-browser" },
      attempt: 0,
      permits: 0,
    });
    for (const post of beside) {
      expect(await post.settled()).toMatchObject({ state: "done", attempt: 0, presses: 1 });
      expect(await post.listed()).toHaveLength(1);
    }
    expect(await killer.submits()).toBe(0);
  });

  it("when it was set aside, and the person says to go on: it is tried again", async () => {
    const post = await postByKiller(2);
    await post.settled();
    await at.world.answer(post.targetId, { kind: "go-on" });
    expect(await post.until("done", ({ state }) => state === "done")).toMatchObject({ presses: 1 });
    expect(await post.listed()).toHaveLength(1);
  });
});

describe("a browser that ends", BESIDE, () => {
  it("when all of them are gone while forms are filled: given back, and posted, one listing each", async () => {
    const posts = [await at.post("craigslist"), await at.post("mercari")];
    await posts[0]!.told("type of posting: done");
    await at.worker.context.browsers.closeAll();
    for (const post of posts) {
      expect(await post.settled()).toMatchObject({ state: "done", attempt: 0, presses: 1 });
      expect(await post.listed()).toHaveLength(1);
      expect(await post.submits()).toBe(1);
    }
  });
});
