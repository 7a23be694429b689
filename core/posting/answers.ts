/**
 * What a person can do about a posting in each of its states: what the API's routes take, and the buttons of every screen. A
 * screen adds what only a browser can do with its own tab (show it, pause, resume), and takes nobody's own work over.
 * No state without a way out: `waysOut` is empty only for what is done or cancelled (what is wanted after all is asked for
 * anew), and where cancelling was asked for already and comes true by itself, or asks, by the hour at the latest.
 */
import type { Answer } from "./events.ts";
import { isFinal, type Posting } from "./posting.ts";

type AnswerKind = Answer["kind"];

/** The answers its question takes, the likeliest first. */
export function answersTo(posting: Posting): readonly AnswerKind[] {
  const { question } = posting;
  if (posting.state !== "needs_human" || !question) return [];
  const isUnsettled = posting.unsettledAt !== null;
  switch (question.kind) {
    case "ready":
      return ["publish"];
    case "alike":
      return ["is-it", "another-thing"];
    case "there":
      return isAskedAgainstTheWord(posting) ? ["is-it", "wait"] : ["is-it", "not-there", "wait"];
    case "field":
    case "stop":
      return isUnsettled ? ["go-on", "is-it", "not-there", "wait"] : ["go-on"];
    case "stuck":
      return posting.driver === "cloud" ? ["go-on", "wait"] : ["go-on", "use-cloud", "wait"];
  }
}

/** Within a day of the site's word that it is listed nobody can say that it is not: only which row it is. */
const isAskedAgainstTheWord = ({ sign, ending }: Posting): boolean =>
  sign !== null && ending?.code === "unexplained-rows";

export type Way =
  | { do: "answer"; answer: AnswerKind }
  | { do: "cancel" }
  | { do: "retry" }
  | { do: "take-over" };

/** What waits for a person at the cloud, or for a browser that has not come: this one can carry it out. */
const mayTakeOver = ({ state, driver, cancelAsked }: Posting): boolean =>
  !cancelAsked && (driver === "cloud" ? state === "needs_human" : state === "queued");

/** Everything a person can do now. */
export function waysOut(posting: Posting): Way[] {
  const ways: Way[] = answersTo(posting).map((answer) => ({ do: "answer", answer }));
  if (mayTakeOver(posting)) ways.push({ do: "take-over" });
  if (posting.state === "failed") ways.push({ do: "retry" });
  if (!isFinal(posting) && !posting.cancelAsked) ways.push({ do: "cancel" });
  return ways;
}
