/**
 * Decides a submit whose answer was lost, by reading the account's own listings over the marketplace's settle window.
 * Found: done. Absent at least three times and to the end of the window: back into the queue under the same operation
 * key. Undecidable: a person. It never submits anything itself.
 */
import { z } from "zod";
import type { TargetState } from "#core/job/index.ts";
import { reportHealth } from "../data/accounts.ts";
import { StaleFenceError } from "../data/database.ts";
import { withLease } from "../data/leases.ts";
import { claimTarget } from "../data/targets.ts";
import { findPosted, recordPosted } from "../listings/find-posted.ts";
import { readMarker } from "../listings/marker-match.ts";
import type { WorkerContext } from "../worker-context.ts";
import { readAttempt, withSignedInPage, type Attempt } from "./attempt.ts";
import { MAX_ATTEMPTS } from "./backoff.ts";
import { endingOf } from "./endings.ts";
import { targetPayloadSchema, type Run, type Task } from "./task.ts";

const AGREEING_ABSENCES = 3;
const UNDECIDED: TargetState[] = ["unknown", "needs_human"];

const settleSchema = z.object({ since: z.number(), absences: z.number() });
const outcomeSchema = z.object({ externalId: z.string().nullable() });

export const settleUnknown =
  (context: WorkerContext): Task =>
  async (payload, run) => {
    const { targetId } = targetPayloadSchema.parse(payload);
    const claim = await claimTarget(context.db, targetId, run.holder);
    if (!claim.claimed) return; // a busy account is waited for: the database has seen to it
    const { fence, target } = claim;
    await withLease(
      context.db,
      { accountId: target.account_id, fence, outer: run.signal },
      async (signal) => {
        const attempt = await readAttempt(context, claim, signal);
        // Nothing was submitted after all (the entry outlived its reason): back to the queue it came from.
        if (!UNDECIDED.includes(target.state)) return attempt.writer.move("claimed", "queued");
        context.reach("settling");
        try {
          await settle(context, attempt, run);
        } catch (error) {
          if (error instanceof StaleFenceError)
            return context.log.warn({ targetId }, "another driver took over");
          const ending = endingOf(error);
          if (ending.kind === "retry" || signal.aborted) throw error; // the queue tries again; then the sweep asks a person
          if (ending.kind === "needs_human" && ending.health)
            await reportHealth(context.db, target.account_id, fence, ending.health);
          await attempt.writer.move(UNDECIDED, "needs_human", {
            state_reason: `Could not find out whether it was posted. ${ending.reason}`,
          });
        }
      },
    );
  };

const settle = async (context: WorkerContext, attempt: Attempt, run: Run): Promise<void> => {
  const { target, writer, marketplace, item } = attempt;
  const marker = readMarker(target.marker);
  if (!marker || !item) {
    const reason = "It is not known what to look for. Say whether it is there.";
    return writer.move(UNDECIDED, "needs_human", { state_reason: reason });
  }
  const report = target.report ?? {};
  const named = outcomeSchema.safeParse(report["outcome"]).data?.externalId ?? null;
  const posted = await withSignedInPage(context, { ...attempt, fence: writer.fence }, (host) =>
    findPosted(host, marketplace, marker, named),
  );
  if (posted) {
    const listingId = await recordPosted(writer, marketplace, item, marker, posted);
    const done = {
      listing_id: listingId,
      submit_outcome: "confirmed" as const,
      state_reason: null,
      report: { ...report, url: posted.url },
    };
    return writer.move(UNDECIDED, "done", done);
  }
  await absent(context, attempt, run, { report, saidListed: report["outcome"] !== undefined });
};

const absent = async (
  context: WorkerContext,
  { target, writer, marketplace }: Attempt,
  run: Run,
  { report, saidListed }: { report: Record<string, unknown>; saidListed: boolean },
): Promise<void> => {
  const earlier = settleSchema.safeParse(report["settle"]).data;
  const now = context.now();
  const seen = { since: earlier?.since ?? now, absences: (earlier?.absences ?? 0) + 1 };
  const window = marketplace.account.settle.lookMs.map((ms) => ms * context.settleScale);
  const next = window[seen.absences];
  await writer.say(
    `Not among the active listings (look ${seen.absences} of ${Math.max(AGREEING_ABSENCES, window.length)})`,
  );
  const undecided = next !== undefined || seen.absences < AGREEING_ABSENCES;
  if (undecided) {
    await writer.move(UNDECIDED, target.state, { report: { ...report, settle: seen } });
    const wait = next === undefined ? (window.at(-1) ?? 0) : Math.max(0, seen.since + next - now);
    return run.snooze(new Date(now + wait));
  }
  const { settle: _settled, ...rest } = report;
  if (saidListed || target.attempt >= MAX_ATTEMPTS) {
    const reason = saidListed
      ? "The site said it was posted, but it is not among your active listings. Say whether it is there."
      : `Posting was lost ${target.attempt} times. Say whether it is there.`;
    return writer.move(UNDECIDED, "needs_human", { state_reason: reason, report: rest });
  }
  await writer.say("Surely not posted: trying again");
  await writer.move(UNDECIDED, "queued", {
    submit_outcome: "absent",
    state_reason: null,
    report: rest,
    retry_in_seconds: 0,
  });
};
