/** Who does what for each message. */
import { authState, forgotPassword, signIn, signOut, signUp } from "#extension/auth/account.ts";
import { cancelJob, createJob, readJob, retryJob } from "#extension/api/jobs.ts";
import { syncNow } from "#extension/api/sync.ts";
import { callApi } from "#extension/api/http.ts";
import { verifyResponseSchema } from "#core/api/platform.ts";
import type { Handlers } from "#extension/messages/listen.ts";
import { MessageError } from "#extension/messages/send.ts";
import type { Request, Response } from "#extension/messages/table.ts";
import { database } from "#extension/store/database.ts";
import { readSetting, writeSetting } from "#extension/store/settings.ts";
import { confirmConnect, previewConnect } from "./connect/connect-account.ts";
import { disconnectAccount } from "./connect/disconnect-account.ts";
import { crosspostFromPage, photoFromPage } from "./crosspost.ts";
import { isOwnListing, noteOwnIds } from "./own-ids.ts";
import {
  cancelPost,
  openPostTab,
  pausePost,
  publishPost,
  resumePost,
  retryPost,
  settleByPerson,
} from "./posting/commands.ts";
import { schedulePosts } from "./posting/scheduler.ts";
import { startPosts } from "./posting/start-posts.ts";
import { syncSoon } from "./sync-soon.ts";

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
  await syncNow();
  const waiting = await database.outbox.where("itemId").equals(item.id).first();
  if (waiting)
    throw new MessageError(
      "unsent",
      `This item could not be sent to the cloud yet${waiting.lastError ? `: ${waiting.lastError}` : ""}. Try again when you are online.`,
    );
  const job = await createJob(
    {
      workspaceId: auth.workspaceId,
      action: "list",
      item,
      targets,
      driver: "cloud",
      mode: request.mode,
      ...(request.runAt ? { runAt: request.runAt } : {}),
    },
    request.idempotencyKey,
  );
  await syncSoon();
  return { jobId: job.id };
};

const verifyAccount = async (accountId: string): Promise<Response<"account.verify">> => {
  const account = await database.accounts.get(accountId);
  if (!account) throw new MessageError("not-found", "This account is no longer here.");
  if (account.localOnly) {
    const preview = await previewConnect(account.platform);
    const isIt = preview.signedIn && preview.handle === account.handle;
    await database.accounts.update(accountId, {
      status: isIt ? "connected" : "expired", statusReason: isIt ? null : "This browser is not signed in with this account.", lastVerifiedAt: new Date().toISOString(),
    }); // prettier-ignore
    return { jobId: null };
  }
  const { jobId } = await callApi(`/api/platform/${accountId}/verify`, verifyResponseSchema, {
    method: "POST",
    body: {},
  });
  await syncSoon();
  return { jobId };
};

export const handlers: Handlers = {
  "auth.signUp": async (request) => {
    const answer = await signUp(request);
    await syncSoon();
    return answer;
  },
  "auth.signIn": async (request) => {
    const answer = await signIn(request);
    await syncSoon();
    return answer;
  },
  "auth.signOut": async () => {
    await signOut();
    await syncSoon();
    return DONE;
  },
  "auth.forgot": async ({ email }) => {
    await forgotPassword(email);
    return DONE;
  },
  "auth.state": async () => {
    await syncSoon();
    return { auth: await authState() };
  },

  "post.start": async (request) => {
    const postIds = await startPosts(request);
    await schedulePosts();
    return { postIds };
  },
  "post.publish": ({ postId }) => publishPost(postId),
  "post.pause": ({ postId }) => pausePost(postId),
  "post.resume": ({ postId }) => resumePost(postId),
  "post.cancel": ({ postId }) => cancelPost(postId),
  "post.retry": ({ postId }) => retryPost(postId),
  "post.openTab": ({ postId }) => openPostTab(postId),
  "post.settle": ({ postId, isThere }) => settleByPerson(postId, isThere),

  "connect.preview": ({ platform }) => previewConnect(platform),
  "connect.confirm": confirmConnect,
  "account.verify": ({ accountId }) => verifyAccount(accountId),
  "account.disconnect": async ({ accountId }) => {
    await disconnectAccount(accountId);
    return DONE;
  },

  "jobs.schedule": scheduleJob,
  "jobs.cancel": async ({ jobId }) => {
    await cancelJob(jobId);
    await syncSoon();
    return DONE;
  },
  "jobs.retry": async ({ jobId }) => {
    await retryJob(jobId);
    await syncSoon();
    return DONE;
  },
  "jobs.refresh": async ({ jobId }) => {
    if (jobId) await readJob(jobId);
    else await syncNow(["listing_jobs", "job_targets", "listing_job_events"]);
    return DONE;
  },

  "sync.now": async () => {
    await syncSoon();
    return DONE;
  },
  "sidepanel.open": async ({ itemId, windowId }) => {
    const opening = chrome.sidePanel.open({ windowId }); // in the turn of the gesture
    if (itemId) await writeSetting("panel", { itemId, from: null, at: new Date().toISOString() });
    await opening;
    return DONE;
  },

  "content.crosspost": crosspostFromPage,
  "content.ownIds": noteOwnIds,
  "content.isOwn": isOwnListing,
  "content.photo": photoFromPage,
};
