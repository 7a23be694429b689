/**
 * Forms that stand filled in the person's tabs. Pressing the site's own button is theirs to do, and is noticed: by a watch in
 * the page while this worker lives, by the page's memory of the press when it was woken again.
 */
import { askAgain, watchPress, type PressWatched } from "#core/host/index.ts";
import { isFinal, policyOf, twinKeyOf } from "#core/posting/index.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { forgetPress, hostOf } from "./form.ts";
import { sendEvent } from "./keeper.ts";
import { planOf } from "./post-plan.ts";
import { hasTab } from "./post-tab.ts";
import { changePost, readPost, say } from "./record.ts";

const watches = new Map<string, AbortController>();

type Watcher = {
  /** A run looks after its form by itself. */
  isRunning: (postId: string) => boolean;
  /** Something is to be looked for now. */
  onPressed: () => void;
};

/** Watches every form that stands and is not watched yet. Safe to call at any time. */
export const watchForms = async ({ isRunning, onPressed }: Watcher): Promise<void> => {
  const standing = await database.posts.filter((post) => post.isStanding && post.tabId !== null).toArray();
  for (const { id } of standing) {
    if (isRunning(id) || watches.has(id)) continue;
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
    await notePress(postId);
    return true;
  }
  await noteFormGone(postId);
  return false;
};

/** A form that somebody may have counted on: their line says that it is gone, and why. */
const noteFormGone = async (postId: string): Promise<void> => {
  const isThere = await hasTab(await readPost(postId));
  await changePost(postId, ({ posting, isStanding }) => ({
    isStanding: false,
    ...(isStanding && !isFinal(posting) ? { note: { code: isThere ? "form-left" : "tab-closed" } } : {}),
  }));
};

const isByPerson = (seen: PressWatched<unknown>): boolean =>
  seen.kind === "pressed" && seen.press.by === "person";

/** Their press and their consent: on record before the page forgets it, then what the site says to it. */
const notePress = async (postId: string): Promise<void> => {
  const post = await readPost(postId);
  await say(post, "info", "You published it on the site yourself");
  await changePost(postId, { isStanding: false, note: null });
  await sendEvent(postId, pressedByPerson(post));
  await forgetPress(postId);
  const site = marketplaceOf(post.platform);
  const { plan, posting } = await planOf(postId);
  const { outcomeMs } = policyOf(site);
  const known = [...(posting.baseline ?? [])];
  const host = await hostOf(postId);
  const seen = await askAgain(host, plan.frameHost, "outcome", site.identity.id, outcomeMs, known);
  if (seen.kind !== "listed") return;
  const { externalId, url } = seen;
  await sendEvent(postId, { kind: "said-listed", attempt: null, externalId, url });
};

const pressedByPerson = ({ platform, item, posting, handBaseline }: PostRow) => {
  const site = marketplaceOf(platform);
  const marker = site.markerOf(item);
  const { windowMs, absenceProves } = policyOf(site);
  return {
    kind: "pressed-by-person" as const,
    marker,
    twin: twinKeyOf(marker),
    policy: { windowMs, absenceProves },
    baseline: posting.baseline ?? handBaseline,
  };
};
