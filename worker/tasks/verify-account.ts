/** Opens an account's session and looks who is signed in: the health shown to the seller. */
import { randomUUID } from "node:crypto";
import { readListings, ServiceAway } from "#core/host/index.ts";
import {
  consequenceOf,
  loginIdOf,
  pauseMs,
  sameLogin,
  type Ending,
  type PostingEvent,
} from "#core/posting/index.ts";
import { pageHost } from "../browser/page-host.ts";
import { readAccount, reportHealth, type AccountRow } from "../data/accounts.ts";
import { givingBack, withLease } from "../data/leases.ts";
import { claimTarget, tellPosting, type ClaimedPosting } from "../data/postings.ts";
import { endingOf, healthOf, type Health } from "../posting/endings.ts";
import { withSignedInPage } from "../posting/signed-in-page.ts";
import type { WorkerContext } from "../worker-context.ts";
import { targetPayloadSchema, type Task } from "./task.ts";

export const verifyAccount =
  (context: WorkerContext): Task =>
  async (payload, run) => {
    const { targetId } = targetPayloadSchema.parse(payload);
    await givingBack(context, run.holder, async () => {
      const claim = await claimTarget(context.db, targetId, run.holder);
      if (!claim.claimed) return context.log.debug({ targetId, reason: claim.reason }, "not claimed");
      const lease = { accountId: claim.place.account_id, fence: claim.fence, outer: run.signal };
      await withLease(context.db, lease, (signal) => verify(context, claim, signal));
    });
  };

const verify = async (context: WorkerContext, claim: ClaimedPosting, signal: AbortSignal): Promise<void> => {
  const account = await readAccount(context.db, claim.place.account_id);
  if (!account) return; // deleted since, and the target with it
  const ending = await whoIsSignedIn(context, claim, account, signal);
  const site = context.marketplaces[account.platform].identity.name;
  const works: Health = { status: "connected", reason: null, replay: "yes" };
  const health = ending ? healthOf(ending, account, site, context.now()) : works;
  if (health) await reportHealth(context.db, account.id, claim.fence, health);
  const { id } = claim.place;
  await tellPosting(context.db, id, eventOf(ending, claim, context.random), randomUUID());
};

/** Null when it is the account's own login. */
const whoIsSignedIn = async (
  context: WorkerContext,
  { fence, place }: ClaimedPosting,
  account: AccountRow,
  signal: AbortSignal,
): Promise<Ending | null> => {
  const marketplace = context.marketplaces[place.platform];
  try {
    return await withSignedInPage(
      context,
      { account, marketplace, fence, signal, onLeftOut: () => undefined },
      async (page) => {
        const cookieUrls = marketplace.identity.hosts.map((name) => `https://${name}/`);
        const noPhoto = () => Promise.reject(new Error("Verifying uploads nothing."));
        const host = pageHost({ page, bundle: context.bundle, photo: noPhoto, cookieUrls });
        const read = await readListings(host, marketplace, {
          anchors: [],
          now: context.now,
          firstPageOnly: true,
        });
        if ("stopped" in read) return { code: "stop", stop: read.stopped.kind };
        if (read.login === null)
          return { code: "list-unreadable", why: read.gaps.map(({ why }) => why).join(", ") };
        return sameLogin(read.login, loginIdOf(account.login_key))
          ? null
          : { code: "wrong-login", shown: read.login, expected: account.handle };
      },
    );
  } catch (error) {
    if (error instanceof ServiceAway) throw error;
    return endingOf(error, signal.aborted).ending;
  }
};

const eventOf = (
  ending: Ending | null,
  { fence, posting }: ClaimedPosting,
  random: () => number,
): PostingEvent => {
  if (!ending) return { kind: "finish", fence };
  switch (consequenceOf(ending)) {
    case "ask":
      return { kind: "ask", fence, question: "stop", ending, candidates: [] };
    case "fail":
      return { kind: "fail", fence, ending };
    case "again":
    case "rest": {
      const usesAttempt = ending.code !== "interrupted";
      const inMs = usesAttempt ? pauseMs(posting.attempt + 1, random) : 0;
      return { kind: "requeue", fence, ending, inMs, usesAttempt };
    }
  }
};
