/** One run of one post: claim it, carry it as far as it goes now, give the claim back. */
import { carryOut, ServiceAway } from "#core/host/index.ts";
import { claimPost, keepClaim } from "./claim-post.ts";
import { Ended } from "./endings.ts";
import { fillForHand } from "./fill-for-hand.ts";
import { tabHands } from "./hands.ts";
import { changePost, readPost } from "./record.ts";

/** A record that still says it is due would be refused again at once; what changes it is an event, and comes sooner. */
const REFUSED_MS = 30_000;

/** @returns when to try again what somebody or something else holds up, by the wall clock; null: the record says. */
export const runPost = async (postId: string, signal: AbortSignal): Promise<number | null> => {
  const post = await readPost(postId);
  const claim = await claimPost(post);
  switch (claim.kind) {
    case "later":
      return claim.at;
    case "not-ours":
      return Date.now() + REFUSED_MS;
    case "away":
      return fillForHand(await readPost(postId), signal);
    case "claimed":
      break;
  }
  const { fence, keeperAhead } = claim;
  const lost = new AbortController();
  const release = keepClaim(claim.post, fence, () => lost.abort(new Ended({ code: "interrupted" })));
  const until = AbortSignal.any([signal, lost.signal]);
  try {
    const claimed = await changePost(postId, { note: null });
    await carryOut(tabHands({ post: claimed, fence, signal: until }), claim.post.posting, keeperAhead);
    return null;
  } catch (error) {
    if (!(error instanceof ServiceAway)) throw error;
  } finally {
    await release().catch((error: unknown) =>
      console.info("The lease was not given back; it ends by itself.", error),
    );
  }
  return fillForHand(await readPost(postId), signal);
};
