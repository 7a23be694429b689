/** Tells whoever keeps a post's record what happened, or asks for what needs its word. */
import { EVIDENCE, type Applied, type PostingEvent } from "#core/posting/index.ts";
import { drainPostingOutbox } from "./posting-outbox.ts";
import { keepPosting, playHere, readPost } from "./record.ts";
import { tellService } from "./service.ts";

/** @returns null when it was not reached: no answer is a yes or a no. Evidence is told as soon as it is. */
export const sendEvent = async (postId: string, event: PostingEvent): Promise<Applied | null> => {
  const { keeper } = await readPost(postId);
  if (keeper === "browser") return playHere(postId, event);
  return EVIDENCE.includes(event.kind) ? tellEvidence(postId, event) : askService(postId, event);
};

/** What happened in the site: on record here at once, with what the service has to hear of it. */
const tellEvidence = async (postId: string, event: PostingEvent): Promise<Applied | null> => {
  const here = await playHere(postId, event);
  if (!(await drainPostingOutbox(postId))) return null;
  const { posting } = await readPost(postId);
  return here.ok ? { ok: true, posting, reopens: null } : here;
};

/** Before it is asked it has heard everything else. */
const askService = async (postId: string, event: PostingEvent): Promise<Applied | null> => {
  if (!(await drainPostingOutbox(postId))) return null;
  const { target } = await readPost(postId);
  if (!target) return null;
  const heard = await tellService(target.targetId, event, crypto.randomUUID());
  if (heard?.heard) await keepPosting(postId, heard.heard);
  return heard?.applied ?? null;
};
