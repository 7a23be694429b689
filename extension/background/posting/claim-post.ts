/** The right to drive a post now, from whoever keeps its record, and keeping it while a run lasts. */
import { keepLease } from "#core/host/index.ts";
import { isFinal, SECOND_MS } from "#core/posting/index.ts";
import { database } from "#extension/store/database.ts";
import { handOver, handOverTables } from "#extension/store/hand-over.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { drainPostingOutbox } from "./posting-outbox.ts";
import { giveLoginLeaseBack, renewLoginLease, takeLoginLease } from "./login-lease.ts";
import { accountAtService, changePost, keepPosting, loginOf, playHere, readPost } from "./record.ts";
import { registerPost } from "./register-post.ts";
import { sessionNow } from "./session-clock.ts";
import { claimAtService, releaseAtService, renewAtService } from "./service.ts";

export type Claimed =
  /** `keeperAhead`: by how much the keeper's clock is ahead of this one. */
  | { kind: "claimed"; post: PostRow; fence: number; keeperAhead: number }
  /** Somebody else drives the login, or it is not due: tried again at `at`, by the wall clock. */
  | { kind: "later"; at: number }
  /** The service was not reached. */
  | { kind: "away" }
  /** It is over, or another browser's. */
  | { kind: "not-ours" };

const RETRY_MS = 30_000;
const SOON_MS = 1_000;

export const claimPost = async (before: PostRow): Promise<Claimed> => {
  const post = await keptRightly(before);
  return post.keeper === "service" ? claimFromService(post) : claimHere(post);
};

/** Begun, or tried again, while the service came to know its login: from then on the record is the service's. */
const keptRightly = async (post: PostRow): Promise<PostRow> => {
  const account = await accountAtService(post);
  if (post.keeper === "service" || !account) return post;
  await database.transaction("rw", handOverTables(database), () => handOver(database, account));
  return readPost(post.id);
};

const claimFromService = async (post: PostRow): Promise<Claimed> => {
  const registered = await registerPost(post);
  if (registered !== "registered") return { kind: registered === "away" ? "away" : "not-ours" };
  // What it has not heard yet is ahead of what it would say.
  if (!(await drainPostingOutbox(post.id))) return { kind: "away" };
  const { target, posting } = await readPost(post.id);
  if (isFinal(posting)) return { kind: "not-ours" }; // cancelled while the service was asked
  if (!target) return { kind: "away" };
  const claim = await claimAtService(target.targetId);
  if (claim.kind === "away") return claim;
  if (claim.kind === "refused") {
    const note = { code: "refused-by-service", message: claim.message } as const;
    // Without its row it is asked for anew. The other posts of the site go first.
    await changePost(post.id, (now) => (now.target ? { note } : {}));
    return { kind: "later", at: Date.now() + RETRY_MS };
  }
  const kept = await keepPosting(post.id, claim.heard);
  if (claim.kind === "claimed") {
    if (kept.posting.fence === claim.fence) return { ...claim, post: kept };
    // Something happened to it meanwhile, of which the service has to hear before it is driven.
    await releaseAtService(post.accountId ?? "", claim.fence);
    return { kind: "later", at: Date.now() + SOON_MS };
  }
  if (claim.reason !== "account_busy" && claim.reason !== "not_due") return { kind: "not-ours" };
  if (claim.reason === "account_busy") await changePost(post.id, { note: { code: "busy" } });
  return { kind: "later", at: Date.now() + Math.min(RETRY_MS, Math.max(SOON_MS, claim.waitMs ?? 0)) };
};

const sessionAhead = async (): Promise<number> => (await sessionNow()) - Date.now();

const claimHere = async (post: PostRow): Promise<Claimed> => {
  const login = loginOf(post);
  const lease = await takeLoginLease(login, post.posting);
  if (!lease) return { kind: "later", at: Date.now() + RETRY_MS };
  const { fence } = lease;
  if (post.posting.fence === fence)
    return { kind: "claimed", post, fence, keeperAhead: await sessionAhead() };
  if (post.posting.fence !== null) await playHere(post.id, { kind: "lapse" });
  const applied = await playHere(post.id, { kind: "claim", driver: "tab", fence: lease.fence });
  const claimed = await readPost(post.id);
  if (applied.ok && claimed.posting.fence === lease.fence) {
    return { kind: "claimed", post: claimed, fence, keeperAhead: await sessionAhead() };
  }
  await giveLoginLeaseBack(login, lease.fence);
  if (applied.ok || applied.code !== "not-due") return { kind: "not-ours" };
  return {
    kind: "later",
    at: Date.now() + Math.max(SECOND_MS, claimed.posting.dueAt - (await sessionNow())),
  };
};

/**
 * Renews until it is stopped, which gives the lease back.
 * @param lost the lease is over, or somebody else's by now.
 */
export const keepClaim = (post: PostRow, fence: number, lost: () => void): (() => Promise<void>) => {
  const { accountId, keeper } = post;
  const renew = async (): Promise<boolean> =>
    keeper === "service"
      ? renewAtService(accountId ?? "", fence)
      : renewLoginLease(loginOf(await readPost(post.id)), fence);
  const failed = (error: unknown) => console.info("The lease could not be renewed; it lasts a while.", error);
  const stop = keepLease({ renew, lost, failed });
  return async () => {
    stop();
    if (keeper === "service") await releaseAtService(accountId ?? "", fence);
    else await giveLoginLeaseBack(loginOf(await readPost(post.id)), fence);
  };
};
