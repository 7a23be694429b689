/**
 * Forms that stand in the person's tabs, filled or all but a field that is theirs to fill. Pressing the site's own button is theirs
 * to do, and is noticed: by a watch in the page while this worker lives, by the page's memory of the press when it was woken again.
 */
import { stopEnding, tellPressByHand, watchPress, type PressWatched } from "#core/host/index.ts";
import { isBeforePress, isFinal } from "#core/posting/index.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { hostOf } from "./form.ts";
import { tabHands } from "./hands.ts";
import { planOf } from "./post-plan.ts";
import { isTabOpen } from "./post-tab.ts";
import { changePost, readPost, say } from "./record.ts";

const watches = new Map<string, AbortController>();

type Watcher = {
  /** A run looks after its form by itself. */
  isRunning: (postId: string) => boolean;
  /** Something is to be looked for now. */
  onPressed: () => void;
};

/** Filled, or given up with a part missing: the person may fill that and press the site's own button. */
export const isInTheirHands = ({ isStanding, tabId, plan, stepReports, posting, note }: PostRow): boolean => {
  const isBegun = tabId !== null && plan !== null && stepReports.length > 0;
  // Filled for their hand while the service is away, nothing is asked: its word is a note (fill-for-hand.ts).
  const isAsked = posting.question?.kind === "field" || (note?.code === "field" && isBeforePress(posting));
  const isGivenUp = isAsked || posting.state === "failed";
  return isStanding || (isBegun && isGivenUp);
};

/** Watches every form that stands and is not watched yet. Safe to call at any time. */
export const watchForms = async ({ isRunning, onPressed }: Watcher): Promise<void> => {
  const standing = await database.posts.filter(isInTheirHands).toArray();
  for (const { id, tabId } of standing) {
    if (isRunning(id) || watches.has(id)) continue;
    if (tabId === null) {
      await noteFormGone(id);
      continue;
    }
    const watch = new AbortController();
    watches.set(id, watch);
    watchForm(id, watch.signal)
      .then((isPressed) => isPressed && onPressed())
      .catch((error: unknown) => console.info("A filled form is watched no more.", error))
      .finally(() => {
        if (watches.get(id) === watch) watches.delete(id);
      });
  }
};

export const stopWatching = (postId: string): void => {
  watches.get(postId)?.abort(new Error("A run goes on with this form."));
  watches.delete(postId);
};

/** @returns whether the person pressed. */
const watchForm = async (postId: string, signal: AbortSignal): Promise<boolean> => {
  const { plan } = await planOf(postId);
  const seen = await watchPress(await hostOf(postId), plan, { signal });
  signal.throwIfAborted();
  if (isByPerson(seen)) {
    await notePress(postId, signal);
    return true;
  }
  await noteFormGone(postId);
  return false;
};

const noteFormGone = async (postId: string): Promise<void> => {
  const isThere = await isTabOpen(await readPost(postId));
  await changePost(postId, (post) => formGone(post, isThere ? "form-left" : "tab-closed"));
};

/** A form that somebody may have counted on: their line says that it is gone, and why. */
export const formGone = (
  { posting, isStanding, note }: PostRow,
  code: "form-left" | "tab-closed",
): Partial<PostRow> => {
  const wasCountedOn = !isFinal(posting) && (isStanding || note?.code === "form-left");
  return { isStanding: false, ...(wasCountedOn ? { note: { code } } : {}) };
};

const isByPerson = (seen: PressWatched<unknown>): boolean =>
  seen.kind === "pressed" && seen.press.by === "person";

/**
 * Their press and their consent: on record before the page forgets it, then what the site says to it. Until it is on record the
 * form stands as far as anybody knows, and is looked at again.
 */
export const notePress = async (postId: string, signal: AbortSignal): Promise<void> => {
  const post = await readPost(postId);
  await say(post, "info", "You pressed the site's own button");
  const hands = tabHands({ post, fence: 0, signal });
  const seen = await tellPressByHand(hands, post.posting.baseline);
  // Whoever looks for it meets this page again and asks; until then the line says what is in the way.
  if (seen.kind === "stopped") await changePost(postId, { note: stopEnding(seen.stop) });
};
