/** Opens an account's session and looks who is signed in: the health shown to the seller. */
import { randomUUID } from "node:crypto";
import { endingEvent, readListings, ServiceAway, whose, type RunEnd } from "#core/host/index.ts";
import { loginIdOf, policyOf, type Ending, type PostingEvent } from "#core/posting/index.ts";
import { pageHost } from "../browser/page-host.ts";
import { readAccount, reportHealth, type AccountRow } from "../data/accounts.ts";
import { givingBack, withLease } from "../data/leases.ts";
import { claimTarget, tellPosting, type ClaimedPosting } from "../data/postings.ts";
import { endingOf, healthOf, type Health } from "../posting/endings.ts";
import { proveLogin } from "../posting/prove-login.ts";
import { withSignedInPage } from "../posting/signed-in-page.ts";
import type { WorkerContext } from "../worker-context.ts";
import { targetPayloadSchema, type Task } from "./task.ts";

export const verifyAccount =
  (context: WorkerContext): Task =>
  async (payload, run) => {
    const { targetId } = targetPayloadSchema.parse(payload);
    await givingBack(context, run.holder, async () => {
      const claim = await claimTarget(context, targetId, run.holder);
      if (!claim.claimed) return context.log.debug({ targetId, reason: claim.reason }, "not claimed");
      const lease = { accountId: claim.place.account_id, fence: claim.fence, outer: run.signal };
      await withLease(context.db, lease, (signal) => verify(context, claim, signal));
    });
  };

const verify = async (context: WorkerContext, claim: ClaimedPosting, signal: AbortSignal): Promise<void> => {
  const account = await readAccount(context.db, claim.place.account_id);
  if (!account) return; // deleted since, and the target with it
  const end = await whoIsSignedIn(context, claim, account, signal);
  const site = context.marketplaces[account.platform].identity.name;
  const works: Health = { status: "connected", reason: null, replay: "yes" };
  const health = end ? healthOf(end.ending, account, site, context.now()) : works;
  if (health) await reportHealth(context.db, account.id, claim.fence, health);
  const { id } = claim.place;
  await tellPosting(context.db, id, eventOf(context, end, claim), randomUUID());
};

/** Null when it is the account's own login. */
const whoIsSignedIn = async (
  context: WorkerContext,
  { fence, place }: ClaimedPosting,
  account: AccountRow,
  signal: AbortSignal,
): Promise<RunEnd | null> => {
  const marketplace = context.marketplaces[place.platform];
  try {
    const ending = await withSignedInPage<Ending | null>(
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
        await proveLogin(context, account, fence, read);
        switch (whose(read, { id: loginIdOf(account.login_key) })) {
          case "ours":
            return null;
          case "another":
            return { code: "wrong-login", shown: read.login, expected: account.handle };
          case "not-shown":
            return { code: "list-unreadable", why: read.gaps.map(({ why }) => why).join(", ") };
        }
      },
    );
    return ending && { ending, crashed: false };
  } catch (error) {
    if (error instanceof ServiceAway) throw error;
    return endingOf(error, signal.aborted);
  }
};

/** A check asks nothing: what it found is on the account's card, with the buttons that mend it. */
const eventOf = (
  { now, random, settleScale, marketplaces }: WorkerContext,
  end: RunEnd | null,
  { fence, posting, place, keeperAhead }: ClaimedPosting,
): PostingEvent => {
  if (!end) return { kind: "finish", fence };
  const { lookMs } = policyOf(marketplaces[place.platform], settleScale);
  const event = endingEvent(posting, fence, end, { now: now() + keeperAhead, random, lookMs });
  return event.kind === "ask" ? { kind: "fail", fence, ending: event.ending } : event;
};
