/**
 * The service's side of a post in a tab, when the account is known there: its lease keeps the cloud from driving the account
 * at the same time, its fence keeps everybody from submitting twice. A service that is not reached does not stop a seller
 * from posting in their own tab; a service that says no does.
 */
import { z } from "zod";
import { itemFor } from "#core/marketplace/marketplace.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import type { TargetState } from "#core/job/job.ts";
import { createJob } from "#extension/api/jobs.ts";
import { ApiError, ApiUnavailable } from "#extension/api/http.ts";
import { supabase } from "#extension/auth/client.ts";
import { accessToken } from "#extension/auth/account.ts";
import { deviceId } from "#extension/background/connect/device.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { readSetting } from "#extension/store/settings.ts";
import { changePost, say } from "./post-store.ts";
import { postedBefore, PostFailed, TryLater } from "./problems.ts";
import { earlierSubmit } from "./submit-fence.ts";

const TTL_SECONDS = 300;
const claimSchema = z.object({
  claimed: z.boolean(),
  fence: z.number().nullish(),
  reason: z.string().nullish(),
  retry_at: z.string().nullish(),
  target: z.object({ state: z.string() }).nullish(),
});
const permitSchema = z.object({ permitted: z.boolean(), reason: z.string().nullish() });

/** The service's answer, or null when it was not reached. @throws PostFailed when it said no. */
const rpc = async (name: string, args: Record<string, unknown>): Promise<{ data: unknown } | null> => {
  if (!(await accessToken())) return null;
  const { data, error } = await supabase().rpc(name, args);
  if (!error) return { data: data as unknown };
  if (!/^(HK|PGRST|2|4)/.test(error.code ?? "")) return null;
  throw new PostFailed(`Hawker's service refused: ${error.message}.`);
};

/** Creates the job this post carries out, so that the dashboard elsewhere and the cloud know of it. */
export const registerPost = async (post: PostRow): Promise<PostRow> => {
  const [auth, account] = await Promise.all([
    readSetting("auth"),
    post.accountId ? database.accounts.get(post.accountId) : undefined,
  ]);
  if (!auth?.workspaceId || !account || account.localOnly || post.target) return post;
  try {
    const job = await createJob(
      {
        workspaceId: auth.workspaceId,
        action: "list",
        item: post.item,
        targets: [{ accountId: account.id, platform: post.platform }],
        driver: "tab",
        mode: post.mode,
      },
      `${post.id}:${post.retries}`,
    );
    const target = job.targets[0];
    return target
      ? await changePost(post.id, post.fence, { target: { jobId: job.id, targetId: target.id, fence: null } })
      : post;
  } catch (error) {
    if (error instanceof ApiUnavailable) return post;
    if (error instanceof ApiError) return changePost(post.id, post.fence, { refusal: error.message });
    throw error;
  }
};

/** Leases the account for this post. @throws TryLater when somebody else drives it; PostFailed when the target is over. */
export const claimTarget = async (post: PostRow): Promise<PostRow> => {
  if (!post.target) return post;
  const answered = await rpc("claim_target", {
    p_target_id: post.target.targetId,
    p_holder: `tab:${await deviceId()}`,
    p_ttl_seconds: TTL_SECONDS,
  });
  if (!answered) return post;
  const claim = claimSchema.parse(answered.data);
  if (claim.claimed && claim.fence) {
    const claimed = await changePost(post.id, post.fence, {
      target: { ...post.target, fence: claim.fence },
    });
    if (claim.target?.state === "submitting" && !(await earlierSubmit(post.opKey)))
      await giveBackPermit(claimed);
    return claimed;
  }
  if (claim.reason === "account_busy" || claim.reason === "not_due") {
    throw new TryLater(
      "Waiting: this account is busy with another post.",
      claim.retry_at ?? new Date(Date.now() + 60_000).toISOString(),
    );
  }
  throw new PostFailed(
    `Hawker's service gave this post to somebody else (${claim.reason ?? "not claimed"}).`,
  );
};

/**
 * Moves the service's target along. Where it was not reached, its sweeper finds out by reading the account's listings.
 * @returns whether the service has a target and answered.
 */
export const moveTarget = async (
  post: PostRow,
  from: readonly TargetState[],
  to: TargetState,
  patch: Record<string, unknown> = {},
): Promise<boolean> => {
  if (!post.target?.fence) return false;
  try {
    const answered = await rpc("target_transition", {
      p_target_id: post.target.targetId,
      p_fence: post.target.fence,
      p_from: from,
      p_to: to,
      p_patch: patch,
    });
    return answered !== null;
  } catch (error) {
    if (!(error instanceof PostFailed)) throw error;
    await say(
      post,
      "warn",
      `The service's record of this post could not be moved to ${to}: ${error.message}`,
    );
    return true;
  }
};

/** The service permitted a press, and this browser's own record, written before every press, knows of none. */
export const giveBackPermit = (post: PostRow): Promise<boolean> =>
  moveTarget(post, ["submitting"], "filling", { submit_outcome: "absent" });

const RETRY_MS = 5_000;
const PERMIT_AGAIN: Record<string, string> = {
  no_answer: "Hawker's service did not answer. Nothing was published; trying again.",
  "state:submitting": "Hawker was interrupted before publishing. Nothing was published; trying again.",
  lease_too_short: "Filling took long. Nothing was published; trying again.",
};

/**
 * Asks the service before a press. A service that is not reached at all does not keep a seller from posting.
 * Call it only while this browser's own record knows of no earlier submit.
 * @throws TryLater, NeedsPerson, PostFailed when it did not say yes: then nothing may be pressed.
 */
export const permitByServer = async (post: PostRow, payloadHash: string, marker: string): Promise<void> => {
  if (!post.target?.fence) return;
  const ids = { p_target_id: post.target.targetId, p_fence: post.target.fence };
  const intent = await rpc("record_intent", { ...ids, p_payload_hash: payloadHash, p_marker: marker });
  if (!intent) return;
  const answered = await rpc("begin_submit", ids);
  const { permitted, reason } = answered
    ? permitSchema.parse(answered.data)
    : { permitted: false, reason: "no_answer" };
  if (permitted) return;
  // A lost answer may have said yes, now or to a run of this browser that died.
  if (reason === "no_answer" || reason === "state:submitting") await giveBackPermit(post);
  const again = PERMIT_AGAIN[reason ?? ""];
  if (again) throw new TryLater(again, new Date(Date.now() + RETRY_MS).toISOString());
  if (reason?.startsWith("fence:")) throw postedBefore(marketplaceOf(post.platform).identity.name);
  throw new PostFailed(
    `Hawker's service did not permit publishing (${reason ?? "no reason given"}). Nothing was published.`,
  );
};

export const recordAtServer = async (
  post: PostRow,
  listing: { externalId: string; url: string | null; title: string },
): Promise<string | null> => {
  if (!post.target?.fence) return null;
  const { price } = itemFor(post.item, marketplaceOf(post.platform).identity.id);
  const answered = await rpc("record_listing", {
    p_target_id: post.target.targetId,
    p_fence: post.target.fence,
    p_listing: { external_id: listing.externalId, url: listing.url, title: listing.title, price_minor: price.amountMinor, currency: price.currency, status: "active" },
  }); // prettier-ignore
  const id = z.object({ id: z.uuid() }).safeParse(answered?.data);
  return id.success ? id.data.id : null;
};

export const releaseTarget = async (post: PostRow): Promise<void> => {
  if (!post.target?.fence || !post.accountId) return;
  await rpc("release_lease", { p_account_id: post.accountId, p_fence: post.target.fence }).catch(
    (error: unknown) => {
      if (!(error instanceof PostFailed)) throw error; // it ran out by itself
    },
  );
};
