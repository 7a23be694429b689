/**
 * The one press, and the judgement after it. Invariants:
 * - the permit is committed in the database before the press, and given at most once;
 * - from the permit on every way out is a judgement (done, failed with proof of absence, a person, unknown): nothing
 *   here presses again, and an exception ends in `unknown`;
 * - done needs both: the site's sign and the listing in the account's own list.
 */
import { askAgain, drivePhase } from "#core/host/index.ts";
import type { Outcome, StepReport, StopSign } from "#core/plan/index.ts";
import type { PageHost } from "../browser/page-host.ts";
import { StaleFenceError } from "../data/database.ts";
import { findPosted, recordPosted, type Posted } from "../listings/find-posted.ts";
import { StoppedError } from "../listings/read-own-listings.ts";
import type { StoredMarker } from "../listings/marker-match.ts";
import type { WorkerContext } from "../worker-context.ts";
import type { Attempt } from "./attempt.ts";
import { endingOf } from "./endings.ts";
import { refuseUnfilled, type Form } from "./fill-form.ts";

const SUBMIT_MS = 60_000;
const OUTCOME_MS = 15_000;
/** However fast the site's list is said to settle, its answer to the submit itself gets this long. */
const LEAST_OUTCOME_MS = 5_000;

type Submit = { form: Form; marker: StoredMarker; filled: StepReport[]; host: PageHost };
type Seen = Outcome | { kind: "stopped"; stop: StopSign };

export const submitOnce = async (context: WorkerContext, attempt: Attempt, submit: Submit): Promise<void> => {
  const { writer } = attempt;
  let permitted = false;
  const permit = async (): Promise<boolean> => {
    attempt.signal.throwIfAborted();
    const answer = await writer.beginSubmit();
    if (!answer.permitted) throw new Error(`No permit to submit: ${answer.reason ?? "refused"}.`);
    permitted = true;
    context.reach("permitted");
    return true;
  };
  try {
    const end = await drivePhase(submit.host, {
      plan: submit.form.plan,
      phase: "submit",
      reports: submit.filled,
      deadlineMs: SUBMIT_MS,
      permit,
      signal: attempt.signal,
    });
    if (end.kind !== "pressed") {
      if (permitted) await giveBack(attempt);
      permitted = false;
      refuseUnfilled(end);
      throw new Error("The form's last button was not pressed.");
    }
    context.reach("pressed");
    await judge(context, attempt, submit);
  } catch (error) {
    if (!permitted || error instanceof StaleFenceError) throw error;
    context.log.warn({ err: error, targetId: writer.targetId }, "lost sight of a submit");
    await writer.move("submitting", "unknown", {
      state_reason: "The answer of the site was lost.",
      report: attempt.report,
    });
  }
};

/** The page made no use of the permit: nothing was pressed. */
const giveBack = ({ writer }: Attempt): Promise<void> =>
  writer.move("submitting", "filling", { submit_outcome: "absent" });

const judge = async (context: WorkerContext, attempt: Attempt, submit: Submit): Promise<void> => {
  const { writer, marketplace, report } = attempt;
  const { host, form, marker } = submit;
  const seen: Seen = await askAgain(
    host,
    form.plan.frameHost,
    "outcome",
    marketplace.identity.id,
    Math.max(LEAST_OUTCOME_MS, OUTCOME_MS * context.settleScale),
  );
  context.reach("judged");
  if (seen.kind === "listed") report["outcome"] = { externalId: seen.externalId, url: seen.url };
  if (seen.kind === "stopped") {
    // Whether the site posted before it stopped is not known: the fence stays open until somebody has looked.
    const ending = endingOf(new StoppedError(seen.stop));
    report["stop"] = seen.stop;
    return writer.move("submitting", "needs_human", { state_reason: ending.reason, report });
  }
  const named = seen.kind === "listed" ? seen.externalId : null;
  const posted = await findPosted(host, marketplace, marker, named);
  if (posted) return recordDone(context, attempt, submit, posted);
  if (seen.kind === "rejected")
    return writer.move("submitting", "failed", {
      state_reason: `The site refused it: ${seen.message}`,
      submit_outcome: "absent",
      report,
    });
  const reason =
    seen.kind === "listed"
      ? "The site says it is posted; its list does not show it yet."
      : "The site did not say whether it was posted.";
  await writer.move("submitting", "unknown", { state_reason: reason, report });
};

const recordDone = async (
  context: WorkerContext,
  attempt: Attempt,
  submit: Submit,
  posted: Posted,
): Promise<void> => {
  const { writer, marketplace, report } = attempt;
  const listingId = await recordPosted(writer, marketplace, submit.form.item, submit.marker, posted);
  context.reach("recorded");
  report["url"] = posted.url;
  await writer.move("submitting", "done", {
    listing_id: listingId,
    submit_outcome: "confirmed",
    state_reason: null,
    report,
  });
};
