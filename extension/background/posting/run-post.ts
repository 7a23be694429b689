/**
 * The story of one post, restartable at every await: each part reads its state from the database and leaves it there.
 *
 * queued -> claimed -> look whether it is there already -> fill -> (review: wait for Publish) -> permit, press once
 * -> read back -> done. After the permit nothing is pressed again; only the account's own listings decide.
 */
import { marketplaceOf } from "#marketplaces/index.ts";
import type { Plan } from "#core/plan/plan.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { readSetting } from "#extension/store/settings.ts";
import { database } from "#extension/store/database.ts";
import { findListing, lookAlikes } from "./find-listing.ts";
import { judge, markListed } from "./judge.ts";
import { readOwnListings } from "./own-listings.ts";
import { changePost, say, StalePost } from "./post-store.ts";
import { hasTab, tabOf } from "./post-tab.ts";
import { NeedsPerson, postedBefore, PostFailed, TryLater } from "./problems.ts";
import { runPhase } from "./run-phase.ts";
import {
  claimTarget,
  giveBackPermit,
  moveTarget,
  permitByServer,
  registerPost,
  releaseTarget,
} from "./server-target.ts";
import { earlierSubmit, permitSubmit, resolveSubmit } from "./submit-fence.ts";
import { loadedDocument, openIn } from "./tab-document.ts";

type Tabbed = PostRow & { tabId: number };

const checkHosts = async (post: PostRow): Promise<void> => {
  const { identity } = marketplaceOf(post.platform);
  if (await chrome.permissions.contains({ origins: identity.hostPermissions })) return;
  throw new NeedsPerson(
    "host-permission",
    `Connect ${identity.name} first, so that Hawker may fill its form.`,
  );
};

const checkItem = (post: PostRow): void => {
  const [problem] = marketplaceOf(post.platform)
    .problemsOf(post.item)
    .filter(({ severity }) => severity === "error");
  if (problem) throw new PostFailed(problem.message);
};

/** Listings of other items at this account are not what we look for, however alike they are. */
const knownAsOthers = async (post: PostRow): Promise<Set<string>> => {
  const listings = await database.listings
    .filter(
      (listing) =>
        listing.platform === post.platform && listing.itemId !== null && listing.itemId !== post.itemId,
    )
    .toArray();
  return new Set(listings.flatMap((listing) => listing.externalId ?? []));
};

/** @returns null when it is there already: the post is done. */
const lookBefore = async (post: Tabbed): Promise<Tabbed | null> => {
  const marketplace = marketplaceOf(post.platform);
  await changePost(post.id, post.fence, {
    phase: "preread",
    progress: { percent: 3, message: "Looking at your listings" },
  });
  const rows = await readOwnListings(post);
  const marker = marketplace.markerOf(post.item);
  const others = await knownAsOthers(post);
  const before = lookAlikes(rows, marker).flatMap((row) =>
    others.has(row.externalId) ? [row.externalId] : [],
  );
  const found = findListing(rows, marker, [...before], null);
  if (found) {
    await say(post, "info", "It is among your listings already: nothing to post", {
      externalId: found.externalId,
    });
    await markListed(post, found);
    return null;
  }
  if (await earlierSubmit(post.opKey)) throw postedBefore(marketplace.identity.name);
  if (post.refusal) throw new PostFailed(post.refusal);
  return { ...(await changePost(post.id, post.fence, { before })), tabId: post.tabId };
};

/** @returns false when the seller published it meanwhile: then the post is judged already. */
const fill = async (post: Tabbed, goOn: boolean): Promise<boolean> => {
  const marketplace = marketplaceOf(post.platform);
  const { city } = (await readSetting("preferences")) ?? { city: "" };
  const photoIds = post.item.photos.map((photo) => photo.id).slice(0, marketplace.photos.max);
  const plan: Plan =
    (goOn ? post.plan : null) ??
    marketplace.planFor(post.item, { photoIds, ...(city ? { account: { city } } : {}) });
  const began = Date.now();
  const filling = await changePost(post.id, post.fence, {
    phase: "fill",
    plan,
    ...(goOn ? {} : { nextIndex: 0, stepReports: [] }),
    progress: { percent: 8, message: "Opening the form" },
  });
  if (!goOn) await openIn(post.tabId, plan.url);
  const end = await runPhase({ post: { ...filling, tabId: post.tabId, plan }, permit: null }, "fill");
  if (end.kind !== "complete") {
    await judgePressed({ ...filling, tabId: post.tabId, plan });
    return false;
  }
  await changePost(post.id, post.fence, (row) => ({
    phase: "ready", fillMs: (goOn ? (row.fillMs ?? 0) : 0) + Date.now() - began, documentId: end.document.documentId,
    progress: { percent: 88, message: row.mode === "review" ? "Filled: look it over and publish" : "Filled" },
  })); // prettier-ignore
  return true;
};

const hashOf = async (value: unknown): Promise<string> => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(value)));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

/** What goes on record before a press: the payload's hash, and how the listing is found again. */
const submitted = async (post: PostRow & { plan: Plan }): Promise<[payloadHash: string, marker: string]> => [
  await hashOf([post.plan, post.item.photos.map((photo) => photo.sha256)]),
  JSON.stringify({ ...marketplaceOf(post.platform).markerOf(post.item), before: post.before }),
];

const submit = async (post: Tabbed & { plan: Plan }): Promise<void> => {
  const marketplace = marketplaceOf(post.platform);
  const document = await loadedDocument(post.tabId, { frameHost: post.plan.frameHost });
  if (document.documentId !== post.documentId) {
    throw new NeedsPerson(
      "tab-closed",
      `The ${marketplace.identity.name} form was left since it was filled. Press Continue to fill it again.`,
    );
  }
  const permit = async (): Promise<void> => {
    if (await earlierSubmit(post.opKey)) throw postedBefore(marketplace.identity.name);
    await permitByServer(post, ...(await submitted(post)));
    const permitted = await permitSubmit(post).catch(async (error: unknown) => {
      if (!(error instanceof StalePost)) await giveBackPermit(post); // whoever took the post over may hold the permit now
      throw error;
    });
    if (!permitted) throw postedBefore(marketplace.identity.name);
  };
  const end = await runPhase({ post, permit }, "submit");
  if (end.kind === "pressed") return judgePressed(post);
  // Asked for and not used: nothing was pressed.
  await resolveSubmit(post.opKey, "absent");
  await changePost(post.id, post.fence, { state: "filling", phase: "ready" });
  await giveBackPermit(post);
  if (end.kind === "void" && end.why !== "form-changed")
    throw new TryLater("Publishing took too long to start. Nothing was published; trying again.", soon());
  throw new NeedsPerson(
    "field",
    `${marketplace.identity.name}'s form changed just before publishing. Nothing was published. Look at its tab, then press Continue.`,
  );
};

/** Pressed, by Hawker or by the seller on the site: on record as a submit in either case, then judged. */
const judgePressed = async (post: Tabbed & { plan: Plan }): Promise<void> => {
  if (!(await earlierSubmit(post.opKey))) {
    await say(post, "info", "You published it on the site yourself");
    await permitByServer(post, ...(await submitted(post))).catch((error: unknown) =>
      say(post, "warn", `The service could not record it: ${String(error)}`),
    );
    await permitSubmit(post);
  }
  await judge(post);
};

const RETRY_MS = 5_000;
const soon = (): string => new Date(Date.now() + RETRY_MS).toISOString();

/** What is left to do for a post that is claimed: everything, or the part after a handoff or after Publish. */
export type Part = "start" | "go-on" | "publish";

/** @throws NeedsPerson, PostFailed, TryLater, StalePost, BrowserGone, PageUnreadable: the caller settles the post by it. */
export const runPost = async (claimed: PostRow, part: Part): Promise<void> => {
  await checkHosts(claimed);
  checkItem(claimed);
  const registered = await claimTarget(await registerPost(claimed));
  const filling =
    registered.state === "filling"
      ? registered
      : await changePost(registered.id, registered.fence, {
          state: "filling",
          startedAt: registered.startedAt ?? new Date().toISOString(),
        });
  await moveTarget(filling, ["claimed", "filling"], "filling", {
    progress: { percent: 5, message: "Opening the site" },
  });
  const sameTab = part !== "start" && (await hasTab(filling));
  let post: Tabbed = await tabOf(filling);

  if (part !== "publish" || !sameTab) {
    if (!sameTab) {
      const looked = await lookBefore(post);
      if (!looked) return;
      post = looked;
    }
    if (!(await fill(post, sameTab))) return;
  }
  const ready = await changePost(post.id, post.fence, {});
  if (ready.mode === "review" && !ready.publishAsked) {
    await say(ready, "info", "Filled. Waiting for you to publish");
    await moveTarget(ready, ["filling"], "needs_human", {
      state_reason: "Ready to publish: look it over and publish it in your browser.",
      report: reportOf(ready),
      progress: { percent: 88, message: "Ready to publish" },
    });
    await releaseTarget(ready);
    return;
  }
  if (!ready.plan) throw new PostFailed("The form was not filled.");
  await submit({ ...ready, tabId: post.tabId, plan: ready.plan });
};

export const reportOf = (post: PostRow): Record<string, unknown> => ({
  marketplace: post.platform,
  steps: post.stepReports,
  fillMs: post.fillMs,
});
