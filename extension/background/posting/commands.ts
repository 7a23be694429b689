/** What the person does with a post from our own pages. */
import {
  answersTo,
  refusalSentence,
  type Answer,
  type Applied,
  type PostingEvent,
  isBeforePress,
} from "#core/posting/index.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import { MessageError } from "#extension/messages/send.ts";
import { database } from "#extension/store/database.ts";
import { pageToOpen } from "#extension/store/page-to-open.ts";
import { payloadOf } from "#extension/store/payload-of.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { chosenCity } from "#extension/store/settings.ts";
import { browserStart } from "./browser-start.ts";
import { Ended } from "./endings.ts";
import { sendDecision } from "./keeper.ts";
import { closeTab, hasTab, showTab } from "./post-tab.ts";
import { adoptTarget } from "./adopt-target.ts";
import { changePost, isOnlyHere, keepPosting, playHere, PostGone, readPost, say } from "./record.ts";
import { scheduleAll, schedulePosts, stopRun } from "./scheduler.ts";
import { notAnswered, tellDecision } from "./unheard.ts";

const DONE = { ok: true } as const;
type Done = typeof DONE;

const post = async (postId: string): Promise<PostRow> => {
  await browserStart(); // its tab may have been another start's
  return readPost(postId).catch((error: unknown) => {
    throw error instanceof PostGone ? new MessageError("not-found", error.message) : error;
  });
};

/** @throws MessageError with the reason. */
const taken = (applied: Applied): void => {
  if (!applied.ok) throw new MessageError("conflict", refusalSentence(applied.code));
};

/** What a person decides counts once its keeper has it: nothing is shown as decided before. */
const decide = async (postId: string, event: PostingEvent): Promise<void> => {
  const applied = (await isOnlyHere(await post(postId)))
    ? await playHere(postId, event)
    : await sendDecision(postId, event);
  if (applied === null) throw notAnswered();
  taken(applied);
};

export const answerPost = async (postId: string, question: number, answer: Answer): Promise<Done> => {
  await decide(postId, { kind: "answer", question, answer });
  await changePost(postId, { paused: false, note: null });
  await scheduleAll();
  return DONE;
};

type Shown = { postId: string; question: number; payload: string | null };

/** Consent to publish what was shown, and nothing it became since: only ever from a page of ours. */
export const publishPost = async ({ postId, question, payload }: Shown): Promise<Done> => {
  if (payload !== (await payloadOf(await post(postId))))
    throw new MessageError("conflict", refusalSentence("no-consent"));
  return answerPost(postId, question, { kind: "publish", hash: payload });
};

export const pausePost = async (postId: string): Promise<Done> => {
  const { posting } = await post(postId);
  if (!isBeforePress(posting))
    throw new MessageError("conflict", "It is being published right now, or waits for you already.");
  await changePost(postId, { paused: true });
  stopRun(postId, new Ended({ code: "paused" }));
  await schedulePosts();
  return DONE;
};

/** Goes on where it stopped: in the form that stands, else from the start. @param shown the question, where one was shown. */
export const resumePost = async (postId: string, shown: number | null): Promise<Done> => {
  const { posting } = await post(postId);
  if ((posting.question?.number ?? null) !== shown)
    throw new MessageError("conflict", refusalSentence("old-question"));
  if (shown !== null && answersTo(posting).includes("go-on"))
    return answerPost(postId, shown, { kind: "go-on" });
  // Where no question was on record it is an answer all the same: what they set in the form is kept.
  await changePost(postId, { paused: false, note: null, keptAt: -1 });
  await scheduleAll();
  return DONE;
};

export const cancelPost = async (postId: string): Promise<Done> => {
  const before = await post(postId);
  const cancel = { kind: "cancel" } as const;
  const heard = (await isOnlyHere(before)) ? null : await sendDecision(postId, cancel);
  // Without the service nothing is pressed; if it may know of this post, it hears of this when it is back.
  taken(heard ?? (await playHere(postId, cancel, { tell: true })));
  stopRun(postId, new Ended({ code: "interrupted" }));
  const after = await changePost(postId, { note: null, paused: false });
  const isOver = after.posting.state === "cancelled";
  await say(after, "info", isOver ? "Cancelled by you" : "Cancel asked for");
  if (isOver) await closeTab(after);
  await schedulePosts();
  return DONE;
};

/**
 * With the item as it is now: a problem is mended in the item. What is decided counts at once, so the item is there by then: in
 * the same transaction where the record is kept here; else before the service hears of it, and told to it.
 */
export const retryPost = async (postId: string): Promise<Done> => {
  const before = await post(postId);
  const item = (await database.items.get(before.itemId)) ?? before.item;
  const isAskedHere = before.target === null || before.asked !== null;
  const city = isAskedHere ? await chosenCity() : before.city;
  const change = { item, city, plan: null, stepReports: [], byHand: [], note: null };
  if (await isOnlyHere(before)) {
    taken(await playHere(postId, { kind: "retry" }, { change }));
  } else {
    await changePost(postId, change);
    const applied = await sendDecision(postId, { kind: "retry", item, ...(city ? { city } : {}) });
    if (applied === null) throw notAnswered();
    if (!applied.ok) await changePost(postId, { item: before.item, city: before.city, note: before.note });
    taken(applied);
  }
  await scheduleAll();
  return DONE;
};

export const openPostTab = async (postId: string): Promise<Done> => {
  const found = await post(postId);
  const { listing } = found.posting;
  const page = pageToOpen({ ...found, tabId: (await hasTab(found)) ? found.tabId : null });
  if (page === "tab") await showTab(found);
  else if (listing?.url) await chrome.tabs.create({ url: listing.url });
  else if (page === "lists")
    await chrome.tabs.create({ url: marketplaceOf(found.platform).account.listings[0].url });
  else if (found.tabId !== null) {
    await changePost(postId, { tabId: null });
    throw new MessageError(
      "conflict",
      "That tab is yours now. Press Continue to fill the form in another one.",
    );
  }
  return DONE; // a form that is gone is filled again by Continue
};

/** A line of whoever it is of: a tab of another browser, the cloud. It goes on here, in a tab of this browser. */
export const takeOverTarget = async (targetId: string): Promise<{ postId: string }> => {
  const heard = await tellDecision(targetId, { kind: "take-over", driver: "tab" });
  if (heard === null) throw notAnswered();
  if (!heard.applied.ok) throw new MessageError("conflict", refusalSentence(heard.applied.code));
  const known = await database.posts.where("target.targetId").equals(targetId).first();
  const postId = known?.id ?? (await adoptTarget(targetId));
  if (heard.heard) await keepPosting(postId, heard.heard);
  await scheduleAll();
  return { postId };
};

/** What failed is tried again with the item as it is now, where it is on this device. */
const asItIsNow = async (targetId: string, event: PostingEvent): Promise<PostingEvent> => {
  if (event.kind !== "retry") return event;
  const itemId = (await database.targets.get(targetId))?.posting.itemId;
  const item = itemId ? await database.items.get(itemId) : undefined;
  return item ? { ...event, item } : event;
};

/** What a person decides about a line that no post of this browser is for. */
export const decideTarget = async (targetId: string, event: PostingEvent): Promise<Done> => {
  const heard = await tellDecision(targetId, await asItIsNow(targetId, event));
  if (heard === null) throw notAnswered();
  if (!heard.applied.ok) throw new MessageError("conflict", refusalSentence(heard.applied.code));
  return DONE;
};
