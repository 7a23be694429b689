/**
 * The protocol with one rule taken out, or one old fault put back: text of the real files, changed while they are bundled.
 * Some rules mask each other; then a mutant takes out the mask as well, or plays in a world that needs the rule.
 */
import type { Scenario } from "./scenario.ts";

export type Change = { file: string; find: string; put: string };
export type Mutant = { name: string; changes: Change[]; world: Partial<Scenario>; seen: readonly string[] };

const calm: Partial<Scenario> = {
  other: "none",
  second: "none",
  cancelAt: null,
  soldAt: null,
  list: "ok",
  outage: "none",
  reconnectAt: null,
  restoreAt: null,
  clockJump: 0,
  confirms: false,
};
const change = (file: string, find: string, put: string): Change => ({ file, find, put });

const REPEATS = change("apply-look.ts", "posting.absenceProves &&", "");
const ANYBODY = change("apply-driving.ts", "driver === posting.driver ||", "true ||");

export const MUTANTS: Mutant[] = [
  {
    name: "absence is pressed again by itself",
    changes: [REPEATS],
    world: { ...calm, mode: "publish", proves: false },
    seen: ["twice"],
  },
  {
    name: "the settle window is not waited for",
    changes: [change("apply-look.ts", "(posting.unsettledAt ?? now) + posting.windowMs", "0")],
    world: { ...calm, mode: "publish", proves: true },
    seen: ["twice"],
  },
  {
    name: "the window counts from the permit, and one reading is enough",
    changes: [
      // With the real ten seconds the look before the second press masks it.
      change("limits.ts", "PERMIT_MS = 10_000", "PERMIT_MS = 70_000"),
      change("apply-permit.ts", "until: now + PERMIT_MS", "until: now"),
      change("apply-permit.ts", "unsettledAt: now + PERMIT_MS", "unsettledAt: now"),
      change("apply-look.ts", "if (posting.absentAt === null) return", "if (false) return"),
      change("apply-look.ts", "begunAt < posting.absentAt + AGREE_MS", "false"),
    ],
    world: { ...calm, mode: "publish", proves: true, lagS: 118, reply: 2 },
    seen: ["twice"],
  },
  {
    name: "a new row under another title does not speak against absence",
    changes: [change("match.ts", "unexplained: fresh.map(candidateOf)", "unexplained: []")],
    world: { ...calm, mode: "publish", proves: true },
    seen: ["twice"],
  },
  {
    name: "rows seen are taken for the whole list",
    changes: [
      change(
        "match.ts",
        'if (!reading.complete) return { kind: "incomplete", why: whyIncomplete(reading) };\n  return { kind: "absent"',
        'return { kind: "absent"',
      ),
      change(
        "match.ts",
        'if (!reading.complete) return { kind: "incomplete", why: whyIncomplete(reading) };\n  return { kind: "go"',
        'return { kind: "go"',
      ),
    ],
    world: { ...calm, mode: "publish", proves: true, list: "partial" },
    seen: ["twice"],
  },
  {
    name: "one reading is enough",
    changes: [
      change("apply-look.ts", "if (posting.absentAt === null) return", "if (false) return"),
      change("apply-look.ts", "begunAt < posting.absentAt + AGREE_MS", "false"),
    ],
    world: { ...calm, mode: "publish", proves: true, list: "flapping" },
    seen: ["twice"],
  },
  {
    name: "no answer is taken for a permit",
    changes: [
      change(
        "press-once.ts",
        "if (!answer?.ok) return false;",
        "if (answer === null) return true;\n    if (!answer.ok) return false;",
      ),
    ],
    world: {
      ...calm,
      login: "cloud",
      driver: "tab",
      mode: "publish",
      outage: "browsers",
      outageFrom: 30,
      outageFor: 600,
    },
    seen: ["no-permit", "twice"],
  },
  {
    name: "it is pressed although the service said no",
    changes: [
      change(
        "press-once.ts",
        "if (!answer?.ok) return false;",
        "if (answer === null) return false;\n    if (!answer.ok) return true;",
      ),
    ],
    world: { ...calm, mode: "publish", soldAt: 5 },
    seen: ["no-permit", "sold"],
  },
  {
    name: "the cloud takes over what a tab has claimed",
    changes: [change("apply-driving.ts", "!posting.tabClaimed &&", "")],
    world: {
      ...calm,
      driver: "tab",
      login: "cloud",
      fallback: true,
      mode: "publish",
      outage: "browsers",
      outageFrom: 30,
      outageFor: 600,
    },
    seen: ["driver"],
  },
  {
    name: "the cloud posts what was asked for in tabs, after a captcha too",
    changes: [ANYBODY, REPEATS],
    world: { ...calm, driver: "tab", login: "cloud", mode: "publish" },
    seen: ["driver", "twice"],
  },
  {
    name: "evidence needs the fence",
    changes: [
      REPEATS,
      change(
        "apply.ts",
        'if (!canBegin(posting.state, event)) return refuse("state");',
        'if (!canBegin(posting.state, event)) return refuse("state");\n  if (event.kind === "said-listed" && posting.state !== "submitting") return refuse("state");',
      ),
    ],
    world: { ...calm, login: "cloud", mode: "publish", driver: "tab", proves: false },
    seen: ["after-sign"],
  },
  {
    name: "the site's word is forgotten where it names no id",
    changes: [
      REPEATS,
      change(
        "after-press.ts",
        'if (seen.kind === "listed")',
        'if (seen.kind === "listed" && seen.externalId !== null)',
      ),
    ],
    world: { ...calm, mode: "publish", proves: false, driver: "tab", reply: 1 },
    seen: ["after-sign"],
  },
  {
    name: "answers are not bound to their question",
    changes: [
      change(
        "apply-person.ts",
        'if (posting.question?.number !== event.question) return refuse("old-question");',
        "",
      ),
      change(
        "apply-person.ts",
        'if (!answersTo(posting).includes(event.answer.kind)) return refuse("no-such-answer");',
        "",
      ),
      change(
        "moves.ts",
        'answer: [{ from: ["needs_human"], to:',
        'answer: [{ from: ["needs_human", "unknown", "queued"], to:',
      ),
      change("apply-person.ts", "if (now < windowEnds) return", "if (false) return"),
    ],
    world: { ...calm, mode: "publish", proves: false, lagS: 259200, reply: 2 },
    seen: ["twice"],
  },
  {
    name: "there is no hour",
    changes: [
      change(
        "apply-driving.ts",
        'if (now < posting.decideBy) return refuse("not-due");',
        'if (now >= 0) return refuse("not-due");',
      ),
    ],
    world: { ...calm, list: "down-for-ever" },
    seen: ["limbo"],
  },
  {
    name: "a look-alike is taken for the listing before anything is pressed",
    changes: [
      change(
        "before-press.ts",
        'case "alike":\n',
        'case "alike":\n        await run.tell({ kind: "found", externalId: before.rows[0]!.externalId, url: null, by: "likeness" });\n        return false;\n',
      ),
    ],
    world: { ...calm, other: "handmade" },
    seen: ["lost"],
  },
  {
    name: "no reading is asked for before the permit",
    changes: [
      change("apply-permit.ts", 'if (!isRead) return "no-reading";', ""),
      change(
        "carry-out.ts",
        "if ((isStale || !isFreshlyRead(run)) && !(await lookFirst(run, stands))) return;",
        "",
      ),
      change(
        "match.ts",
        "alike.length > 1 || isRivalled || posting.baseline === null",
        "alike.length > 1 || isRivalled",
      ),
    ],
    world: { ...calm, other: "handmade", mode: "publish" },
    seen: ["lost"],
  },
  {
    name: "one row proves two postings",
    changes: [
      change("apply-evidence.ts", 'if (owner && !isTakable) return refuse("row-taken");', ""),
      change("match.ts", "return owner === undefined || owner.posting === posting.id;", "return true;"),
      change("apply-permit.ts", 'if (keeper.isTwinUnclear(twin)) return "twin-unclear";', ""),
      change("match.ts", "alike.length > 1 || isRivalled", "false"),
    ],
    world: { ...calm, other: "twin", mode: "publish" },
    seen: ["shared", "lost"],
  },
  {
    name: "cancelled is said at once",
    changes: [
      change(
        "apply-person.ts",
        "      return changed(posting, { cancelAsked: true });",
        '      return changed(posting, { ...closed(posting, "cancelled", { code: "cancelled", pressed: false, filled: false }, now), closedAt: null });',
      ),
      change(
        "moves.ts",
        '{ from: ["submitting"], to: ["submitting"] },\n    { from: ["unknown"',
        '{ from: ["submitting", "claimed", "filling", "unknown"], to: ["cancelled"] },\n    { from: ["unknown"',
      ),
    ],
    world: { ...calm, cancelAt: 35.5, mode: "publish" },
    seen: ["untrue", "cancelled", "forgotten"],
  },
  {
    name: "the permit does not ask whether it is sold",
    changes: [change("apply-permit.ts", "if (keeper.gone) return keeper.gone;", "")],
    world: { ...calm, soldAt: 5, mode: "publish" },
    seen: ["sold"],
  },
  {
    name: "the press record is not on the disk",
    changes: [
      change("host.ts", "const IS_STRICT = true;", "const IS_STRICT = false;"),
      change("host.ts", 'if (this.name === "cloud") this.memories.clear();', ""),
      change(
        "apply-permit.ts",
        'if (posting.sign) return refuse("already-known");\n  if (posting.state === "submitting")',
        'if (posting.state === "submitting")',
      ),
      change("host.ts", "      this.start += 1;", ""),
    ],
    world: { ...calm, driver: "tab", mode: "publish", login: "tabs" },
    seen: ["twice"],
  },
  {
    name: "a named id does not take its row from a likeness",
    changes: [
      change("apply-evidence.ts", 'owner.by === "likeness" && by !== "likeness"', "false"),
      change("apply-permit.ts", 'if (keeper.isTwinUnclear(twin)) return "twin-unclear";', ""),
      change("match.ts", "alike.length > 1 || isRivalled", "false"),
    ],
    world: { ...calm, other: "twin", mode: "publish" },
    seen: ["lost", "limbo"],
  },
  {
    name: "late evidence does not reopen, and nobody watches",
    changes: [
      change("windows.ts", "closedAt: isToWatch ? now : null,", "closedAt: null,"),
      change(
        "apply.ts",
        'if (!canBegin(posting.state, event)) return refuse("state");',
        'if (!canBegin(posting.state, event) || ["failed", "cancelled"].includes(posting.state) && event.kind !== "retry") return refuse("state");',
      ),
    ],
    world: { ...calm, cancelAt: 50, mode: "publish", proves: false, reply: 2 },
    seen: ["forgotten"],
  },
  {
    name: '"it is not there" counts before anybody can know, and nobody watches',
    changes: [
      change("apply-person.ts", "if (now < windowEnds) return", "if (false) return"),
      change("windows.ts", "closedAt: isToWatch ? now : null,", "closedAt: null,"),
    ],
    world: { ...calm },
    seen: ["forgotten"],
  },
  {
    name: "a job whose place another took is tried again",
    changes: [
      change("apply-person.ts", 'if (keeper.hasSuccessor) return refuse("superseded");', ""),
      change("apply-permit.ts", 'if (keeper.isItemPressed && !isForOneMore) return "superseded";', ""),
      change("match.ts", "books.owned.get(row.externalId)?.item === itemId", "false"),
    ],
    world: { ...calm, mode: "publish", second: "browser", secondAt: 700, reply: 2 },
    seen: ["twice"],
  },
  {
    name: "the item is asked for again while the first is open",
    changes: [
      change("service.ts", "if (standing && !pressed) {", "if (false) {"),
      change("apply-permit.ts", 'if (keeper.isItemPressed && !isForOneMore) return "superseded";', ""),
      change("apply-permit.ts", 'if (keeper.isTwinUnclear(twin)) return "twin-unclear";', ""),
    ],
    world: { ...calm, mode: "publish", second: "browser" },
    seen: ["twice"],
  },
  {
    name: "a permit has no age",
    changes: [
      change("host.ts", "if (wall < 0 || wall > PERMIT_MS || monotonic > PERMIT_MS) {", "if (wall === -1) {"),
    ],
    world: { ...calm, mode: "publish" },
    seen: ["aged", "no-permit"],
  },
  {
    name: "a permit's age is asked of the monotonic clock alone, which sleeps with its machine",
    changes: [change("host.ts", "wall < 0 || wall > PERMIT_MS || monotonic", "monotonic")],
    world: { ...calm, mode: "publish" },
    seen: ["aged", "no-permit"],
  },
  {
    name: "a run has no deadline",
    changes: [
      change("host.ts", "if (sim.now >= ends) {", "if (false) {"),
      change("lease.ts", "if (runUntil !== null && now >= runUntil) return null;", ""),
      change("lease.ts", "Math.min(now + LEASE_MS, runUntil ?? Infinity)", "now + LEASE_MS"),
    ],
    world: { ...calm, other: "twin", mode: "publish" },
    seen: ["starved", "limbo"],
  },
  {
    name: "after a sign it is asked about at once",
    changes: [
      change(
        "apply-look.ts",
        "if (posting.sign && now < (posting.unsettledAt ?? now) + DAY_MS) return",
        "if (false) return",
      ),
      change("windows.ts", "posting.sign ? DAY_MS : HOUR_MS", "HOUR_MS"),
    ],
    world: { ...calm, proves: false, mode: "publish" },
    seen: ["too-early"],
  },
];
