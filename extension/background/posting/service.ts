/**
 * The service as the keeper of a post's record. Not reached, or reached and unwell, or nobody signed in: that is no answer, and
 * no answer is neither a yes nor a no.
 */
import { storable } from "#core/item/unstorable.ts";
import { EVIDENCE, type Applied, type PostingEvent } from "#core/posting/index.ts";
import { booksOf, claimOf, eventAnswerOf, type LoginBooks } from "#core/posting/wire.ts";
import { isAway } from "#extension/api/is-away.ts";
import { heardPosting, type HeardPosting } from "#extension/api/rows.ts";
import { accessToken } from "#extension/auth/account.ts";
import { supabase } from "#extension/auth/client.ts";
import { holder } from "./browser-start.ts";
import { noteRefused, tellAnew } from "./refused-target.ts";

type Refused = { refused: string; message: string };
type Answer = { data: unknown } | Refused | null;
const NOT_UNDERSTOOD = "HK400";
const NOT_THERE = "HK404";
const NOT_ALLOWED = "HK403";

/** 401 and 403 after a renewal: nobody is signed in any more. That says nothing of a post either. */
const isNoAnswer = (status: number): boolean => isAway(status) || status === 401 || status === 403;

const REFUSAL = /^HK\d{3}$/;

const call = async (name: string, args: Record<string, unknown>): Promise<Answer> => {
  if (!(await accessToken())) return null;
  const { data, error, status } = await supabase().rpc(name, storable(args));
  if (!error) return { data: data as unknown };
  if (REFUSAL.test(error.code)) return { refused: error.code, message: error.message };
  if (isNoAnswer(status)) return null;
  throw new Error(`Hawker's service did not understand "${name}": ${error.message}`, { cause: error });
};

/**
 * Whether the refusal says nothing of what was told: this person may not act there now, which their line says; or the row is not
 * there any more, and what is known of it here is told anew.
 */
const isOfTarget = async (targetId: string, { refused, message }: Refused): Promise<boolean> => {
  if (refused === NOT_ALLOWED) await noteRefused(targetId, message);
  else if (refused === NOT_THERE) await tellAnew(targetId);
  else return false;
  return true;
};

/** A press, and what came of it, is kept until a service that knows such an event hears it: this one is of another version. */
const isNotUnderstood = async (
  targetId: string,
  { kind }: PostingEvent,
  { refused, message }: Refused,
): Promise<boolean> => {
  if (refused !== NOT_UNDERSTOOD || !EVIDENCE.includes(kind) || kind === "form-stands") return false;
  await noteRefused(targetId, message);
  return true;
};

type ServiceClaim =
  | { kind: "claimed"; heard: HeardPosting; fence: number; keeperAhead: number }
  /** It is not to be driven from here now. */
  | { kind: "not-now"; reason: string; waitMs: number | null; heard: HeardPosting }
  | { kind: "refused"; message: string }
  | { kind: "away" };

export const claimAtService = async (targetId: string): Promise<ServiceClaim> => {
  const answer = await call("claim_target", {
    p_target_id: targetId,
    p_holder: await holder(),
  });
  if (answer === null) return { kind: "away" };
  if ("refused" in answer) {
    await isOfTarget(targetId, answer);
    return { kind: "refused", message: answer.message };
  }
  const claim = claimOf(answer.data);
  const heard = heardPosting(claim.row);
  if (claim.claimed)
    return { kind: "claimed", heard, fence: claim.fence, keeperAhead: claim.at - Date.now() };
  return { kind: "not-now", reason: claim.reason, waitMs: claim.waitMs, heard };
};

export type Heard = { applied: Applied; heard: HeardPosting | null };

/** @returns null when it was not heard. Told twice under one id, it counts once. */
export const tellService = async (
  targetId: string,
  event: PostingEvent,
  eventId: string,
): Promise<Heard | null> => {
  const answer = await call("posting_event", {
    p_target_id: targetId,
    p_event: event,
    p_event_id: eventId,
  });
  if (answer === null) return null;
  if ("refused" in answer) {
    const isUnheard =
      (await isOfTarget(targetId, answer)) || (await isNotUnderstood(targetId, event, answer));
    return isUnheard ? null : { applied: { ok: false, code: "state" }, heard: null };
  }
  const said = eventAnswerOf(answer.data);
  if (!said.ok) return { applied: said, heard: said.row && heardPosting(said.row) };
  const heard = heardPosting(said.row);
  return { applied: { ok: true, posting: heard.posting, reopens: null }, heard };
};

/** Null when it was not reached. */
export const serviceBooks = async (targetId: string): Promise<LoginBooks | null> => {
  const answer = await call("login_books", { p_target_id: targetId });
  if (answer === null) return null;
  if ("refused" in answer && (await isOfTarget(targetId, answer))) return null;
  if ("refused" in answer) throw new Error(`Hawker's service refused its books: ${answer.message}`);
  return booksOf(answer.data);
};

/** @returns false when it is over, or somebody else's by now. Not reached is not over. */
export const renewAtService = async (accountId: string, fence: number): Promise<boolean> => {
  const answer = await call("renew_lease", { p_account_id: accountId, p_fence: fence });
  return answer === null || !("refused" in answer);
};

export const releaseAtService = async (accountId: string, fence: number): Promise<void> => {
  await call("release_lease", { p_account_id: accountId, p_fence: fence });
};

/** How a run goes on, for whoever looks on from elsewhere. */
export const reportToService = async (
  targetId: string,
  fence: number,
  told: {
    progress?: { percent: number; message: string };
    report?: Record<string, unknown>;
  },
): Promise<void> => {
  await call("report_progress", {
    p_target_id: targetId,
    p_fence: fence,
    p_progress: told.progress ?? null,
    p_report: told.report ?? null,
    p_lines: null,
  });
};
