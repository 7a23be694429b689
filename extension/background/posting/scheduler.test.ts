/** When posts run whose record this browser keeps: by its own clock, over several lives of the service worker. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Item } from "#core/item/item.ts";
import { plainItem } from "#core/item/testing/plain-item.ts";
import type { Hands } from "#core/host/index.ts";
import { newPosting, type Posting, type PostingEvent, type Question } from "#core/posting/index.ts";
import { emptyPost } from "#extension/store/empty-post.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { memoryDatabase, memorySession } from "#extension/store/testing/memory-database.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NINE = Date.parse("2026-06-01T09:00:00.000Z");

type Drive = (hands: Hands, claimed: Posting) => Promise<unknown>;
const world = vi.hoisted(() => ({
  database: null as unknown,
  drive: null as unknown,
  claimAtService: null as unknown,
}));
vi.mock("#extension/store/database.ts", () => ({
  get database() {
    return world.database;
  },
}));
vi.mock("#core/host/index.ts", async (original) => ({
  ...(await original<object>()),
  carryOut: (hands: Hands, claimed: Posting) => (world.drive as Drive)(hands, claimed),
}));
vi.mock("./service.ts", async (original) => ({
  ...(await original<object>()),
  claimAtService: () => (world.claimAtService as () => unknown)(),
  releaseAtService: () => Promise.resolve(),
}));

/** What drove which post, in order. */
let driven: string[];
const drivenBy = (event: (fence: number) => PostingEvent): Drive => {
  return async (hands, claimed) => {
    driven.push(claimed.itemId ?? "");
    await hands.send(event(claimed.fence!));
  };
};
const ends = drivenBy((fence) => ({ kind: "fail", fence, ending: { code: "item", message: "No." } }));

const item = (id: string): Item => plainItem(id, id, "2026-05-31T00:00:00.000Z");

/** The modules as a service worker that was just woken has them: only the databases are as they were. */
const life = async () => {
  vi.resetModules();
  const [{ startPosts }, { schedulePosts, scheduleAll }, { sessionNow }] = await Promise.all([
    import("./start-posts.ts"),
    import("./scheduler.ts"),
    import("./session-clock.ts"),
  ]);
  return { startPosts, schedulePosts, scheduleAll, sessionNow };
};
type Life = Awaited<ReturnType<typeof life>>;

let tables: ReturnType<typeof memoryDatabase>;
/** Notifications. */
const told = vi.fn(() => Promise.resolve());

/** What goes round without a pause never lets a test fail: it stands still instead, and the test sees how far it came. */
const endAtLast = (posts: (typeof tables)[string]): void => {
  const { get } = posts;
  let left = 2_000;
  posts.get = (key) => ((left -= 1) > 0 ? get(key) : new Promise(() => undefined));
};
beforeEach(() => {
  vi.useFakeTimers({
    toFake: ["Date", "performance", "setTimeout", "clearTimeout", "setInterval", "clearInterval"],
    now: NINE,
  });
  tables = memoryDatabase();
  endAtLast(tables["posts"]!);
  [world.database, world.drive, driven] = [tables, ends, []];
  told.mockClear();
  const nothing = () => Promise.resolve();
  vi.stubGlobal("chrome", {
    storage: { session: memorySession() },
    alarms: { create: nothing, clear: nothing },
    runtime: { getPlatformInfo: nothing, getURL: (path: string) => path },
    notifications: { create: told },
  });
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

const post = async ({ startPosts, schedulePosts }: Life, id: string): Promise<void> => {
  await tables["items"]!.put(item(id));
  await startPosts({ itemIds: [id], channels: [{ platform: "mercari" }], mode: "publish" });
  await schedulePosts();
  await pass(0);
};

/** Hours in which nothing was open, and the service worker slept. @returns the life after. */
const idle = async (ms: number): Promise<Life> => {
  vi.clearAllTimers();
  vi.setSystemTime(Date.now() + ms);
  return life();
};

describe("posts whose record this browser keeps", () => {
  it("a vase posted three idle hours after a lamp is driven at once, and so is what comes after it", async () => {
    await post(await life(), "lamp");
    const woken = await idle(3 * HOUR);
    await post(woken, "vase");
    await post(woken, "chair");
    expect(driven).toEqual(["lamp", "vase", "chair"]);
  });

  it("so it is after a night with the lid closed over a worker that lived on", async () => {
    const alive = await life();
    await post(alive, "lamp");
    vi.setSystemTime(Date.now() + 8 * HOUR);
    await post(alive, "vase");
    expect(driven).toEqual(["lamp", "vase"]);
  });

  it("what may have been posted is looked for when it is due, however far the wall clock is ahead", async () => {
    await post(await life(), "lamp");
    const woken = await idle(3 * HOUR);
    world.drive = drivenBy((fence) => ({ kind: "unreadable", fence, why: "gaps", againInMs: 2 * MINUTE }));
    const now = await woken.sessionNow();
    const begun = newPosting({ id: "p", itemId: "vase", driver: "tab", mode: "publish", at: now });
    const pressed: Posting = {
      ...begun,
      state: "unknown",
      presses: 1,
      unsettledAt: now,
      dueAt: now + 2 * MINUTE,
    };
    const row = emptyPost({ city: null, item: item("vase"), platform: "mercari", account: null }, pressed);
    await tables["posts"]!.put(row as never);
    driven = [];
    await woken.schedulePosts();
    await pass(MINUTE);
    expect(driven).toEqual([]);
    await pass(MINUTE + 1_000);
    expect(driven).toEqual(["vase"]);
    await pass(MINUTE);
    expect(driven).toEqual(["vase"]);
    await pass(MINUTE + 1_000);
    expect(driven).toEqual(["vase", "vase"]);
  });

  it("one that waits for its pause is not asked for again before it", async () => {
    const ending = { code: "unreachable", message: "x" } as const;
    world.drive = drivenBy((fence) => ({ kind: "requeue", fence, ending, inMs: MINUTE, usesAttempt: false }));
    await post(await life(), "lamp");
    await pass(50_000);
    expect(driven).toEqual(["lamp"]);
    await pass(11_000);
    expect(driven).toEqual(["lamp", "lamp"]);
  });
});

describe("a post that a person was called for", () => {
  const called: Question = { number: 1, kind: "stuck", askedAt: NINE, candidates: [] };
  const stuck = (change: Partial<Posting>): PostRow => {
    const begun = newPosting({ id: "p", itemId: "vase", driver: "tab", mode: "publish", at: NINE });
    const posting: Posting = { ...begun, state: "needs_human", question: called, questions: 1, ...change };
    return emptyPost({ city: null, item: item("vase"), platform: "mercari", account: null }, posting);
  };

  it("because nobody came in its hour goes on by itself once this browser is there again", async () => {
    await tables["posts"]!.put(stuck({ ending: { code: "nobody-came" } }) as never);
    await (await life()).schedulePosts();
    await pass(0);
    expect(driven).toEqual(["vase"]);
    expect(told).not.toHaveBeenCalled();
  });

  it("while it is paused is not called for again", async () => {
    const alive = await life();
    await post(alive, "lamp");
    const begun = newPosting({
      id: "p",
      itemId: "vase",
      driver: "tab",
      mode: "publish",
      at: NINE - 2 * HOUR,
    });
    const row = emptyPost({ city: null, item: item("vase"), platform: "mercari", account: null }, begun);
    await tables["posts"]!.put({ ...row, paused: true } as never);
    await alive.schedulePosts();
    await pass(MINUTE);
    expect(await tables["posts"]!.get(row.id)).toMatchObject({ posting: { state: "queued" } });
    expect([driven, told.mock.calls]).toEqual([["lamp"], []]);
  });

  it("because it did not get on waits for that person, and so does one that is paused", async () => {
    await tables["posts"]!.put(stuck({ claimedAt: NINE }) as never);
    await tables["posts"]!.put({ ...stuck({}), paused: true } as never);
    await (await life()).schedulePosts();
    await pass(MINUTE);
    expect(driven).toEqual([]);
  });
});

describe("a post the service refuses to have driven from here", () => {
  it("is not asked for without a pause, and holds no newer one of its site up", async () => {
    let asked = 0;
    world.claimAtService = () => {
      asked += 1;
      return Promise.resolve({ kind: "refused", message: "Not now." });
    };
    const alive = await life();
    const begun = newPosting({ id: "p", itemId: "vase", driver: "tab", mode: "publish", at: NINE });
    const row: PostRow = {
      ...emptyPost({ city: null, item: item("vase"), platform: "mercari", account: null }, begun),
      keeper: "service",
      target: { jobId: "job", targetId: "target" },
    };
    await tables["posts"]!.put(row as never);
    await alive.schedulePosts();
    await post(alive, "lamp");
    await pass(20_000);
    expect([asked, driven]).toEqual([1, ["lamp"]]);
    await alive.scheduleAll(); // something happened
    await pass(0);
    expect(asked).toBe(2);
    await pass(31_000);
    expect(asked).toBe(3);
  });
});
