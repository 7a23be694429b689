/** What the sites hold by their own ledger: listings that came through a form, and every press that arrived. */
import type { PracticeControl } from "#practice/control-client.ts";
import type { Site } from "../../scripts/demo/expected.ts";

export type Made = { listings: number; presses: number };

export const madeAt = async (practice: PracticeControl, site: Site): Promise<Made> => {
  const { entries, listings } = await practice.ledger({ site });
  return {
    listings: listings.filter(({ byHand, status }) => !byHand && status !== "deleted").length,
    presses: entries.filter(({ kind }) => kind === "submit").length,
  };
};

/** The same, site by site. */
export const madeAtEach = (practice: PracticeControl, sites: readonly Site[]): Promise<Made[]> =>
  Promise.all(sites.map((site) => madeAt(practice, site)));

export const ONE: Made = { listings: 1, presses: 1 };
export const NOTHING: Made = { listings: 0, presses: 0 };

/** The press is taken, a page that stops everybody is shown, and the listing shows nowhere: the seller alone can know. */
export const stopAndHide = async (
  practice: PracticeControl,
  site: Site,
  stop: "captcha" | "checkpoint" = "captcha",
): Promise<void> => {
  await practice.fault(site, stop, { at: "submit", commit: true });
  await practice.fault(site, "held-for-review", { shows: "nothing" });
};
