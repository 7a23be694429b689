/**
 * How a run ends when it does not end well: a person is needed (no retry), it may pass (retry with back-off), or it
 * cannot work (failed). One table, so that every task says the same things.
 */
import { firstLine } from "../log.ts";
import { DatabaseRefusal } from "../data/database.ts";
import { reportHealth, type AccountRow } from "../data/accounts.ts";
import { noteFailure } from "../data/breakers.ts";
import type { TargetPatch, TargetWriter } from "../data/targets.ts";
import type { AccountState } from "#core/job/index.ts";
import type { StepReport, StopSign } from "#core/plan/index.ts";
import { StoppedError, WrongHandleError } from "../listings/read-own-listings.ts";
import { PhotoError, PhotoMissingError } from "../photos/photo-source.ts";
import { SessionRefusedError } from "../sessions/open-account-session.ts";
import type { WorkerContext } from "../worker-context.ts";
import { backoffSeconds, MAX_ATTEMPTS } from "./backoff.ts";

/** The form could not be filled as planned. */
export class FillRefusedError extends Error {
  readonly steps: readonly StepReport[];
  constructor(steps: readonly StepReport[]) {
    super("The form could not be filled as planned.");
    this.name = "FillRefusedError";
    this.steps = steps;
  }
}

/** The item cannot be listed there as it is. */
export class ItemProblemError extends Error {}

export type Ending =
  | {
      kind: "needs_human";
      reason: string;
      health?: { status: AccountState; reason: string; replay?: "no" };
    }
  | { kind: "retry"; reason: string }
  | { kind: "failed"; reason: string };

const STOP_SENTENCES: Record<StopSign["kind"], string> = {
  login: "The site asks to log in. Log in there in your browser, then connect the account again.",
  captcha: "The site asks for a captcha. Continue in your own browser.",
  checkpoint: "The site wants to check that it is you. Continue in your own browser.",
  block: "The site has blocked this account. See its message in your own browser.",
  limit: "The site says you have posted as much as it allows for now.",
};
const STOP_HEALTH: Record<StopSign["kind"], AccountState | null> = {
  login: "expired",
  captcha: "needs_human",
  checkpoint: "needs_human",
  block: "blocked",
  limit: null,
};

/** Steps that may go better on a second try; everything else means the page is not what the plan expects. */
const PASSING = new Set(["timeout", "page-not-expected"]);

const fillEnding = (steps: readonly StepReport[]): Ending => {
  const stuck = steps.find(
    (step) =>
      step.need === "required" && step.status !== "skipped" && !(step.status === "done" && step.verified),
  );
  const reason = stuck
    ? `${stuck.label}: ${stuck.reason ?? "not verified"}${stuck.detail ? ` (${stuck.detail})` : ""}`
    : "nothing was filled";
  const sentence = `Could not fill the form. ${reason}`;
  return stuck && PASSING.has(stuck.reason ?? "")
    ? { kind: "retry", reason: sentence }
    : { kind: "needs_human", reason: sentence };
};

export const endingOf = (error: unknown): Ending => {
  if (error instanceof StoppedError) {
    const reason = STOP_SENTENCES[error.stop.kind];
    const status = STOP_HEALTH[error.stop.kind];
    return { kind: "needs_human", reason, ...(status ? { health: { status, reason } } : {}) };
  }
  if (error instanceof WrongHandleError) {
    const reason = "The stored session is signed in as someone else. Connect this account again.";
    return { kind: "needs_human", reason, health: { status: "needs_human", reason } };
  }
  if (error instanceof SessionRefusedError)
    return {
      kind: "needs_human",
      reason: error.message,
      health: { ...error.health, reason: error.message },
    };
  if (error instanceof FillRefusedError) return fillEnding(error.steps);
  if (error instanceof ItemProblemError) return { kind: "failed", reason: error.message };
  if (error instanceof PhotoMissingError) return { kind: "retry", reason: error.message };
  if (error instanceof PhotoError) return { kind: "failed", reason: error.message };
  // A refusal of the database repeats itself; anything else (a page that does not load, a browser that died) may pass.
  if (error instanceof DatabaseRefusal && error.code !== "HK409")
    return { kind: "failed", reason: error.message };
  return {
    kind: "retry",
    reason: `It did not work: ${error instanceof Error ? firstLine(error.message) : "unknown error"}`,
  };
};

/** Writes an ending down for a target that has not been submitted. */
export const endTarget = async (
  context: WorkerContext,
  run: { writer: TargetWriter; account: AccountRow; attempt: number; report: Record<string, unknown> },
  error: unknown,
): Promise<void> => {
  const { writer, account, attempt, report } = run;
  const ending = endingOf(error);
  const from = ["claimed", "filling"] as const;
  const move = (to: "queued" | "failed" | "needs_human", patch: TargetPatch) =>
    writer.move([...from], to, { report, ...patch });
  context.log.info({ err: error, targetId: writer.targetId, ending: ending.kind }, "target not posted");
  if (ending.kind === "needs_human") {
    if (ending.health) await reportHealth(context.db, account.id, writer.fence, ending.health);
    return move("needs_human", { state_reason: ending.reason });
  }
  if (ending.kind === "failed") return move("failed", { state_reason: ending.reason });
  if (!(error instanceof PhotoError)) await noteFailure(context.db, account); // the site had no part in that
  if (attempt >= MAX_ATTEMPTS)
    return move("failed", { state_reason: `${ending.reason} Tried ${attempt} times.` });
  const seconds = backoffSeconds(attempt, context.random);
  await writer.say(`Trying again in ${seconds} s: ${ending.reason}`, { attempt }, "warn");
  return move("queued", { state_reason: ending.reason, retry_in_seconds: seconds });
};
