/**
 * Decides which posts run now: sites side by side, one post at a time per site (a browser is signed in there once), oldest
 * first. What runs is known only to this service worker; after its death the rows say what to do next.
 */
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { POSTS_ALARM } from "#extension/background/alarms.ts";
import { tellPerson } from "#extension/background/notify.ts";
import { becomeUnknown, verifyPost } from "./judge.ts";
import { nextPart, type Next } from "./next-part.ts";
import { readPost, takePost } from "./post-store.ts";
import { closeTab, tabOf } from "./post-tab.ts";
import { runPost } from "./run-post.ts";
import { claimTarget } from "./server-target.ts";
import { hasOpenSubmit, settlePost } from "./settle-post.ts";

const ACTIVE: PostRow["state"][] = ["queued", "claimed", "filling", "submitting", "unknown"];
/** Chrome lets a service worker sleep after 30 s without an API call, also in the middle of our waiting. */
const KEEP_AWAKE_MS = 20_000;
const ALARM_MINUTES = 0.5;

const running = new Map<ChannelId, string>();
let keepAwake: ReturnType<typeof setInterval> | null = null;
let soon: ReturnType<typeof setTimeout> | null = null;

export const isRunning = (postId: string): boolean => [...running.values()].includes(postId);

const claim = (post: PostRow): Promise<PostRow | null> =>
  takePost(post.id, (row) => {
    if (row.updatedAt !== post.updatedAt) return null; // changed since the scheduler looked: look again
    if (row.state === "queued")
      return {
        state: "claimed",
        attempt: row.attempt + 1,
        notBefore: null,
        stateReason: null,
        handoff: null,
      };
    return { handoff: null };
  });

const carryOut = async (post: PostRow, next: Next): Promise<void> => {
  const claimed = await claim(post);
  if (!claimed) return;
  try {
    if (next.kind === "lost")
      await becomeUnknown(claimed, "Hawker was interrupted while publishing.", claimed.externalId);
    else if (next.kind === "verify") await verifyPost(await tabOf(await claimTarget(claimed)));
    else if (next.kind === "run") await runPost(claimed, next.part);
  } catch (error) {
    await settlePost(claimed.id, claimed.fence, error);
  }
  await afterRun(claimed.id);
};

const afterRun = async (postId: string): Promise<void> => {
  const post = await readPost(postId);
  if (post.state === "done" && post.mode === "publish") await closeTab(post);
  if (
    post.state === "done" ||
    post.state === "needs_human" ||
    (post.state === "filling" && post.phase === "ready" && !post.publishAsked)
  )
    await tellPerson(post);
};

const begin = (post: PostRow, next: Next): void => {
  running.set(post.platform, post.id);
  stayAwake();
  carryOut(post, next)
    .catch((error: unknown) =>
      console.error("A post could not be settled; it is looked at again on the next wake-up.", error),
    )
    .finally(() => {
      running.delete(post.platform);
      void schedulePosts();
    });
};

const stayAwake = (): void => {
  // Chrome ends an idle worker by the clock, so only the clock can keep one that waits for a page.
  keepAwake ??= setInterval(() => void chrome.runtime.getPlatformInfo(), KEEP_AWAKE_MS);
};
const maySleep = (): void => {
  if (keepAwake) clearInterval(keepAwake);
  keepAwake = null;
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

const startWhatCan = async (): Promise<void> => {
  const posts = (await database.posts.where("state").anyOf(ACTIVE).toArray()).sort(
    (a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id),
  );
  let wakeAt: number | null = null;
  for (const post of posts) {
    if (isRunning(post.id)) continue;
    const next = nextPart(post, await hasOpenSubmit(post.opKey), Date.now());
    if (next.kind === "wait") wakeAt = Math.min(wakeAt ?? Infinity, Date.parse(next.until));
    if (next.kind === "wait" || next.kind === "rest" || running.has(post.platform)) continue;
    begin(post, next);
  }
  await wakeLater(wakeAt, posts.length > 0);
};

/** A timer for the near future, an alarm in case the worker dies before it. */
const wakeLater = async (at: number | null, anyActive: boolean): Promise<void> => {
  if (soon) clearTimeout(soon);
  soon = null;
  if (at !== null) soon = setTimeout(() => void schedulePosts(), Math.max(0, at - Date.now()));
  if (running.size === 0 && (at === null || at - Date.now() > 60_000)) maySleep();
  else stayAwake();
  if (anyActive) await chrome.alarms.create(POSTS_ALARM, { periodInMinutes: ALARM_MINUTES });
  else await chrome.alarms.clear(POSTS_ALARM);
};
