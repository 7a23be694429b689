/**
 * The story of one posting, for every driver: look, fill, ask for the permit, press once, read back. The hands do what a
 * browser does, the keeper of the record says yes or no, and all that is decided is decided in core/posting.
 *
 * It may end at any await: whoever claims the posting next reads its state and begins here again. Invariants:
 * - nothing is pressed without the keeper's permit, and the host's own record of the press is written before it is used;
 * - after the press nothing is pressed again, only read;
 * - what the site said is sent before anything is concluded from it.
 */
import { isForgotten, MAX_REFILLS, MAX_VOIDS, type Posting } from "../posting/index.ts";
import { judge, lookFor } from "./after-press.ts";
import { beginToFill, fillOrEnd, lookFirst, mayPressOn } from "./before-press.ts";
import { type FormNow, type Hands, ServiceAway, TakenOver } from "./hands.ts";
import { pressedByHand, pressOnce } from "./press-once.ts";
import { Run } from "./run.ts";

export * from "./hands.ts";

/**
 * Carries a claimed posting as far as it goes now.
 * @param keeperAhead by how much the clock of the record's keeper was ahead of this host's when it gave the claim. @throws ServiceAway; everything else ends in the record.
 */
export async function carryOut(hands: Hands, claimed: Posting, keeperAhead: number): Promise<Posting> {
  const run = new Run(hands, claimed, keeperAhead);
  try {
    await story(run);
  } catch (error) {
    if (error instanceof TakenOver) return run.posting;
    if (error instanceof ServiceAway) throw error;
    await endBy(run, error);
  }
  return run.posting;
}

async function story(run: Run): Promise<void> {
  if (run.posting.state === "submitting") return resumeAfterPermit(run);
  if (run.posting.state === "unknown") return lookFor(run);
  const forgotten = await forgottenPress(run);
  if (forgotten !== null) return run.tell({ kind: "pressed", attempt: forgotten });
  if (run.posting.state === "claimed" || run.posting.state === "filling") return publish(run);
}

/** This host pressed with a permit that the record has lost since: to be looked for, not to be pressed again. */
async function forgottenPress({ hands, posting }: Run): Promise<number | null> {
  const last = await hands.record.last();
  return isForgotten(last, posting) ? last : null;
}

async function publish(run: Run): Promise<void> {
  let form = await run.hands.form();
  if (form === "pressed") return pressedByHand(run);
  const mustBeShown = await isLost(run, form);
  let isStale = false;
  for (let aged = 0, refills = 0; aged < MAX_VOIDS;) {
    if ((isStale || !mayPressOn(run)) && !(await lookFirst(run, form !== "none"))) return;
    isStale = false;
    if (form !== "filled") {
      const filled = await fillOrEnd(run);
      if (filled === "pressed") return pressedByHand(run);
      if (filled === "over") return;
      form = "filled";
      continue; // filling takes its time: the reading may have aged
    }
    await beginToFill(run);
    if (run.posting.consent === null || mustBeShown) return run.send({ kind: "ready", fence: run.fence });
    const went = await pressOnce(run, refills === MAX_REFILLS);
    if (went === "over") return;
    if (went === "changed") {
      refills += 1;
      form = "begun";
      continue;
    }
    aged += 1;
    isStale = went === "stale";
  }
  await run.ask("field", { code: "permits-aged" });
}

/** "Publish" was said of a form in the person's tab, with what they set in it: one that is gone is filled anew, and shown anew. */
async function isLost({ hands, posting }: Run, form: FormNow): Promise<boolean> {
  if (form === "lost") return true;
  const isGone = form === "none" && posting.driver === "tab" && posting.consent?.kind === "publish";
  if (isGone) await hands.loseForm();
  return isGone;
}

/** This very host ended between the permit and what came after it: its own record says whether it pressed. */
async function resumeAfterPermit(run: Run): Promise<void> {
  const attempt = run.posting.permit?.attempt ?? 0;
  if (await run.hands.record.has(attempt)) return judge(run, attempt);
  await run.tell({ kind: "unpressed", attempt, fence: run.fence });
  if (run.posting.state === "filling") return publish(run);
}

/** The hands failed: what may have been pressed is said, and what follows from the error. */
async function endBy(run: Run, error: unknown): Promise<void> {
  const { ending, crashed } = run.hands.endingOf(error);
  if (run.posting.state === "submitting") {
    const attempt = run.posting.permit?.attempt ?? 0;
    if (await run.hands.record.has(attempt)) await run.hands.send({ kind: "pressed", attempt });
    else await run.hands.send({ kind: "unpressed", attempt, fence: run.fence });
    return;
  }
  await run.endWith(ending, crashed).catch((cause: unknown) => {
    if (!(cause instanceof TakenOver)) throw cause;
  });
}
