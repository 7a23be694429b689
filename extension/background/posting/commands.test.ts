/** What a person decides about a post, and the service that does not always answer. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Item } from "#core/item/item.ts";
import { plainItem } from "#core/item/testing/plain-item.ts";
import { newPosting, type Posting, type PostingEvent } from "#core/posting/index.ts";
import { emptyPost } from "#extension/store/empty-post.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { memoryDatabase, memorySession } from "#extension/store/testing/memory-database.ts";

const AT = "2026-06-01T09:00:00.000Z";
type Told = { event: PostingEvent; eventId: string; stored: string };
const world = vi.hoisted(() => ({ database: null as unknown, hears: null as unknown }));
vi.mock("#extension/store/database.ts", () => ({
  get database() {
    return world.database;
  },
}));
vi.mock("./service.ts", async (original) => ({
  ...(await original<object>()),
  tellService: (_: string, event: PostingEvent, eventId: string) =>
    (world.hears as (event: PostingEvent, eventId: string) => unknown)(event, eventId),
}));
vi.mock("./scheduler.ts", () => ({
  scheduleAll: () => Promise.resolve(),
  schedulePosts: () => Promise.resolve(),
  stopRun: () => undefined,
}));

const item = (title: string): Item => plainItem("lamp", title, AT);
const begun = newPosting({
  id: "one",
  itemId: "lamp",
  driver: "tab",
  mode: "publish",
  at: Date.parse(AT),
});
const failed: Partial<Posting> = { state: "failed", ending: { code: "item", message: "No." }, consent: null };
const asked: Partial<Posting> = {
  state: "needs_human",
  question: { number: 3, kind: "there", askedAt: 0, candidates: [] },
  questions: 3,
  presses: 1,
  unsettledAt: 0,
};

let tables: ReturnType<typeof memoryDatabase>;
let told: Told[];
/** Whether the answer to what is told arrives. */
let answers: boolean;

const storedTitle = (): string => (tables["posts"]!.rows.get("one") as PostRow | undefined)?.item.title ?? "";

beforeEach(() => {
  tables = memoryDatabase();
  [world.database, told, answers] = [tables, [], true];
  world.hears = (event: PostingEvent, eventId: string) => {
    told.push({ event, eventId, stored: storedTitle() });
    return Promise.resolve(answers ? { applied: { ok: true, posting: begun }, heard: null } : null);
  };
  vi.stubGlobal("chrome", { storage: { session: memorySession() } });
});
afterEach(() => vi.unstubAllGlobals());

const given = async (posting: Partial<Posting>, keeper: PostRow["keeper"]) => {
  vi.resetModules();
  const commands = await import("./commands.ts");
  const about = { city: null, item: item("Lampp"), platform: "mercari", account: null } as const;
  const row: PostRow = {
    ...emptyPost(about, { ...begun, ...posting }),
    id: "one",
    keeper,
    target: keeper === "service" ? { jobId: "job", targetId: "target" } : null,
  };
  await commands.answerPost("none", 1, { kind: "wait" }).catch(() => undefined); // the start of the browser is known
  await tables["posts"]!.put(row as never);
  await tables["items"]!.put(item("Lamp") as never);
  await tables["targets"]!.put({ id: "target", updatedAt: AT, posting: row.posting } as never);
  return commands;
};

const NOT_THERE = { kind: "not-there", again: true } as const;
const UNKNOWN = /did not answer, so it is not known whether it heard this/;

describe("Retry", () => {
  it("never stands decided with the item as it was, wherever the worker dies", async () => {
    const { retryPost } = await given(failed, "browser");
    const seen: string[] = [];
    const put = tables["posts"]!.put;
    tables["posts"]!.put = (row) => {
      const { posting, item: listed } = row as PostRow;
      seen.push(`${posting.state}: ${listed.title}`);
      return put(row);
    };
    await retryPost("one");
    expect(seen).toEqual(["queued: Lamp"]);
  });

  it("tells the service the item as it is now, which is here before it hears", async () => {
    const { retryPost } = await given(failed, "service");
    await retryPost("one");
    expect(told).toMatchObject([{ event: { kind: "retry", item: { title: "Lamp" } }, stored: "Lamp" }]);
  });

  it("of a line of the cloud carries the item as it is now", async () => {
    const { decideTarget } = await given(failed, "service");
    await decideTarget("target", { kind: "retry" });
    expect(told).toMatchObject([{ event: { kind: "retry", item: { title: "Lamp" } } }]);
  });

  it("refused leaves the post what it was", async () => {
    const { retryPost } = await given(failed, "service");
    world.hears = () => Promise.resolve({ applied: { ok: false, code: "superseded" }, heard: null });
    await expect(retryPost("one")).rejects.toMatchObject({ code: "conflict" });
    expect(storedTitle()).toBe("Lampp");
  });
});

describe("an answer to which the service said nothing", () => {
  it("is said to be unknown, and pressed again counts once, also after the worker died", async () => {
    const first = await given(asked, "service");
    answers = false;
    await expect(first.answerPost("one", 3, NOT_THERE)).rejects.toThrow(UNKNOWN);
    answers = true;
    vi.resetModules();
    const second = await import("./commands.ts");
    await second.answerPost("one", 3, NOT_THERE);
    expect(told.map(({ event }) => event.kind)).toEqual(["answer", "answer"]);
    expect(told[1]!.eventId).toBe(told[0]!.eventId);
  });

  it("of a line of the cloud: the same", async () => {
    const { decideTarget } = await given(asked, "service");
    answers = false;
    const again = () => decideTarget("target", { kind: "answer", question: 3, answer: NOT_THERE });
    await expect(again()).rejects.toThrow(UNKNOWN);
    await expect(again()).rejects.toThrow(UNKNOWN);
    answers = true;
    await again();
    expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(1);
    await again(); // heard: whatever is pressed now is another decision
    expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(2);
  });

  it("is not taken for another answer, nor for the same one to what happened since", async () => {
    const { answerPost, retryPost } = await given(asked, "service");
    answers = false;
    await expect(answerPost("one", 3, NOT_THERE)).rejects.toThrow(UNKNOWN);
    await expect(answerPost("one", 3, { kind: "wait" })).rejects.toThrow(UNKNOWN);
    await expect(retryPost("one")).rejects.toThrow(UNKNOWN);
    await tables["targets"]!.update("target", { updatedAt: "2026-06-01T10:00:00.000Z" });
    await expect(retryPost("one")).rejects.toThrow(UNKNOWN);
    expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(4);
  });
});
