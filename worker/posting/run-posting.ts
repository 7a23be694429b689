/** One claimed posting, carried as far as it goes: whether to begin at all, whose browser, and how it ended. */
import { randomUUID } from "node:crypto";
import {
  beginsAllTheSame,
  carryOut,
  endingEvent,
  ServiceAway,
  waitForLogin,
  type RunEnd,
} from "#core/host/index.ts";
import { policyOf, type Ending, type Posting, type PostingEvent } from "#core/posting/index.ts";
import { readAccount, reportHealth, type AccountRow } from "../data/accounts.ts";
import { noteOutcome, restsUntil } from "../data/breakers.ts";
import { DatabaseRefusal } from "../data/database.ts";
import { tellPosting, type ClaimedPosting } from "../data/postings.ts";
import type { WorkerContext } from "../worker-context.ts";
import { endingOf, healthOf } from "./endings.ts";
import { prepareForm, readPayload } from "./form.ts";
import { workerHands } from "./hands.ts";
import { streamProgress } from "./progress.ts";
import { withSignedInPage } from "./signed-in-page.ts";

/** The site does not answer, or not with what it is asked for: tried less often, for everybody's sake. */
const OF_THE_SITE: readonly (Ending["code"] | undefined)[] = ["unreachable", "list-unreadable"];

const OUT_OF_ORDER: readonly AccountRow["status"][] = ["expired", "blocked", "needs_human", "disconnected"];

export const runPosting = async (
  context: WorkerContext,
  claimed: ClaimedPosting,
  signal: AbortSignal,
): Promise<void> => {
  const { place, fence, posting, keeperAhead } = claimed;
  const account = await readAccount(context.db, place.account_id);
  if (!account) throw new Error(`Target ${place.id} names an account that is not there.`);
  const waitsFor = beginsAllTheSame(posting) ? null : await whyRest(context, account);
  if (waitsFor)
    return void (await tell(context, claimed, waitForLogin(fence, waitsFor, context.now() + keeperAhead)));
  try {
    await inBrowser(context, claimed, account, signal);
  } catch (error) {
    if (error instanceof ServiceAway) throw error;
    context.log.info({ err: error, targetId: place.id }, "ended before the form");
    await endBefore(context, claimed, account, endingOf(error, signal.aborted));
  }
};

/** Driving an account that is out of order shows its owner one captcha after another. */
const whyRest = async (
  context: WorkerContext,
  account: AccountRow,
): Promise<Parameters<typeof waitForLogin>[1] | null> => {
  if (OUT_OF_ORDER.includes(account.status))
    return { code: "account", message: account.status_reason ?? "This account waits for you." };
  const until = await restsUntil(context.db, account.id);
  return until && { code: "resting", until: until.getTime() };
};

const inBrowser = async (
  context: WorkerContext,
  claimed: ClaimedPosting,
  account: AccountRow,
  signal: AbortSignal,
): Promise<void> => {
  const { place, fence } = claimed;
  const marketplace = context.marketplaces[place.platform];
  const payload = await readPayload(context, place.job_id, place.id);
  const isLook = claimed.posting.state === "unknown";
  const form = prepareForm(context, payload, { marketplace, place, signal, isLook });
  const lost = (error: unknown) => context.log.warn({ err: error, targetId: place.id }, "progress not told");
  const progress = streamProgress(context.db, { targetId: place.id, fence }, lost);
  const report: Record<string, unknown> = { ...place.report, marketplace: place.platform, steps: [] };
  const onLeftOut = (sentences: string[], names: { cookies: string[]; replaced: string[] }) => {
    report["leftOut"] = names;
    for (const message of sentences)
      progress.say({ message, level: "warn", data: { cookies: names.cookies } });
  };
  // Whether it is this page that takes browsers with it shows when it is alone in one.
  const alone = claimed.posting.crashes > 0;
  const wanted = { account, marketplace, signal, fence, onLeftOut, alone };
  await withSignedInPage(context, wanted, async (page) => {
    const run = { claimed, account, marketplace, form, page, progress, signal, report };
    const ended = await carryOut(workerHands(context, run), claimed.posting, claimed.keeperAhead);
    await progress.flushed(report);
    await afterRun(context, claimed, account, ended).catch((error: unknown) => {
      // The posting has ended as it did; by now somebody else may have the login.
      if (!(error instanceof DatabaseRefusal)) throw error;
      context.log.warn({ err: error, targetId: place.id }, "the account's health was not taken");
    });
  });
};

/** What the run says of the account: it works, or the site did not answer. */
const afterRun = async (
  context: WorkerContext,
  { fence, place, posting: begun }: ClaimedPosting,
  account: AccountRow,
  ended: Posting,
): Promise<void> => {
  context.log.info({ targetId: place.id, state: ended.state, ending: ended.ending?.code }, "run over");
  if (ended.state === "done" || ended.permits > begun.permits) {
    if (ended.state === "done")
      await reportHealth(context.db, account.id, fence, { status: "connected", reason: null, replay: "yes" });
    await noteOutcome(context.db, account.id, true);
  } else if (OF_THE_SITE.includes(ended.ending?.code)) {
    await noteOutcome(context.db, account.id, false);
  }
};

/** It ended before the story began: no session, no item, no browser. */
const endBefore = async (
  context: WorkerContext,
  claimed: ClaimedPosting,
  account: AccountRow,
  end: RunEnd,
): Promise<void> => {
  const { fence, posting, keeperAhead } = claimed;
  const marketplace = context.marketplaces[account.platform];
  const health = healthOf(end.ending, account, marketplace.identity.name, context.now());
  if (health) await reportHealth(context.db, account.id, fence, health);
  if (OF_THE_SITE.includes(end.ending.code)) await noteOutcome(context.db, account.id, false);
  const { lookMs } = policyOf(marketplace, context.settleScale);
  const { now, random } = context;
  await tell(
    context,
    claimed,
    endingEvent(posting, fence, end, { now: now() + keeperAhead, random, lookMs }),
  );
};

const tell = (context: WorkerContext, { place }: ClaimedPosting, event: PostingEvent) =>
  tellPosting(context.db, place.id, event, randomUUID());
