/**
 * Carries one target out in the cloud. Never twice, never lost (facts of the protocol: docs/architecture.md):
 * the account's own listings are read before anything is filled; what is about to be submitted is written down; the
 * permit is asked for right before the one press; after it nothing is repeated, only read back.
 */
import { reportHealth } from "../data/accounts.ts";
import { closedUntil, noteSuccess } from "../data/breakers.ts";
import { StaleFenceError } from "../data/database.ts";
import { withLease } from "../data/leases.ts";
import { claimTarget } from "../data/targets.ts";
import type { WorkerContext } from "../worker-context.ts";
import { readAttempt, withSignedInPage, type Attempt } from "./attempt.ts";
import { endTarget, ItemProblemError } from "./endings.ts";
import { fillForm, prepareForm } from "./fill-form.ts";
import { lookBefore } from "./look-before.ts";
import { submitOnce } from "./submit-once.ts";
import { targetPayloadSchema, type Task } from "./task.ts";

export const runTarget =
  (context: WorkerContext): Task =>
  async (payload, run) => {
    const { targetId } = targetPayloadSchema.parse(payload);
    const claim = await claimTarget(context.db, targetId, run.holder);
    if (!claim.claimed) return notClaimed(context, targetId, claim.reason);
    context.reach("claimed");
    const { fence, target } = claim;
    await withLease(
      context.db,
      { accountId: target.account_id, fence, outer: run.signal },
      async (signal) => {
        // What may have been posted is settle_unknown's to decide; the sweep keeps that task alive.
        if (target.state !== "claimed") return;
        const attempt = await readAttempt(context, claim, signal);
        try {
          await drive(context, attempt);
        } catch (error) {
          if (error instanceof StaleFenceError)
            return context.log.warn({ targetId }, "another driver took over");
          if (run.signal.aborted) return handBack(attempt);
          await endTarget(
            context,
            { ...attempt, attempt: target.attempt },
            signal.aborted ? signal.reason : error,
          );
        }
      },
    );
  };

/** A busy account needs nothing here: the database has put the target back to wait for it. */
const notClaimed = async (context: WorkerContext, targetId: string, reason: string): Promise<void> => {
  context.log.debug({ targetId, reason }, "not claimed");
  if (reason === "not_yours")
    await context.db.call("worker_refuse_target", { p_target_id: targetId, p_reason: NOT_ALLOWED });
};
const NOT_ALLOWED =
  "This account may no longer be used from the cloud. Allow it again, or post from your browser.";

/** The worker has to end now and nothing was submitted: the next one starts over. */
const handBack = ({ writer }: Attempt): Promise<void> =>
  writer.move(["claimed", "filling"], "queued", {
    state_reason: "the worker was stopped",
    retry_in_seconds: 0,
  });

const drive = async (context: WorkerContext, attempt: Attempt): Promise<void> => {
  const { account, writer } = attempt;
  const until = await closedUntil(context.db, account);
  if (until) {
    const seconds = Math.max(1, Math.ceil((until.getTime() - context.now()) / 1000));
    const reason = "This site or account failed several times in a row and rests for a while.";
    return writer.move("claimed", "queued", { state_reason: reason, retry_in_seconds: seconds });
  }
  if (account.replay === "no") {
    const reason = "This account's session works only in the browser it was made in. Continue there.";
    return writer.move("claimed", "needs_human", { state_reason: reason });
  }
  const form = prepareForm(context, attempt);
  if (!form) throw new ItemProblemError("This job has no item to list.");
  await writer.move("claimed", "filling", { progress: { percent: 5, message: "Opening the site" } });
  context.reach("filling");
  await withSignedInPage(context, { ...attempt, fence: writer.fence }, async (page) => {
    const before = await lookBefore(context, attempt, form, page);
    if (before.kind === "settled") return;
    const filled = await fillForm(context, attempt, form, page);
    context.reach("filled");
    if (attempt.mode === "review") {
      const ready = {
        state_reason: "Ready to publish: look it over and publish it in your browser.",
        report: attempt.report,
      };
      return writer.move("filling", "needs_human", {
        ...ready,
        progress: { percent: 90, message: "Ready to publish" },
      });
    }
    await submitOnce(context, attempt, { form, marker: before.marker, filled, host: page });
    await reportHealth(context.db, account.id, writer.fence, {
      status: "connected",
      reason: null,
      replay: "yes",
    });
    await noteSuccess(context.db, account);
  });
};
