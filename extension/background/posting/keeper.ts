/** Tells whoever keeps a post's record what happened, or asks for what needs its word. */
import { EVIDENCE, type Applied, type PostingEvent } from "#core/posting/index.ts";
import { drainPostingOutbox } from "./posting-outbox.ts";
import { keepPosting, playHere, readPost } from "./record.ts";
import { tellService, type Heard } from "./service.ts";
import { tellDecision } from "./unheard.ts";

/** @returns null when it was not reached: no answer is a yes or a no. Evidence is told as soon as it is. */
export const sendEvent = async (postId: string, event: PostingEvent): Promise<Applied | null> => {
  const { keeper } = await readPost(postId);
  if (keeper === "browser") return playHere(postId, event);
  return EVIDENCE.includes(event.kind) ? tellEvidence(postId, event) : askService(postId, event, tellRun);
};

/** What a person decided, of a post whose record the service keeps. @returns null when there was no answer. */
export const sendDecision = (postId: string, event: PostingEvent): Promise<Applied | null> =>
  askService(postId, event, tellDecision);

type Tell = (targetId: string, event: PostingEvent) => Promise<Heard | null>;

/** A run that heard no answer begins anew from the record. */
const tellRun: Tell = (targetId, event) => tellService(targetId, event, crypto.randomUUID());

/** What happened in the site: on record here at once, with what the service has to hear of it. */
const tellEvidence = async (postId: string, event: PostingEvent): Promise<Applied | null> => {
  const here = await playHere(postId, event);
  if (!(await drainPostingOutbox(postId))) return null;
  const { posting } = await readPost(postId);
  return here.ok ? { ok: true, posting, reopens: null } : here;
};

/** Before it is asked it has heard everything else. */
const askService = async (postId: string, event: PostingEvent, tell: Tell): Promise<Applied | null> => {
  if (!(await drainPostingOutbox(postId))) return null;
  const { target } = await readPost(postId);
  if (!target) return null;
  const heard = await tell(target.targetId, event);
  if (heard?.heard) await keepPosting(postId, heard.heard);
  return heard?.applied ?? null;
};
