/** Who does what for each message. */
import { answersTo, sameLogin, type PostingEvent } from "#core/posting/index.ts";
import type { Handlers } from "#extension/messages/listen.ts";
import { MessageError } from "#extension/messages/send.ts";
import type { Request, Response } from "#extension/messages/table.ts";
import { knownAuth } from "#extension/auth/known-auth.ts";
import { database } from "#extension/store/database.ts";
import { isForCloud } from "#extension/store/for-cloud.ts";
import type { AccountRow } from "#extension/store/rows.ts";
import { chosenCity, readSetting } from "#extension/store/settings.ts";
import { crosspostFromPage, photoFromPage } from "./crosspost.ts";
import { isOwnListing, noteOwnIds } from "./own-ids.ts";
import { syncSoon } from "./sync-soon.ts";

// Evaluated when first asked for (start-background.ts). What opens the side panel is not among them: it needs the gesture,
// which is gone after an await.
const account = () => import("#extension/auth/account.ts");
const resetting = () => import("#extension/auth/reset-password.ts");
const api = () => import("#extension/api/http.ts");
const jobs = () => import("#extension/api/jobs.ts");
const sync = () => import("#extension/api/sync.ts");
const posts = () => import("./posting/commands.ts");

const DONE = { ok: true } as const;

/** A cloud job needs the item and its photos at the service first. */
const scheduleJob = async (request: Request<"jobs.schedule">): Promise<Response<"jobs.schedule">> => {
  const [auth, item, accounts] = await Promise.all([
    readSetting("auth"),
    database.items.get(request.itemId),
    database.accounts.bulkGet(request.accountIds),
  ]);
  if (!auth?.workspaceId) throw new MessageError("signed-out", "Sign in to Hawker to use the cloud.");
  if (!item || item.deletedAt)
    throw new MessageError("not-found", "This item is no longer here. Reload the inventory.");
  const targets = accounts.flatMap((account) =>
    account ? [{ accountId: account.id, platform: account.platform }] : [],
  );
  if (targets.length !== request.accountIds.length)
    throw new MessageError("not-found", "One of these accounts is no longer connected.");
  if (accounts.some((account) => account?.localOnly))
    throw new MessageError(
      "not-in-cloud",
      "One of these accounts is known to this browser only. Connect it with the cloud allowed.",
    );
  await (await sync()).syncNow();
  const waiting = await database.outbox.where("itemId").equals(item.id).first();
  if (waiting)
    throw new MessageError(
      "unsent",
      `This item could not be sent to the cloud yet${waiting.lastError ? `: ${waiting.lastError}` : ""}. Try again when you are online.`,
    );
  const { createJob } = await jobs();
  const city = await chosenCity();
  const job = await createJob(
    {
      workspaceId: auth.workspaceId,
      action: "list",
      item,
      targets,
      driver: "cloud",
      mode: request.mode,
      again: request.again,
      ...(request.runAt ? { runAt: request.runAt } : {}),
      ...(city ? { city } : {}),
    },
    request.idempotencyKey,
  );
  await syncSoon();
  return { jobId: job.id };
};

const verifyAccount = async (accountId: string): Promise<Response<"account.verify">> => {
  const known = await database.accounts.get(accountId);
  if (!known) throw new MessageError("not-found", "This account is no longer here.");
  // What the cloud may not or cannot use is looked at here, where it is used.
  if (!isForCloud(known)) {
    await verifyHere(known);
    return { jobId: null };
  }
  if (await goOnChecking(accountId)) return { jobId: null };
  const [{ callApi }, { verifyResponseSchema }] = await Promise.all([api(), import("#core/api/platform.ts")]);
  const { jobId } = await callApi(`/api/platform/${accountId}/verify`, verifyResponseSchema, {
    method: "POST",
    body: {},
  });
  await syncSoon();
  return { jobId };
};

const verifyHere = async ({ id, platform, loginId }: AccountRow): Promise<void> => {
  const { previewConnect } = await import("./connect/connect-account.ts");
  const { login } = await previewConnect(platform);
  const isIt = login !== null && sameLogin(login, loginId);
  await database.accounts.update(id, {
    status: isIt ? "connected" : "expired",
    statusReason: isIt ? null : "This browser is not signed in with this account.",
    lastVerifiedAt: new Date().toISOString(),
  });
};

/** A check that waits for a person, because nobody came for it in time: pressing the button again is the answer. */
const goOnChecking = async (accountId: string): Promise<boolean> => {
  const waits = await database.targets
    .filter(
      ({ accountId: of, posting }) =>
        of === accountId && posting.action === "verify" && answersTo(posting).includes("go-on"),
    )
    .first();
  if (!waits) return false;
  const question = waits.posting.question?.number ?? 0;
  await decideTarget(waits.id, { kind: "answer", question, answer: { kind: "go-on" } });
  return true;
};

const decideTarget = async (targetId: string, event: PostingEvent): Promise<typeof DONE> => {
  const done = await (await posts()).decideTarget(targetId, event);
  await syncSoon();
  return done;
};

export const handlers: Handlers = {
  "auth.signUp": async (request) => {
    const answer = await (await account()).signUp(request);
    await syncSoon();
    return answer;
  },
  "auth.signIn": async (request) => {
    const answer = await (await account()).signIn(request);
    await syncSoon();
    return answer;
  },
  "auth.signOut": async () => {
    await (await account()).signOut();
    await syncSoon();
    return DONE;
  },
  "auth.forgot": async ({ email }) => {
    await (await resetting()).forgotPassword(email);
    return DONE;
  },
  "auth.reset": async (request) => {
    const answer = await (await resetting()).resetPassword(request);
    await syncSoon();
    return answer;
  },
  "auth.keepPassword": async () => {
    await (await resetting()).keepOldPassword();
    return DONE;
  },
  "auth.state": async () => {
    const known = await knownAuth();
    const auth = known === undefined ? await (await account()).authState() : known;
    await syncSoon();
    return { auth };
  },

  "post.start": async (request) => {
    const { startPosts } = await import("./posting/start-posts.ts");
    const { schedulePosts } = await import("./posting/scheduler.ts");
    const started = await startPosts(request);
    await schedulePosts();
    return started;
  },
  "post.publish": async (request) => (await posts()).publishPost(request),
  "post.pause": async ({ postId }) => (await posts()).pausePost(postId),
  "post.resume": async ({ postId, question }) => (await posts()).resumePost(postId, question),
  "post.cancel": async ({ postId }) => (await posts()).cancelPost(postId),
  "post.retry": async ({ postId }) => (await posts()).retryPost(postId),
  "post.openTab": async ({ postId }) => (await posts()).openPostTab(postId),
  "post.answer": async ({ postId, question, answer }) => (await posts()).answerPost(postId, question, answer),

  "target.answer": ({ targetId, question, answer }) =>
    decideTarget(targetId, { kind: "answer", question, answer }),
  "target.publish": ({ targetId, question }) =>
    decideTarget(targetId, { kind: "answer", question, answer: { kind: "publish", hash: null } }),
  "target.cancel": ({ targetId }) => decideTarget(targetId, { kind: "cancel" }),
  "target.retry": ({ targetId }) => decideTarget(targetId, { kind: "retry" }),
  "target.takeOver": async ({ targetId }) => {
    const taken = await (await posts()).takeOverTarget(targetId);
    await syncSoon();
    return taken;
  },

  "connect.preview": async ({ platform }) =>
    (await import("./connect/connect-account.ts")).previewConnect(platform),
  "connect.confirm": async (request) =>
    (await import("./connect/connect-account.ts")).confirmConnect(request),
  "account.verify": ({ accountId }) => verifyAccount(accountId),
  "account.disconnect": async ({ accountId }) => {
    const { disconnectAccount } = await import("./connect/disconnect-account.ts");
    await disconnectAccount(accountId);
    return DONE;
  },

  "jobs.schedule": scheduleJob,
  "jobs.cancel": async ({ jobId }) => {
    await (await jobs()).cancelJob(jobId);
    await syncSoon();
    return DONE;
  },
  "jobs.refresh": async ({ jobId }) => {
    if (jobId) await (await jobs()).readJob(jobId);
    else await (await sync()).syncNow(["listing_jobs", "job_targets", "listing_job_events"]);
    return DONE;
  },

  "sync.now": async () => {
    await syncSoon();
    return DONE;
  },

  "content.crosspost": crosspostFromPage,
  "content.ownIds": noteOwnIds,
  "content.isOwn": isOwnListing,
  "content.photo": photoFromPage,
};
