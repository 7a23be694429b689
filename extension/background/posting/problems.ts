/** Ways a run ends that are no bug: each says what the person has to do, in a sentence. */
import type { StopSign } from "#core/plan/plan.ts";
import type { PostRow } from "#extension/store/rows.ts";

type Handoff = NonNullable<PostRow["handoff"]>;

/** The person has to do something; the tab stays open for it. */
export class NeedsPerson extends Error {
  override name = "NeedsPerson";
  readonly handoff: Handoff;
  constructor(handoff: Handoff, message: string) {
    super(message);
    this.handoff = handoff;
  }
}

/** An earlier submit of the same item may have happened, and the site's list does not show it. */
export const postedBefore = (site: string): NeedsPerson =>
  new NeedsPerson(
    "check-listing",
    `This item was posted to ${site} before and is not among the active listings there. Say whether it is there.`,
  );

/** It cannot work as it is; trying again by itself would not help. */
export class PostFailed extends Error {
  override name = "PostFailed";
}

/** Not now: the account is driven by somebody else. Tried again at `at`. */
export class TryLater extends Error {
  override name = "TryLater";
  readonly at: string;
  constructor(message: string, at: string) {
    super(message);
    this.at = at;
  }
}

const STOP_SENTENCES: Record<StopSign["kind"], (site: string) => string> = {
  login: (site) => `${site} asks you to log in. Log in in its tab; Hawker goes on by itself.`,
  captcha: (site) => `${site} shows a captcha. Solve it in its tab, then press Continue.`,
  checkpoint: (site) => `${site} wants to check that it is you. Do what its tab asks, then press Continue.`,
  block: (site) => `${site} has blocked this account for now. Its tab says why.`,
  limit: (site) => `${site} says you have posted as much as it allows for now. Try again later.`,
};

export const stopped = (stop: StopSign, site: string): NeedsPerson =>
  new NeedsPerson(stop.kind, STOP_SENTENCES[stop.kind](site));
