/** Makes the service's row for a post of which it keeps the record: from then on every browser and the cloud know of it. */
import { createJob } from "#extension/api/jobs.ts";
import { ApiError, ApiUnavailable } from "#extension/api/http.ts";
import { isAway } from "#extension/api/is-away.ts";
import { isFinal, isForgotten, policyOf, pressedByPerson, type PostingEvent } from "#core/posting/index.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import { database } from "#extension/store/database.ts";
import { forgetPresses, lastPress } from "#extension/store/presses.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { readSetting } from "#extension/store/settings.ts";
import { at, changePost, endHere, formStands, isOfPress, isOnlyHere, readPost, say } from "./record.ts";

export type Registered =
  | "registered"
  | "away"
  | "refused"
  /** It ended before the service was asked: there is nothing to tell it. */
  | "over";

/** Not now: the service has trouble of its own, or does not know us at the moment. */
const mayPass = ({ status }: ApiError): boolean => isAway(status) || status === 401;

/** What happened in the site cannot be refused any more: it is told, whatever else is going on there. */
const isPressed = async (post: PostRow): Promise<boolean> =>
  (await database.postingOutbox.where("postId").equals(post.id).toArray()).some(({ event }) =>
    isOfPress(event),
  );

/** That it is asked is on record before it is: whoever cancels it from now on tells the service too. */
const aboutToAsk = (postId: string): Promise<PostRow["asked"]> =>
  database.transaction("rw", database.posts, database.postingOutbox, async () => {
    const post = await readPost(postId);
    if (post.asked) return post.asked;
    if (isFinal(post.posting) && (await isOnlyHere(post))) return null;
    const asked = { key: crypto.randomUUID() };
    await database.posts.put({ ...post, asked });
    return asked;
  });

const ask = async (
  post: PostRow,
  { key }: NonNullable<PostRow["asked"]>,
  workspaceId: string,
  pressed: boolean,
) => {
  const job = await createJob(
    {
      workspaceId,
      action: "list",
      item: post.item,
      targets: [{ accountId: post.accountId ?? "", platform: post.platform }],
      driver: "tab",
      mode: post.posting.mode,
      again: post.posting.isBeside,
      pressed,
      ...(post.city ? { city: post.city } : {}),
    },
    key,
  );
  const [target] = job.targets;
  if (!target) throw new Error("Hawker's service made a job without a target.");
  return { jobId: job.id, targetId: target.id };
};

/** Asked before it was pressed and never answered: that request's answer is the one. */
const isAskedOtherwise = (error: unknown): boolean => error instanceof ApiError && error.status === 422;

/** Programs are told the id of the job that is in the way; a person finds it by its item. */
const forPerson = (message: string): string =>
  message.replace(/It is job [0-9a-f-]{36}\./, "It is on the Jobs page.");

const asking = new Map<string, Promise<Registered>>();

/** Asked by a run and by the outbox at once, it is one request. */
export const registerPost = (post: PostRow): Promise<Registered> => {
  if (post.target && !post.hasOldPresses) return Promise.resolve("registered");
  const running = asking.get(post.id);
  if (running) return running;
  const mine = (post.target ? beginsAnew(post.id) : register(post)).finally(() => asking.delete(post.id));
  asking.set(post.id, mine);
  return mine;
};

/**
 * The new row has to hear of a form that may stand before a person, and of a press that this browser made and a power cut took from
 * its record. The other presses it was told of; attempts under its own permits begin anew.
 */
const registered = async (before: PostRow, target: NonNullable<PostRow["target"]>): Promise<void> => {
  const wasForgotten = isForgotten(await lastPress(before.id), before.posting);
  await database.transaction("rw", database.posts, database.postingOutbox, async () => {
    const { id, platform, item, posting } = await changePost(before.id, {
      target,
      note: null,
      hasOldPresses: true,
    });
    const tell = async (event: PostingEvent) => {
      await database.postingOutbox.add({ postId: id, eventId: crypto.randomUUID(), event, at: at() });
    };
    if (posting.filledAt !== null) await tell(formStands(before));
    const marketplace = marketplaceOf(platform);
    if (wasForgotten) await tell(pressedByPerson(marketplace.markerOf(item), policyOf(marketplace), null));
  });
  await beginsAnew(before.id);
};

/** Its row counts attempts from one: a press of the old numbering would be taken for one of the new. */
const beginsAnew = async (postId: string): Promise<"registered"> => {
  await forgetPresses(postId);
  await changePost(postId, { hasOldPresses: false });
  return "registered";
};

const register = async (post: PostRow): Promise<Registered> => {
  const auth = await readSetting("auth");
  if (!auth?.workspaceId || !post.accountId) return "away";
  const { workspaceId } = auth;
  const asked = await aboutToAsk(post.id);
  if (!asked) return "over";
  const pressed = await isPressed(post);
  try {
    const target = await ask(post, asked, workspaceId, pressed).catch((error: unknown) => {
      if (pressed && isAskedOtherwise(error)) return ask(post, asked, workspaceId, false);
      throw error;
    });
    await registered(post, target);
    return "registered";
  } catch (error) {
    if (error instanceof ApiUnavailable || (error instanceof ApiError && mayPass(error))) return "away";
    if (!(error instanceof ApiError)) throw error;
    // What was pressed is never dropped: whoever may not post there now may be allowed to again.
    if (pressed && (error.status === 403 || isAskedOtherwise(error))) {
      await changePost(post.id, { note: { code: "refused-by-service", message: error.message } });
      return "away";
    }
    const message = forPerson(error.message);
    await say(post, "error", message);
    await endHere(post.id, { code: "refused-by-service", message });
    return "refused";
  }
};
