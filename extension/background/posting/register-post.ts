/** Makes the service's row for a post of which it keeps the record: from then on every browser and the cloud know of it. */
import { createJob } from "#extension/api/jobs.ts";
import { ApiError, ApiUnavailable } from "#extension/api/http.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { chosenCity, readSetting } from "#extension/store/settings.ts";
import { changePost, endHere, readPost, say } from "./record.ts";

export type Registered = "registered" | "away" | "refused";

/** Not now: the service has trouble of its own, or does not know us at the moment. */
const mayPass = ({ status }: ApiError): boolean => status === 401 || status === 429 || status >= 500;

/** What happened in the site cannot be refused any more: it is told, whatever else is going on there. */
const isPressed = async (post: PostRow): Promise<boolean> =>
  (await database.postingOutbox.where("postId").equals(post.id).toArray()).some(({ event }) =>
    ["pressed", "pressed-by-person", "said-listed", "found"].includes(event.kind),
  );

const ask = async (post: PostRow, workspaceId: string, pressed: boolean) => {
  const city = await chosenCity();
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
      ...(city ? { city } : {}),
    },
    post.id,
  );
  const [target] = job.targets;
  if (!target) throw new Error("Hawker's service made a job without a target.");
  return { jobId: job.id, targetId: target.id };
};

/** Asked before it was pressed and never answered: that request's answer is the one. */
const isAskedOtherwise = (error: unknown): boolean => error instanceof ApiError && error.status === 422;

const asking = new Map<string, Promise<Registered>>();

/** Asked by a run and by the outbox at once, it is one request. */
export const registerPost = (post: PostRow): Promise<Registered> => {
  if (post.target) return Promise.resolve("registered");
  const running = asking.get(post.id);
  if (running) return running;
  const mine = register(post).finally(() => asking.delete(post.id));
  asking.set(post.id, mine);
  return mine;
};

const register = async (post: PostRow): Promise<Registered> => {
  const auth = await readSetting("auth");
  if (!auth?.workspaceId || !post.accountId) return "away";
  const { workspaceId } = auth;
  const pressed = await isPressed(post);
  try {
    const target = await ask(post, workspaceId, pressed).catch((error: unknown) => {
      if (pressed && isAskedOtherwise(error)) return ask(post, workspaceId, false);
      throw error;
    });
    await changePost(post.id, { target, note: null });
    return "registered";
  } catch (error) {
    if (error instanceof ApiUnavailable || (error instanceof ApiError && mayPass(error))) return "away";
    if (!(error instanceof ApiError)) throw error;
    await refused(post.id, error.message);
    return "refused";
  }
};

/** The service says no: the item is listed there, or is being listed, or cannot be. */
const refused = async (postId: string, message: string): Promise<void> => {
  const post = await readPost(postId);
  await database.postingOutbox.where("postId").equals(postId).delete(); // nobody would ever hear it
  await say(post, "error", message);
  if (post.posting.state === "done") return;
  await endHere(postId, { code: "refused-by-service", message });
};
