/**
 * Decides which posts run now: sites side by side, one post at a time per site (a browser is signed in there once), oldest
 * first. What runs is known only to this service worker; after its death the records say what to do next.
 */
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { isAwaited, isFinal } from "#core/posting/index.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { runsHere } from "#extension/store/runs-here.ts";
import { POSTS_ALARM } from "#extension/background/alarms.ts";
import { tellPerson } from "#extension/background/notify.ts";
import { browserStart } from "./browser-start.ts";
import { Ended } from "./endings.ts";
import { stopWatching, watchForms } from "./filled-forms.ts";
import { drainPostingOutbox } from "./posting-outbox.ts";
import { closeTab } from "./post-tab.ts";
import { changePost, playHere, readPost } from "./record.ts";
import { runPost } from "./run-post.ts";
import { nowByKeeper } from "./session-clock.ts";

/** Chrome lets a service worker sleep after 30 s without an API call, also in the middle of our waiting. */
const KEEP_AWAKE_MS = 20_000;
const ALARM_MINUTES = 0.5;

type Now = Awaited<ReturnType<typeof nowByKeeper>>;
type Running = { postId: string; stop: AbortController };
const running = new Map<ChannelId, Running>();
/** What somebody else holds up, by post: until when, by the wall clock. */
const notBefore = new Map<string, number>();
let keepAwake: ReturnType<typeof setInterval> | null = null;
let soon: ReturnType<typeof setTimeout> | null = null;

export const isRunning = (postId: string): boolean =>
  [...running.values()].some((one) => one.postId === postId);

/** Ends a run before its next press. It says on the record why. */
export const stopRun = (postId: string, why: Ended): void => {
  for (const one of running.values()) if (one.postId === postId) one.stop.abort(why);
};

const stayAwake = (): void => {
  // Chrome ends an idle worker by the clock, so only the clock can keep one that waits for a page.
  keepAwake ??= setInterval(() => void chrome.runtime.getPlatformInfo(), KEEP_AWAKE_MS);
};
const maySleep = (): void => {
  if (keepAwake) clearInterval(keepAwake);
  keepAwake = null;
};

/** Its person was called because nobody came for it; this browser is here now. */
const isComeFor = ({ posting, paused }: Pick<PostRow, "posting" | "paused">): boolean =>
  isAwaited(posting) && posting.driver === "tab" && !paused;

/** When it is to be driven on, by its keeper's clock; null where a person, or another host, comes first. */
const dueAt = ({ posting, keeper, paused }: PostRow): number | null => {
  switch (posting.state) {
    case "queued":
      if (posting.driver === "cloud") return null;
      return paused && keeper === "browser" ? null : posting.dueAt;
    case "claimed":
    case "filling":
    case "submitting":
      return posting.driver === "cloud" ? null : 0; // this browser's own, interrupted: the claim says
    case "unknown":
      return posting.dueAt;
    case "needs_human":
      return isComeFor({ posting, paused }) ? posting.dueAt : null;
    default:
      return null;
  }
};

let looking: Promise<void> | null = null;
let lookAgain = false;

/** Starts what can start. Safe to call at any time, any number of times. */
export const schedulePosts = (): Promise<void> => {
  if (looking) {
    lookAgain = true;
    return looking;
  }
  looking = (async () => {
    do {
      lookAgain = false;
      await startWhatCan();
    } while (lookAgain);
  })().finally(() => (looking = null));
  return looking;
};

/** What was held up may go on: the service or the network is back. */
export const scheduleAll = (): Promise<void> => {
  notBefore.clear();
  return schedulePosts();
};

const startWhatCan = async (): Promise<void> => {
  await browserStart(); // before any tab is opened or asked for: those of an earlier start are forgotten with it
  const posts = (await database.posts.filter(({ posting }) => !isFinal(posting)).toArray()).sort(
    (a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id),
  );
  const now = await nowByKeeper();
  let wakeInMs: number | null = null;
  for (const post of posts) {
    await callPerson(post, now);
    const waitMs = waitMsOf(post, now);
    if (waitMs === null || isRunning(post.id)) continue;
    if (waitMs > 0) wakeInMs = Math.min(wakeInMs ?? Infinity, waitMs);
    else if (!running.has(post.platform)) begin(post);
  }
  await tellPeople();
  await watchForms({ isRunning, onPressed: () => void schedulePosts() });
  await wakeLater(wakeInMs, posts.length > 0);
};

/** How long from now; null where something has to happen first. */
const waitMsOf = (post: PostRow, now: Now): number | null => {
  const due = dueAt(post);
  const heldUntil = notBefore.get(post.id) ?? 0;
  if (due === null || heldUntil === Infinity) return null;
  return Math.max(0, due - now[post.keeper], heldUntil - Date.now());
};

/** The hour of a post of which this browser keeps the record; the service watches over the others. */
const callPerson = async ({ id, keeper, posting, paused }: PostRow, now: Now): Promise<void> => {
  if (paused) return; // they know
  if (keeper !== "browser" || (posting.state !== "queued" && posting.state !== "unknown")) return;
  if (now[keeper] >= posting.decideBy && !isRunning(id)) await playHere(id, { kind: "hour" });
};

const begin = (post: PostRow): void => {
  const stop = new AbortController();
  running.set(post.platform, { postId: post.id, stop });
  runsHere.add(post.id);
  stopWatching(post.id);
  stayAwake();
  if (post.paused) stop.abort(new Ended({ code: "paused" }));
  runPost(post.id, stop.signal)
    .then((againAt) => (againAt === null ? notBefore.delete(post.id) : notBefore.set(post.id, againAt)))
    .then(() => afterRun(post.id))
    .catch((error: unknown) => {
      console.error("A run broke off; its post is looked at again in a while.", error);
      notBefore.set(post.id, Date.now() + 30_000);
    })
    .finally(() => {
      running.delete(post.platform);
      runsHere.delete(post.id);
      void schedulePosts();
    });
};

const afterRun = async (postId: string): Promise<void> => {
  await drainPostingOutbox(postId);
  const post = await readPost(postId);
  if (post.posting.state === "done" && post.posting.mode === "publish") await closeTab(post);
};

/** What a person was not told of yet: a question, or that it is listed. */
const tellPeople = async (): Promise<void> => {
  const posts = await database.posts.where("posting.state").anyOf("needs_human", "done").toArray();
  for (const post of posts) {
    const news = newsOf(post);
    if (news === null || news === post.toldOf) continue;
    await tellPerson(post);
    await changePost(post.id, { toldOf: news });
  }
};

const newsOf = ({ posting, paused }: PostRow): string | null => {
  if (posting.state === "done") return "done";
  if (isComeFor({ posting, paused })) return null;
  if (posting.ending?.code === "paused") return null; // they did it
  return posting.question ? `question ${posting.question.number}` : null;
};

/** A timer for the near future, an alarm in case the worker dies before it. */
const wakeLater = async (inMs: number | null, anyActive: boolean): Promise<void> => {
  if (soon) clearTimeout(soon);
  soon = null;
  if (inMs !== null) soon = setTimeout(() => void schedulePosts(), inMs);
  if (running.size === 0 && (inMs === null || inMs > 60_000)) maySleep();
  else stayAwake();
  if (anyActive) await chrome.alarms.create(POSTS_ALARM, { periodInMinutes: ALARM_MINUTES });
  else await chrome.alarms.clear(POSTS_ALARM);
};
