/** The press: the permit is asked for last of all, and used once. */
import {
  type Applied,
  pressedByPerson,
  type PostingEvent,
  type RefusalCode,
  twinKeyOf,
} from "../posting/index.ts";
import { judge } from "./after-press.ts";
import { type Pressed, TakenOver } from "./hands.ts";
import { type Run, stopEnding } from "./run.ts";

/**
 * What came of it: `void` when nothing was pressed and it may be tried again now; `stale` when the reading has aged; `changed`
 * when the site wrote over the form since it was filled, as image recognition does: it is filled again where it stands.
 */
type Went = "over" | "void" | "stale" | "changed";

/** @param isLast whoever would try once more asks a person instead. */
export async function pressOnce(run: Run, isLast: boolean): Promise<Went> {
  const { hands } = run;
  const hash = await hands.payloadHash();
  const attempt = run.posting.permits + 1;
  let answer: Applied | null = null;
  const ask = async (): Promise<boolean> => {
    answer = await hands.send(permitEvent(run, hash));
    if (!answer?.ok) return false;
    run.posting = answer.posting;
    await hands.record.write(attempt);
    return true;
  };
  let asking: Promise<boolean> | null = null;
  let pressed: Pressed;
  try {
    pressed = await hands.press(() => (asking = ask()));
  } catch (error) {
    // Stopped while the permit was on its way: nobody can use it any more.
    if (await isGranted(asking)) await giveBack(run, attempt);
    throw error;
  }
  // A press that took too long is over before its permit has come.
  await isGranted(asking);
  const isPermitted = isGiven(answer);
  switch (pressed.kind) {
    case "pressed":
      // The person was faster than the permit: their press, and their consent. With a permit at hand it is the permit's.
      if (!isPermitted) await pressedByHand(run);
      else await judge(run, attempt);
      return "over";
    case "unpressed":
      return unpressed(run, attempt, answer);
    case "stopped":
    case "refused":
      if (isPermitted) await giveBack(run, attempt);
      else if (!isLast && isChanged(pressed)) return "changed";
      await run.endWith(pressed.kind === "stopped" ? stopEnding(pressed.stop) : pressed.ending);
      return "over";
  }
}

/** A press by hand is told and looked for like any other. */
export async function pressedByHand(run: Run): Promise<void> {
  const { marker, policy } = run.hands;
  await run.tell(pressedByPerson(marker, policy, run.posting.baseline));
  await judge(run, null);
}

const isChanged = (pressed: Pressed): boolean =>
  pressed.kind === "refused" &&
  pressed.ending.code === "field" &&
  pressed.ending.reason === "site-changed-it";

const isGranted = (asking: Promise<boolean> | null): Promise<boolean> =>
  asking?.catch(() => false) ?? Promise.resolve(false);

const isGiven = (answer: Applied | null): boolean => answer?.ok === true;

function permitEvent(run: Run, hash: string): PostingEvent {
  const { marker, policy } = run.hands;
  return { kind: "permit", fence: run.fence, marker, twin: twinKeyOf(marker), policy, hash };
}

async function giveBack(run: Run, attempt: number): Promise<void> {
  await run.hands.record.erase(attempt);
  await run.tell({ kind: "unpressed", attempt, fence: run.fence });
}

async function unpressed(run: Run, attempt: number, answer: Applied | null): Promise<Went> {
  if (answer === null) {
    // Unheard: it may have been given. Nothing was pressed, and it is said as soon as somebody hears it.
    await run.tell({ kind: "unpressed", attempt, fence: run.fence });
    return "void";
  }
  if (!answer.ok) return refused(run, answer.code);
  await giveBack(run, attempt);
  return "void";
}

async function refused(run: Run, code: RefusalCode): Promise<Went> {
  switch (code) {
    case "no-reading":
      return "stale";
    case "twin-unclear":
      await run.requeue({ code: "waits-for-twin" }, run.restMs());
      return "over";
    case "cancelled":
      await run.requeue({ code: "interrupted" }, 0);
      return "over";
    case "superseded":
    case "sold":
    case "deleted":
    case "disconnected":
      await run.send({ kind: "fail", fence: run.fence, ending: { code } });
      return "over";
    case "no-consent":
      await run.send({ kind: "ready", fence: run.fence });
      return "over";
    default:
      throw new TakenOver(code);
  }
}
