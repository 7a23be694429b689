/** A person closes the tab of a post, at whatever moment. */
import { beforeEach, expect, it, vi } from "vitest";
import type { Posting } from "#core/posting/index.ts";
import { database } from "#extension/store/database.ts";
import { pageToOpen } from "#extension/store/page-to-open.ts";
import { browserStart } from "./browser-start.ts";
import { watchForms } from "./filled-forms.ts";
import { tabOf } from "./post-tab.ts";
import { readPost } from "./record.ts";
import { onTabClosed, onTabLoaded } from "./tab-events.ts";
import { chromeStandIn, post } from "./testing/service-stand-in.ts";

vi.mock("#extension/store/database.ts", async () => {
  const { memoryDatabase } = await import("#extension/store/testing/memory-database.ts");
  return { database: memoryDatabase() };
});
vi.mock("#extension/auth/client.ts", async () => (await import("./testing/service-stand-in.ts")).client);
const run = vi.hoisted(() => ({ isRunning: false }));
vi.mock("./scheduler.ts", () => ({
  isRunning: () => run.isRunning,
  schedulePosts: () => Promise.resolve(),
}));

const TAB = 7;
const asked = { number: 1, kind: "ready" as const, askedAt: 1, candidates: [] } satisfies Posting["question"];
const line = async () => {
  const row = await readPost("one");
  return { tabId: row.tabId, isStanding: row.isStanding, note: row.note, opens: pageToOpen(row) };
};
const GONE = { tabId: null, isStanding: false, note: { code: "tab-closed" }, opens: null };
const watch = () => watchForms({ isRunning: () => run.isRunning, onPressed: () => undefined });

/** Chrome shows the addresses of our sites only. */
const isElsewhere = () =>
  vi
    .mocked(chrome.tabs.get as (id: number) => Promise<chrome.tabs.Tab>)
    .mockResolvedValue({ id: TAB, active: false } as chrome.tabs.Tab);

beforeEach(async () => {
  for (const table of database.tables) await table.clear();
  vi.stubGlobal("chrome", chromeStandIn());
  run.isRunning = false;
  await browserStart(); // tabs of an earlier one are forgotten
  const posting = { state: "needs_human", questions: 1, question: asked } as const;
  await database.posts.put(post(posting, { tabId: TAB, isStanding: true }));
});

it("the form stands and nothing runs: its line says so, and has no tab to open", async () => {
  await onTabClosed(TAB);
  expect(await line()).toEqual(GONE);
});

it("the person went on to another site in it: the tab is theirs, and the form is filled in another one", async () => {
  isElsewhere();
  await onTabLoaded(TAB);
  expect(await line()).toEqual({ ...GONE, note: { code: "form-left" } });
  expect((await tabOf(await readPost("one"))).tabId).not.toBe(TAB);
});

it("the site sent the person elsewhere to log in: they come back to it", async () => {
  const stopped = { state: "needs_human", question: asked, ending: { code: "stop", stop: "login" } } as const;
  await database.posts.put(post(stopped, { tabId: TAB }));
  isElsewhere();
  await onTabLoaded(TAB);
  expect(await line()).toMatchObject({ tabId: TAB });
});

it("the run that filled it was giving back its claim: nobody but the watch finds it gone", async () => {
  run.isRunning = true;
  await onTabClosed(TAB);
  run.isRunning = false;
  await watch();
  expect(await line()).toEqual(GONE);
});

it("the run that was filling it ended with that: there is no tab to open", async () => {
  await database.posts.update("one", { isStanding: false, note: { code: "tab-closed" } });
  run.isRunning = true;
  await onTabClosed(TAB);
  run.isRunning = false;
  await watch();
  expect(await line()).toEqual(GONE);
});
