/** What the person does with a post from our own pages. */
import { marketplaceOf } from "#marketplaces/index.ts";
import { supabase } from "#extension/auth/client.ts";
import { MessageError } from "#extension/messages/send.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { say, takePost } from "./post-store.ts";
import { closeTab, hasTab, showTab } from "./post-tab.ts";
import { schedulePosts } from "./scheduler.ts";
import { moveTarget, releaseTarget } from "./server-target.ts";
import { hasOpenSubmit } from "./settle-post.ts";
import { resolveSubmit } from "./submit-fence.ts";
import { askEngine, loadedDocument } from "./tab-document.ts";

const DONE = { ok: true } as const;
type Done = typeof DONE;

const post = async (postId: string): Promise<PostRow> => {
  const found = await database.posts.get(postId);
  if (!found) throw new MessageError("not-found", "This post is no longer here.");
  return found;
};

const take = async (
  postId: string,
  no: string,
  allow: (post: PostRow) => Partial<PostRow> | null,
): Promise<PostRow> => {
  const taken = await takePost(postId, allow);
  if (!taken) throw new MessageError("conflict", no);
  return taken;
};

/** Consent to publish: only ever from a page of ours. */
export const publishPost = async (postId: string): Promise<Done> => {
  await take(postId, "This post is not waiting to be published.", (row) =>
    row.state === "filling" && row.phase === "ready"
      ? { publishAsked: true, paused: false, progress: { percent: 89, message: "Publishing" } }
      : null,
  );
  await schedulePosts();
  return DONE;
};

const stopEngine = async ({ tabId, plan }: PostRow): Promise<void> => {
  if (tabId === null) return;
  try {
    await askEngine(await loadedDocument(tabId, { frameHost: plan?.frameHost, ms: 2_000 }), "abort");
  } catch (error) {
    console.info("There was no page to stop.", error);
  }
};

export const pausePost = async (postId: string): Promise<Done> => {
  const paused = await take(postId, "It is being published right now and cannot be paused.", (row) =>
    ["queued", "claimed", "filling"].includes(row.state)
      ? { paused: true, progress: { ...row.progress, message: "Paused" } }
      : null,
  );
  await stopEngine(paused);
  await moveTarget(paused, ["claimed", "filling"], "needs_human", { state_reason: "Paused by the seller." });
  await releaseTarget(paused);
  return DONE;
};

/** Goes on where it stopped: in the same form after a field was set by hand, else from the start. */
export const resumePost = async (postId: string): Promise<Done> => {
  const before = await post(postId);
  const undecided = await hasOpenSubmit(before.opKey);
  const sameForm =
    (before.handoff === "field" || before.paused) && before.plan !== null && (await hasTab(before));
  const phase = undecided
    ? before.phase
    : before.phase === "ready" && sameForm
      ? "ready"
      : sameForm
        ? "fill"
        : "queued";
  await take(postId, "This post is not waiting for you.", (row) => {
    const verify = undecided
      ? { attempt: row.verify?.attempt ?? 0, absent: 0, dueAt: new Date().toISOString() }
      : null;
    const change = {
      paused: false,
      phase,
      verify,
      stateReason: null,
      handoff: null,
      notBefore: null,
      progress: { ...row.progress, message: "Going on" },
    };
    if (row.state === "needs_human") return { ...change, state: "claimed" };
    if (!row.paused) return null;
    return row.state === "filling" && phase !== "ready" ? { ...change, state: "queued" } : change;
  });
  await schedulePosts();
  return DONE;
};

export const cancelPost = async (postId: string): Promise<Done> => {
  const cancelled = await take(
    postId,
    "It is being published right now. Wait until it is known whether it is listed.",
    (row) =>
      ["queued", "claimed", "filling", "needs_human"].includes(row.state)
        ? {
            state: "cancelled",
            phase: "settled",
            stateReason: null,
            progress: { ...row.progress, message: "Cancelled" },
          }
        : null,
  );
  await say(cancelled, "info", "Cancelled");
  await stopEngine(cancelled);
  await moveTarget(cancelled, ["queued", "claimed", "filling", "needs_human"], "cancelled");
  await releaseTarget(cancelled);
  const tab = cancelled.tabId === null ? null : await chrome.tabs.get(cancelled.tabId).catch(() => null); // closed already
  if (tab && !tab.active) await closeTab(cancelled);
  return DONE;
};

export const retryPost = async (postId: string): Promise<Done> => {
  const before = await post(postId);
  const item = await database.items.get(before.itemId); // a problem is mended in the item: take it as it is now
  await take(postId, "Only a post that failed can be tried again.", (row) =>
    row.state === "failed"
      ? {
          state: "queued", phase: "queued", attempt: 0, retries: row.retries + 1, target: null, refusal: null, stateReason: null, handoff: null,
          notBefore: null, verify: null, publishAsked: row.mode === "publish", item: item ?? row.item, plan: null, progress: { percent: 0, message: "Waiting" },
        }
      : null,
  ); // prettier-ignore
  await schedulePosts();
  return DONE;
};

export const openPostTab = async (postId: string): Promise<Done> => {
  const found = await post(postId);
  if (await hasTab(found)) await showTab(found);
  else if (found.listingUrl) await chrome.tabs.create({ url: found.listingUrl });
  else if (found.handoff === "check-listing")
    await chrome.tabs.create({ url: marketplaceOf(found.platform).identity.urls.activeListings });
  return DONE; // a closed tab is opened again by resume
};

/** The person looked and says whether the listing is there: the one thing Hawker could not find out. */
export const settleByPerson = async (postId: string, isThere: boolean): Promise<Done> => {
  const settled = await take(postId, "This post does not ask whether the listing is there.", (row) =>
    row.state === "needs_human" && row.handoff === "check-listing"
      ? {
          state: isThere ? "done" : "failed", phase: "settled", handoff: null, verify: null,
          stateReason: isThere ? null : "Not posted, as you said. Try again when you like.", progress: { percent: 100, message: isThere ? "Listed" : "Not listed" },
        }
      : null,
  ); // prettier-ignore
  await resolveSubmit(settled.opKey, isThere ? "confirmed" : "absent");
  await say(settled, "info", isThere ? "The seller says it is there" : "The seller says it is not there");
  if (settled.target) {
    const { error } = await supabase().rpc("settle_by_person", {
      p_target_id: settled.target.targetId,
      p_posted: isThere,
      p_url: settled.listingUrl,
    });
    if (error) await say(settled, "warn", `The service's record could not be settled: ${error.message}`);
  }
  return DONE;
};
