/** How a run that did not end well leaves its post. One table, so that every part says the same things. */
import { BrowserGone } from "#core/host/index.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { becomeUnknown } from "./judge.ts";
import { changePost, readPost, say, StalePost } from "./post-store.ts";
import { NeedsPerson, PostFailed, TryLater } from "./problems.ts";
import { moveTarget, releaseTarget } from "./server-target.ts";
import { earlierSubmit } from "./submit-fence.ts";

const MAX_ATTEMPTS = 3;
const BACKOFF_MS = 5_000;
const EXTRA_LOOKS = 3;

/** Whether a submit of this operation is open: it may have happened. */
export const hasOpenSubmit = async (opKey: string): Promise<boolean> => {
  const earlier = await earlierSubmit(opKey);
  return earlier !== null && earlier.state !== "confirmed";
};

const askPerson = async (post: PostRow, { handoff, message }: NeedsPerson): Promise<void> => {
  await changePost(post.id, post.fence, {
    state: "needs_human",
    handoff,
    stateReason: message,
    progress: { ...post.progress, message: "Needs you" },
  });
  await say(post, "warn", message, { handoff });
  await moveTarget(post, ["claimed", "filling", "submitting", "unknown", "needs_human"], "needs_human", {
    state_reason: message,
    report: { marketplace: post.platform, steps: post.stepReports, fillMs: post.fillMs },
  });
};

const fail = async (post: PostRow, message: string): Promise<void> => {
  await changePost(post.id, post.fence, {
    state: "failed",
    phase: "settled",
    stateReason: message,
    progress: { ...post.progress, message: "Failed" },
  });
  await say(post, "error", message);
  await moveTarget(post, ["queued", "claimed", "filling"], "failed", { state_reason: message });
};

const later = async (post: PostRow, message: string, at: string): Promise<void> => {
  await changePost(post.id, post.fence, (row) => ({
    state: "queued",
    phase: row.phase === "fill" ? "queued" : row.phase,
    notBefore: at,
    stateReason: message,
    progress: { percent: 0, message: "Waiting" },
  }));
  await say(post, "info", message, { at });
  // The service's record waits too: what is still `filling` there nobody can claim once the lease is given back.
  await moveTarget(post, ["claimed", "filling"], "queued", {
    state_reason: message,
    retry_in_seconds: Math.max(0, Math.floor((Date.parse(at) - Date.now()) / 1000)),
  });
};

/** Looking failed, not the listing: look again later, and in the end ask. */
const lookAgain = async (post: PostRow, message: string): Promise<void> => {
  const { identity, account } = marketplaceOf(post.platform);
  const verify = post.verify ?? { attempt: 0, absent: 0, dueAt: "" };
  if (verify.attempt >= account.settle.lookMs.length + EXTRA_LOOKS) {
    return askPerson(
      post,
      new NeedsPerson(
        "check-listing",
        `Hawker could not look at your listings on ${identity.name}. Say whether it is there.`,
      ),
    );
  }
  const wait = account.settle.lookMs[verify.attempt] ?? 30_000;
  await changePost(post.id, post.fence, {
    verify: { ...verify, attempt: verify.attempt + 1, dueAt: new Date(Date.now() + wait).toISOString() },
  });
  await say(post, "warn", `Could not look at the listings: ${message}`);
};

const sentence = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 400);

/** @param fence the fence the run held. */
export const settlePost = async (postId: string, fence: number, error: unknown): Promise<void> => {
  if (error instanceof StalePost) return;
  const post = await readPost(postId);
  if (post.fence !== fence) return; // taken over meanwhile: its new owner says how it ends
  const undecided = await hasOpenSubmit(post.opKey);
  if (undecided && post.state === "submitting" && !(error instanceof NeedsPerson))
    return becomeUnknown(post, "The site's answer was lost.", post.externalId);
  if (error instanceof NeedsPerson) {
    await askPerson(post, error);
  } else if (undecided) {
    await lookAgain(post, sentence(error));
  } else if (error instanceof TryLater) {
    await later(post, error.message, error.at);
  } else if (error instanceof PostFailed) {
    await fail(post, error.message);
  } else if (error instanceof BrowserGone) {
    const { name } = marketplaceOf(post.platform).identity;
    await askPerson(
      post,
      new NeedsPerson(
        "tab-closed",
        `The ${name} tab was closed before the post was finished. Press Continue to open it again.`,
      ),
    );
  } else if (post.attempt < MAX_ATTEMPTS) {
    await later(
      post,
      `${sentence(error)} Trying again.`,
      new Date(Date.now() + BACKOFF_MS * 2 ** (post.attempt - 1)).toISOString(),
    );
  } else {
    await fail(post, sentence(error));
  }
  await releaseTarget(post);
};
