/**
 * After the press. Done takes the listing in the account's own list; else the post is `unknown` and is looked at again over
 * the marketplace's settle window. Nothing here presses anything.
 */
import { DocumentGone } from "#core/host/index.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import type { Outcome, StopSign } from "#core/plan/plan.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { findListing } from "./find-listing.ts";
import { readOwnListings } from "./own-listings.ts";
import { changePost, say } from "./post-store.ts";
import { NeedsPerson, stopped } from "./problems.ts";
import { moveTarget, recordAtServer, releaseTarget } from "./server-target.ts";
import { resolveSubmit } from "./submit-fence.ts";
import { askEngine, loadedDocument } from "./tab-document.ts";

type Tabbed = PostRow & { tabId: number };
type Found = { externalId: string; url: string | null; title: string };

const OUTCOME_MS = 20_000;
const AGREEING_ABSENCES = 3;
const MAX_ATTEMPTS = 2;

/** The listing is there: on record here and at the service, and the post is done. */
export const markListed = async (post: PostRow, found: Found): Promise<void> => {
  const url = found.url ?? marketplaceOf(post.platform).identity.urls.listing(found.externalId);
  const at = new Date().toISOString();
  const serverId = await recordAtServer(post, { ...found, url });
  await database.transaction("rw", database.posts, database.listings, database.submitFences, async () => {
    await resolveSubmit(post.opKey, "confirmed");
    await changePost(post.id, post.fence, {
      state: "done", phase: "settled", stateReason: null, handoff: null, verify: null,
      externalId: found.externalId, listingUrl: url, progress: { percent: 100, message: "Listed" },
    }); // prettier-ignore
    const known = await database.listings
      .filter((one) => one.platform === post.platform && one.externalId === found.externalId)
      .first();
    await database.listings.put({
      id: serverId ?? known?.id ?? crypto.randomUUID(), itemId: post.itemId, accountId: post.accountId, platform: post.platform,
      externalId: found.externalId, url, title: found.title, status: "active", firstSeenAt: known?.firstSeenAt ?? at, lastSeenAt: at,
    }); // prettier-ignore
    if (known && serverId && known.id !== serverId) await database.listings.delete(known.id);
  });
  if (post.state !== "done") await say(post, "info", "Listed", { externalId: found.externalId, url });
  const told = await moveTarget(post, ["claimed", "filling", "submitting", "unknown", "needs_human"], "done", {
    ...(serverId ? { listing_id: serverId } : {}), submit_outcome: "confirmed", report: { marketplace: post.platform, steps: post.stepReports, fillMs: post.fillMs, url }, progress: { percent: 100, message: "Listed" },
  }); // prettier-ignore
  if (told && serverId) await changePost(post.id, post.fence, { reported: true });
  await releaseTarget(post);
};

type Seen = Outcome | { kind: "stopped"; stop: StopSign };

const outcomeOn = async (post: Tabbed): Promise<Seen> => {
  for (let documents = 0; documents < 8; documents += 1) {
    try {
      const document = await loadedDocument(post.tabId, { frameHost: post.plan?.frameHost });
      return await askEngine(document, "outcome", post.platform, OUTCOME_MS);
    } catch (error) {
      if (!(error instanceof DocumentGone)) throw error;
    }
  }
  return { kind: "unknown", message: "The page kept changing." };
};

/** Right after the press, in the same run. */
export const judge = async (post: Tabbed): Promise<void> => {
  const { identity } = marketplaceOf(post.platform);
  await changePost(post.id, post.fence, {
    phase: "readback",
    progress: { percent: 93, message: "Checking that it is listed" },
  });
  const seen = await outcomeOn(post);
  if (seen.kind === "stopped") {
    await becomeUnknown(post, `${identity.name} showed a ${seen.stop.kind} page after publishing.`, null);
    throw stopped(seen.stop, identity.name);
  }
  const named = seen.kind === "listed" ? seen.externalId : null;
  if (named)
    await changePost(post.id, post.fence, {
      externalId: named,
      listingUrl: seen.kind === "listed" ? seen.url : null,
    });
  if (seen.kind === "rejected") {
    await say(post, "warn", `${identity.name} did not take it: ${seen.message}`);
    const rows = await readOwnListings(post);
    const there = findListing(rows, marketplaceOf(post.platform).markerOf(post.item), post.before, null);
    if (there) return markListed(post, there);
    await resolveSubmit(post.opKey, "absent");
    await moveTarget(post, ["submitting"], "needs_human", {
      submit_outcome: "absent",
      state_reason: `The site refused it: ${seen.message}`,
    });
    throw new NeedsPerson("field", `${identity.name} did not take it: ${seen.message}`);
  }
  const rows = await readOwnListings(post);
  const found = findListing(rows, marketplaceOf(post.platform).markerOf(post.item), post.before, named);
  if (found)
    return markListed(post, { ...found, url: (seen.kind === "listed" ? seen.url : null) ?? found.url });
  await becomeUnknown(
    post,
    seen.kind === "listed"
      ? `${identity.name} says it is posted; its list does not show it yet.`
      : `${identity.name} did not say whether it was posted.`,
    named,
  );
};

/** May have been posted: looked at again when due. */
export const becomeUnknown = async (post: PostRow, reason: string, named: string | null): Promise<void> => {
  const [first = 5_000] = marketplaceOf(post.platform).account.settle.lookMs;
  await database.transaction("rw", database.posts, database.submitFences, async () => {
    await resolveSubmit(post.opKey, "unknown");
    await changePost(post.id, post.fence, (row) => ({
      state: row.state === "submitting" ? "unknown" : row.state,
      phase: "readback", stateReason: reason, externalId: named ?? row.externalId,
      verify: { attempt: 0, absent: 0, dueAt: new Date(Date.now() + first).toISOString() },
      progress: { percent: 94, message: "Checking that it is listed" },
    })); // prettier-ignore
  });
  await say(post, "warn", reason);
  await moveTarget(post, ["submitting"], "unknown", { state_reason: reason });
};

/** One look over the settle window. */
export const verifyPost = async (post: Tabbed): Promise<void> => {
  const { identity, account, markerOf } = marketplaceOf(post.platform);
  const verify = post.verify ?? { attempt: 0, absent: 0, dueAt: new Date().toISOString() };
  const found = findListing(await readOwnListings(post), markerOf(post.item), post.before, post.externalId);
  if (found) return markListed(post, { ...found, url: post.listingUrl ?? found.url });
  const absent = verify.absent + 1;
  const next =
    account.settle.lookMs[verify.attempt + 1] ??
    (absent < AGREEING_ABSENCES ? account.settle.lookMs.at(-1) : undefined);
  await say(post, "info", `Not among the active listings yet (look ${absent})`);
  if (next !== undefined) {
    await changePost(post.id, post.fence, {
      verify: { attempt: verify.attempt + 1, absent, dueAt: new Date(Date.now() + next).toISOString() },
    });
    return;
  }
  if (post.externalId !== null || post.attempt >= MAX_ATTEMPTS) {
    throw new NeedsPerson(
      "check-listing",
      `Hawker could not tell whether it was posted: it is not among your active listings on ${identity.name}. Say whether it is there.`,
    );
  }
  await resolveSubmit(post.opKey, "absent");
  await say(post, "info", "Surely not posted: trying again");
  await moveTarget(post, ["unknown", "submitting"], "queued", {
    submit_outcome: "absent",
    retry_in_seconds: 0,
  });
  await changePost(post.id, post.fence, {
    state: "queued",
    phase: "queued",
    verify: null,
    stateReason: null,
    progress: { percent: 0, message: "Waiting to try again" },
  });
};
