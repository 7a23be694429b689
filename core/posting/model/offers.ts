/**
 * Every set of ways out that a posting can come to offer, by where it is. A walk over the machine reaches just these
 * (no-dead-ends.test.ts); each of them is brought about and taken through the API (server/every-way-out.test.ts).
 */
import { answersTo, waysOut, type Posting, type Way } from "../index.ts";

/** What a person is offered, as the API tells it. */
type Offer = Pick<Posting, "state" | "driver"> & {
  question: Pick<NonNullable<Posting["question"]>, "kind"> | null;
  can: readonly Way["do"][];
  answers: readonly string[];
};

export const placeOf = ({ state, question }: Pick<Offer, "state" | "question">): string =>
  question ? `${state}: ${question.kind}` : state;

export const offerText = (offer: Offer): string =>
  `${placeOf(offer)} (${offer.driver}): ${[...offer.can, ...offer.answers].join(", ")}`;

export const offerOf = (posting: Posting): string =>
  offerText({
    ...posting,
    can: [...new Set(waysOut(posting).map((way) => way.do))],
    answers: answersTo(posting),
  });

export const OFFERS: readonly string[] = [
  "cancelled (cloud): ",
  "cancelled (tab): ",
  "claimed (cloud): cancel",
  "claimed (tab): cancel",
  "done (cloud): ",
  "done (tab): ",
  "failed (cloud): retry",
  "failed (tab): retry",
  "filling (cloud): cancel",
  "filling (tab): cancel",
  "needs_human: alike (cloud): answer, take-over, cancel, is-it, another-thing",
  "needs_human: alike (tab): answer, cancel, is-it, another-thing",
  "needs_human: field (cloud): answer, take-over, cancel, go-on",
  "needs_human: field (cloud): answer, take-over, cancel, go-on, is-it, not-there, wait",
  "needs_human: field (tab): answer, cancel, go-on",
  "needs_human: field (tab): answer, cancel, go-on, is-it, not-there, wait",
  "needs_human: ready (cloud): answer, take-over, cancel, publish",
  "needs_human: ready (tab): answer, cancel, publish",
  "needs_human: stop (cloud): answer, take-over, cancel, go-on",
  "needs_human: stop (cloud): answer, take-over, cancel, go-on, is-it, not-there, wait",
  "needs_human: stop (tab): answer, cancel, go-on",
  "needs_human: stop (tab): answer, cancel, go-on, is-it, not-there, wait",
  "needs_human: stuck (cloud): answer, take-over, cancel, go-on, wait",
  "needs_human: stuck (tab): answer, cancel, go-on, use-cloud, wait",
  "needs_human: there (cloud): answer, take-over, cancel, is-it, not-there, wait",
  "needs_human: there (cloud): answer, take-over, cancel, is-it, wait",
  "needs_human: there (tab): answer, cancel, is-it, not-there, wait",
  "needs_human: there (tab): answer, cancel, is-it, wait",
  "queued (cloud): cancel",
  "queued (tab): take-over, cancel",
  "submitting (cloud): cancel",
  "submitting (tab): cancel",
  "unknown (cloud): cancel",
  "unknown (tab): cancel",
];
