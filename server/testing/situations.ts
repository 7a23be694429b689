/** Every place a target can be in, reached the way it is reached: by what drivers, people and clocks tell the database. */
import type { CreateJobRequest, Target } from "#core/api/index.ts";
import type { Driver } from "#core/job/index.ts";
import { twinKeyOf, type Candidate, type Ending } from "#core/posting/index.ts";
import type { Drive } from "./drive.ts";

type Place = Target["state"] | `needs_human: ${NonNullable<Target["question"]>["kind"]}`;
export type Situation = {
  name: string;
  place: Place;
  request: Partial<CreateJobRequest>;
  lead: (drive: Drive) => Promise<void>;
};
type Lead = Situation["lead"];

const marker = { title: "Levi's 501 jeans, 32x32, dark wash", priceText: "$45" };
const twin = twinKeyOf(marker);
const row: Candidate = {
  externalId: "m-new",
  url: "https://www.mercari.com/us/item/m-new/",
  title: "Levi's 501 jeans",
  priceText: "$45",
  status: "active",
};
const policy = { windowMs: 60_000, absenceProves: false };
/** Longer than permit, window and the pause between two readings together. */
const PAST_WINDOW_S = 180;
const captcha: Ending = { code: "stop", stop: "captcha" };
const fieldRefused: Ending = { code: "field", label: "Category", reason: "option-missing" };

const asked: Lead = () => Promise.resolve();
const claimed: Lead = (drive) => drive.claim();
const filling: Lead = async (drive) => {
  await claimed(drive);
  await drive.tell({ kind: "looked", baseline: ["m-old"] });
  await drive.tell({ kind: "fill", marker, twin });
};
const submitting: Lead = async (drive) => {
  await filling(drive);
  await drive.tell({ kind: "permit", marker, twin, policy, hash: "h" });
};
const unanswered: Lead = async (drive) => {
  await submitting(drive);
  await drive.tell({ kind: "pressed", attempt: 1 });
};
const saidListed: Lead = async (drive) => {
  await submitting(drive);
  await drive.tell({ kind: "said-listed", externalId: null, url: null });
};
const askedAbout =
  (before: Lead, question: "alike" | "field" | "stop", ending: Ending, candidates: Candidate[] = []): Lead =>
  async (drive) => {
    await before(drive);
    await drive.tell({ kind: "ask", question, ending, candidates });
  };
/** Two complete readings after the window, by claims of their own. */
const absentTwice =
  (unexplained: Candidate[], before: Lead = unanswered): Lead =>
  async (drive) => {
    await before(drive);
    for (const _ of ["first", "second"]) {
      await drive.release();
      await drive.later(PAST_WINDOW_S);
      await drive.claim();
      await drive.tell({ kind: "absent", unexplained, againInMs: 0 });
    }
  };
const judging: Lead = async (drive) => {
  await unanswered(drive);
  await drive.release();
  await drive.claim();
};
const saidNotThere: Lead = async (drive) => {
  await absentTwice([])(drive);
  await drive.post("answer", { question: 1, answer: { kind: "not-there" } });
};
const filled: Lead = async (drive) => {
  await filling(drive);
  await drive.tell({ kind: "ready" });
};
const hourStrikes: Lead = (drive) => drive.hourEnds();
const hourOver =
  (before: Lead): Lead =>
  async (drive) => {
    await before(drive);
    await drive.release();
    await drive.hourEnds();
  };
const lateRow: Lead = async (drive) => {
  await saidNotThere(drive);
  await drive.tell({ kind: "late-row", candidates: [row] });
};
const saidNo: Lead = async (drive) => {
  await submitting(drive);
  await drive.tell({ kind: "said-no", attempt: 1, message: "Enter a ZIP code" });
};
const failed: Lead = async (drive) => {
  await filling(drive);
  await drive.tell({ kind: "fail", ending: { code: "photo", message: "Photo 1 cannot be used." } });
};
const found: Lead = async (drive) => {
  await unanswered(drive);
  await drive.tell({ kind: "found", externalId: row.externalId, url: row.url, by: "id" });
};
const cancelled: Lead = async (drive) => {
  await drive.post("cancel");
};
const evidence: Lead = (drive) =>
  drive.tell({ kind: "pressed-by-person", marker, twin, baseline: null, policy });

/** Of the cloud's; those where a tab's differ are asked of a tab as well. */
const CLOUDS: [name: string, place: Place, lead: Lead][] = [
  ["asked for", "queued", asked],
  ["claimed", "claimed", claimed],
  ["being filled", "filling", filling],
  ["permitted", "submitting", submitting],
  ["pressed, and no answer", "unknown", unanswered],
  ["said to be listed", "unknown", saidListed],
  ["filled for review", "needs_human: ready", filled],
  ["alike", "needs_human: alike", askedAbout(claimed, "alike", { code: "several", count: 1 }, [row])],
  ["not found", "needs_human: there", absentTwice([])],
  ["unexplained rows", "needs_human: there", absentTwice([row])],
  ["unexplained rows after the site's word", "needs_human: there", absentTwice([row], saidListed)],
  ["its hour over after a press", "needs_human: there", hourOver(unanswered)],
  ["its hour over after the site's word", "needs_human: there", hourOver(saidListed)],
  ["a late row", "needs_human: there", lateRow],
  ["a field", "needs_human: field", askedAbout(filling, "field", fieldRefused)],
  ["refused by the form", "needs_human: field", saidNo],
  ["a field, after a press", "needs_human: field", askedAbout(judging, "field", fieldRefused)],
  ["a captcha", "needs_human: stop", askedAbout(filling, "stop", captcha)],
  ["a captcha, after a press", "needs_human: stop", askedAbout(judging, "stop", captcha)],
  ["nobody came", "needs_human: stuck", hourStrikes],
  ["failed before a press", "failed", failed],
  ["failed after a press", "failed", saidNotThere],
  ["found", "done", found],
  ["cancelled", "cancelled", cancelled],
];
const TABS: typeof CLOUDS = [
  ["asked for", "queued", asked],
  ["claimed", "claimed", claimed],
  ["being filled", "filling", filling],
  ["permitted", "submitting", submitting],
  ["pressed, and no answer", "unknown", unanswered],
  ["filled for review", "needs_human: ready", filled],
  ["alike", "needs_human: alike", askedAbout(claimed, "alike", { code: "several", count: 1 }, [row])],
  ["not found", "needs_human: there", absentTwice([])],
  ["unexplained rows after the site's word", "needs_human: there", absentTwice([row], saidListed)],
  ["a field", "needs_human: field", askedAbout(filling, "field", fieldRefused)],
  ["a field, after a press", "needs_human: field", askedAbout(judging, "field", fieldRefused)],
  ["a captcha", "needs_human: stop", askedAbout(filling, "stop", captcha)],
  ["a captcha, after a press", "needs_human: stop", askedAbout(judging, "stop", captcha)],
  ["nobody came", "needs_human: stuck", hourStrikes],
  ["found", "done", found],
  ["cancelled", "cancelled", cancelled],
  ["failed after a press", "failed", saidNotThere],
];

const situationsOf = (driver: Driver, rows: typeof CLOUDS): Situation[] =>
  rows.map(([name, place, lead]) => ({
    name: `${name} (${driver})`,
    place,
    request: { driver, mode: place === "needs_human: ready" ? "review" : "publish" },
    lead,
  }));

const byHand = { driver: "tab", mode: "review", pressed: true } as const;
export const SITUATIONS: Situation[] = [
  ...situationsOf("cloud", CLOUDS),
  ...situationsOf("tab", TABS),
  { name: "published by hand", place: "unknown", request: byHand, lead: asked },
  { name: "published by hand, and the evidence follows", place: "unknown", request: byHand, lead: evidence },
];

/** Driven, or perhaps posted: a cancel is only a wish. */
export const WISHES: Situation[] = SITUATIONS.filter(({ place }) =>
  ["claimed", "filling", "submitting", "unknown"].includes(place),
);
