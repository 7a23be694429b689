/**
 * The protocol with one rule taken out, or one old fault put back: text of the real files, changed while they are bundled.
 * Some rules mask each other; then a mutant takes out the mask as well, or plays in a world that needs the rule.
 */
import type { Scenario } from "./scenario.ts";

export type Change = { file: string; find: string; put: string };
export type Mutant = {
  name: string;
  changes: Change[];
  world: Partial<Scenario>;
  /** Any of these kinds of violation is what it leads to. */
  seen: readonly string[];
};

const change = (file: string, find: string, put = ""): Change => ({ file, find, put });

/** Nothing happens but what a mutant's world names. */
const calm: Partial<Scenario> = {
  act: "list",
  mode: "publish",
  other: "none",
  outage: "none",
  second: "none",
  list: "none",
  submit: "one",
  gone: "none",
  cancelAt: null,
  editedAt: null,
  takenOverAt: null,
  more: "none",
  reconnectAt: null,
  restoreAt: null,
  registeredAt: null,
  skewS: 0,
  jumpAt: null,
};
const known: Partial<Scenario> = { ...calm, login: "cloud", driver: "tab", fallback: false };

// Masks: rules that catch what another one should have caught.
const REPEATS = change("apply-look.ts", "posting.absenceProves &&");
const NO_LOOK_BEFORE_AGAIN = change(
  "match.ts",
  "if (posting.presses > 0 && posting.baseline !== null) {",
  "if (posting.presses < 0) {",
);
const NO_ALIKE = change("match.ts", "if (alike.length > 0) return", "if (alike.length < 0) return");
const NO_TWIN_WAIT = change("apply-permit.ts", 'if (keeper.isTwinUnclear(twin)) return "twin-unclear";');
const ANY_RIVAL = change(
  "match.ts",
  "(alike.length > 1 || isRivalled || posting.baseline === null)",
  "false",
);
const FORGETS_UNEXPLAINED = change(
  "apply-look.ts",
  "unexplained: together(posting.unexplained, event.unexplained)",
  "unexplained: event.unexplained",
);
const ONE_READING = [
  change("apply-look.ts", "if (posting.absentAt === null) return", "if (false) return"),
  change("apply-look.ts", "begunAt < posting.absentAt + AGREE_MS", "false"),
];
const NO_WATCH = change("windows.ts", "closedAt: isToWatch ? now : null,", "closedAt: null,");
const NO_WINDOW_FOR_DENIALS = change("apply-person.ts", "if (now < windowEnds) return", "if (false) return");
const NOT_SUPERSEDED = change(
  "apply-permit.ts",
  'if (keeper.isItemPressed && !isForOneMore) return "superseded";',
);
const NO_STANDING = change("service.ts", "if (isInTheWay && !isPressed) {", "if (false) {");
const NO_RECORDED = change("match.ts", "books.owned.get(row.externalId)?.item === itemId", "false");
const NO_OWNERS = change(
  "match.ts",
  "return owner === undefined || owner.posting === posting.id;",
  "return true;",
);

export const MUTANTS: Mutant[] = [
  // Absence.
  {
    name: "absence is pressed again by itself, where the site may hold or lag",
    changes: [REPEATS],
    world: { ...calm, proves: false },
    seen: ["twice"],
  },
  {
    name: "the settle window is not waited for: four looks in a second are an absence",
    changes: [
      REPEATS,
      change("apply-look.ts", "if (begunAt <= windowEnds) return changed(posting, later);"),
      ...ONE_READING,
    ],
    world: { ...calm, proves: true, lagS: 45, reply: 2 },
    seen: ["twice"],
  },
  {
    name: "the window counts from the permit, and one reading is enough",
    changes: [
      // With the real ten seconds the look before the second press masks it.
      change("limits.ts", "PERMIT_MS = 10_000", "PERMIT_MS = 70_000"),
      change("apply-permit.ts", "until: now + PERMIT_MS", "until: now"),
      change("apply-permit.ts", "unsettledAt: now + PERMIT_MS", "unsettledAt: now"),
      ...ONE_READING,
    ],
    world: { ...calm, proves: true, lagS: 118, reply: 2 },
    seen: ["twice"],
  },
  {
    name: "a new row under another title does not speak against absence",
    changes: [change("match.ts", "unexplained: fresh.map(candidateOf)", "unexplained: []")],
    world: { ...calm, proves: true, reply: 2 },
    seen: ["twice"],
  },
  {
    name: "rows seen are taken for the whole list",
    changes: [
      change(
        "match.ts",
        'if (!reading.complete) return { kind: "incomplete", why: whyIncomplete(reading) }; return { kind: "absent"',
        'return { kind: "absent"',
      ),
      change(
        "match.ts",
        'if (!reading.complete) return { kind: "incomplete", why: whyIncomplete(reading) }; return { kind: "go"',
        'return { kind: "go"',
      ),
    ],
    world: { ...calm, proves: true, list: "gap", listWhen: "after", reply: 2 },
    seen: ["twice"],
  },
  {
    name: "a page that did not render counts as an empty list",
    changes: [
      change(
        "match.ts",
        'if (!reading.complete) return { kind: "incomplete", why: whyIncomplete(reading) }; return { kind: "absent"',
        'return { kind: "absent"',
      ),
    ],
    world: { ...calm, proves: true, list: "loading", listWhen: "after", reply: 2 },
    seen: ["twice"],
  },
  {
    name: "one reading is enough, on a site whose replicas disagree",
    changes: [...ONE_READING, FORGETS_UNEXPLAINED, NO_LOOK_BEFORE_AGAIN, NO_ALIKE],
    world: { ...calm, proves: true, list: "flapping", listWhen: "after", reply: 2 },
    seen: ["twice"],
  },
  {
    name: "readings of one moment agree",
    changes: [change("limits.ts", "AGREE_MS = 30_000", "AGREE_MS = 0")],
    world: { ...calm, proves: true, reply: 2 },
    seen: ["absence"],
  },
  {
    name: "what somebody else is signed in to is read as one's own list",
    changes: [
      change(
        "run.ts",
        "return login === null || (reading.login !== null && sameLogin(reading.login, login.id));",
        "return true;",
      ),
    ],
    world: { ...calm, proves: true, list: "other-login", listWhen: "after", reply: 2 },
    seen: ["twice"],
  },
  // The permit.
  {
    name: "no answer is taken for a permit: a timeout of the database is like a login nobody knows",
    changes: [
      change(
        "press-once.ts",
        "if (!answer?.ok) return false;",
        "if (answer === null) return true; if (!answer.ok) return false;",
      ),
    ],
    world: { ...known, outage: "browsers", outageFrom: 30, outageFor: 600 },
    seen: ["no-permit"],
  },
  {
    name: "it is pressed although the service said no",
    changes: [
      change(
        "press-once.ts",
        "if (!answer?.ok) return false;",
        "if (answer === null) return false; if (!answer.ok) return true;",
      ),
    ],
    world: { ...calm, gone: "sold", goneAt: 5 },
    seen: ["no-permit"],
  },
  {
    name: "a permit has no age",
    changes: [change("own-clock.ts", 'ages.some((age) => age > lifeMs) ? "aged" : null', "null")],
    world: { ...calm },
    seen: ["aged"],
  },
  {
    name: "a permit's age is asked of the monotonic clock alone, which sleeps with its machine",
    changes: [
      change(
        "own-clock.ts",
        "[now.wall - since.wall, now.monotonic - since.monotonic]",
        "[now.monotonic - since.monotonic]",
      ),
    ],
    world: { ...calm },
    seen: ["aged"],
  },
  {
    name: "a permit's age is asked of the wall clock alone, which can be set back",
    changes: [
      change(
        "own-clock.ts",
        "[now.wall - since.wall, now.monotonic - since.monotonic]",
        "[now.wall - since.wall]",
      ),
      change("own-clock.ts", 'if (ages.some((age) => age < 0)) return "clock-moved";'),
    ],
    world: { ...known, jumpAt: 35.5, jumpS: -3_600 },
    seen: ["aged"],
  },
  {
    name: "a second page is confirmed however long it stood",
    changes: [
      change(
        "model/hands.ts",
        "whyVoid(pressed, host.clocks(), CONFIRM_MS)",
        "whyVoid(pressed, host.clocks(), Infinity)",
      ),
    ],
    world: { ...calm, submit: "last-of-two" },
    seen: ["aged"],
  },
  {
    name: "the permit does not ask whether it is sold",
    changes: [change("apply-permit.ts", "if (keeper.gone) return keeper.gone;")],
    world: { ...calm, gone: "sold", goneAt: 5 },
    seen: ["sold", "permit"],
  },
  {
    name: "the permit does not ask whether it was cancelled",
    changes: [change("apply-permit.ts", 'if (posting.cancelAsked) return "cancelled";')],
    world: { ...calm, cancelAt: 30 },
    seen: ["permit", "cancelled"],
  },
  {
    name: "a reading of the morning is good enough for a permit in the evening",
    changes: [
      change("apply-permit.ts", "now - posting.readingAt <= READING_MS", "true"),
      change("apply-permit.ts", "posting.readingFence === fence &&"),
      change(
        "before-press.ts",
        "return run.now() - readingAt < READING_MS - READING_LEFT_MS;",
        "return true;",
      ),
      change("before-press.ts", "|| readingFence !== fence", ""),
    ],
    world: { ...calm, mode: "review" },
    seen: ["permit"],
  },
  {
    name: "no reading is asked for before the permit",
    changes: [
      change("apply-permit.ts", 'if (!isRead) return "no-reading";'),
      change(
        "carry-out.ts",
        "if ((isStale || !isFreshlyRead(run)) && !(await lookFirst(run, stands))) return;",
      ),
      ANY_RIVAL,
    ],
    world: { ...calm, other: "handmade" },
    seen: ["lost", "permit"],
  },
  {
    name: "what was edited after it was shown is published",
    changes: [
      change(
        "apply-permit.ts",
        'if (posting.consent.hash !== null && posting.consent.hash !== event.hash) return refuse("no-consent");',
      ),
    ],
    world: { ...known, mode: "review", editedAt: 50 },
    seen: ["unseen", "permit"],
  },
  {
    name: "the press record is not on the disk",
    changes: [
      change("host.ts", "const IS_STRICT = true;", "const IS_STRICT = false;"),
      change("host.ts", "this.#start += 1;"),
      change(
        "apply-permit.ts",
        'if (posting.sign) return refuse("already-known"); if (posting.state === "submitting")',
        'if (posting.state === "submitting")',
      ),
    ],
    world: { ...known, login: "tabs" },
    seen: ["twice"],
  },
  {
    name: "a copied profile has the name of its original, and goes on with its run",
    changes: [change("host.ts", "const IS_OF_ITS_START = true;", "const IS_OF_ITS_START = false;")],
    world: { ...known, login: "tabs", second: "clone" },
    seen: ["twice"],
  },
  // Who drives.
  {
    name: "the cloud takes over what a tab has claimed",
    changes: [change("apply-driving.ts", "!posting.tabClaimed &&")],
    world: { ...known, fallback: true, outage: "browsers", outageFrom: 30, outageFor: 600 },
    seen: ["driver"],
  },
  {
    name: "the cloud posts what was asked for in tabs, after a captcha too",
    changes: [REPEATS, change("apply-driving.ts", "driver === posting.driver ||", "true ||")],
    world: { ...known },
    seen: ["driver", "stopped"],
  },
  {
    name: "a run has no deadline",
    changes: [
      change("host.ts", "if (sim.now >= ends) {", "if (false) {"),
      change("lease.ts", "if (runUntil !== null && now >= runUntil) return null;"),
      change("lease.ts", "Math.min(now + LEASE_MS, runUntil ?? Infinity)", "now + LEASE_MS"),
    ],
    world: { ...calm, other: "neighbour" },
    seen: ["starved", "limbo"],
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
    world: { ...calm, list: "unreachable", listWhen: "ever-after" },
    seen: ["limbo"],
  },
  // Evidence.
  {
    name: "evidence needs the fence",
    changes: [
      REPEATS,
      change(
        "apply.ts",
        'if (!canBegin(posting.state, event)) return refuse("state");',
        'if (!canBegin(posting.state, event)) return refuse("state"); if (event.kind === "said-listed" && posting.state !== "submitting") return refuse("state");',
      ),
    ],
    world: { ...known, proves: false },
    seen: ["after-sign"],
  },
  {
    name: "the site's word is forgotten where it names no id",
    changes: [
      REPEATS,
      change(
        "after-press.ts",
        'if (seen.kind === "listed") {',
        'if (seen.kind === "listed" && seen.externalId !== null) {',
      ),
    ],
    world: { ...known, proves: false, reply: 1 },
    seen: ["after-sign", "twice"],
  },
  {
    name: "after the site's word a person is asked at once",
    changes: [
      change(
        "apply-look.ts",
        "if (posting.sign && now < (posting.unsettledAt ?? now) + DAY_MS) return",
        "if (false) return",
      ),
    ],
    world: { ...calm, driver: "cloud", proves: false },
    seen: ["too-early"],
  },
  {
    name: "a refusal counts although the site may have acted",
    changes: [
      change(
        "after-press.ts",
        'if (seen.kind === "rejected" && !isCandidate)',
        'if (seen.kind !== "listed" && !isCandidate)',
      ),
      change("after-press.ts", "message: seen.message", 'message: "?"'),
    ],
    world: { ...calm, proves: false, reply: 2 },
    seen: ["twice"],
  },
  {
    name: "late evidence does not reopen, and nobody watches",
    changes: [
      NO_WATCH,
      change(
        "apply.ts",
        'if (!canBegin(posting.state, event)) return refuse("state");',
        'if (!canBegin(posting.state, event) || (["failed", "cancelled"].includes(posting.state) && event.kind !== "retry")) return refuse("state");',
      ),
    ],
    world: { ...calm, cancelAt: 50, proves: false, reply: 2 },
    seen: ["forgotten"],
  },
  {
    name: "an unused permit is another driver's",
    changes: [
      change(
        "apply-permit.ts",
        'if (given?.attempt !== attempt || given.fence !== fence) return refuse("other-attempt");',
        'if (given === null) return refuse("other-attempt");',
      ),
    ],
    world: {
      ...known,
      second: "clone",
      outage: "signed-out",
      outageFrom: 33,
      outageFor: 145,
      proves: false,
      lagS: 400,
      reply: 2,
    },
    seen: ["twice"],
  },
  // Persons.
  {
    name: "answers are not bound to their question",
    changes: [
      change(
        "apply-person.ts",
        'if (posting.question?.number !== event.question) return refuse("old-question");',
      ),
      change(
        "apply-person.ts",
        'if (!answersTo(posting).includes(event.answer.kind)) return refuse("no-such-answer");',
      ),
      change(
        "moves.ts",
        'answer: [{ from: ["needs_human"], to:',
        'answer: [{ from: ["needs_human", "unknown", "queued"], to:',
      ),
      NO_WINDOW_FOR_DENIALS,
    ],
    world: { ...calm, proves: false, lagS: 259_200, reply: 2 },
    seen: ["twice"],
  },
  {
    name: '"Retry" posts again what nobody knows about',
    changes: [change("moves.ts", 'retry: [{ from: ["failed"]', 'retry: [{ from: ["failed", "needs_human"]')],
    world: { ...calm, proves: false, reply: 2 },
    seen: ["twice"],
  },
  {
    name: '"it is not there" counts before anybody can know, and nobody watches',
    changes: [NO_WINDOW_FOR_DENIALS, NO_WATCH],
    world: { ...calm, proves: false, lagS: 400, reply: 3 },
    seen: ["forgotten"],
  },
  {
    name: "cancelled is said at once",
    changes: [
      change(
        "apply-person.ts",
        "return changed(posting, { cancelAsked: true });",
        'return changed(posting, { ...closed(posting, "cancelled", { code: "cancelled", pressed: false, filled: false }, now), closedAt: null });',
      ),
      change(
        "moves.ts",
        '{ from: ["submitting"], to: ["submitting"] }, { from: ["unknown", "needs_human"], to: ["unknown"] },',
        '{ from: ["submitting", "claimed", "filling", "unknown"], to: ["cancelled"] }, { from: ["unknown", "needs_human"], to: ["unknown"] },',
      ),
    ],
    world: { ...calm, cancelAt: 35.5 },
    seen: ["untrue", "cancelled"],
  },
  {
    name: '"nothing was published" is said over a form that stands filled',
    changes: [
      change(
        "apply-driving.ts",
        'filledAt: posting.driver === "tab" ? now : posting.filledAt,',
        "filledAt: null,",
      ),
    ],
    world: { ...known, cancelAt: 50, mode: "review" },
    seen: ["untrue"],
  },
  {
    name: '"wait" is asked again at the next look',
    changes: [change("apply-person.ts", "quietUntil: now + DAY_MS,", "quietUntil: null,")],
    world: { ...calm, proves: false, reply: 2, lagS: 259_200 },
    seen: ["useless"],
  },
  {
    name: "a look-alike is taken for the listing before anything is pressed",
    changes: [
      change(
        "before-press.ts",
        'case "alike":',
        'case "alike": await run.tell({ kind: "found", externalId: before.rows[0]!.externalId, url: null, by: "likeness" }); return false;',
      ),
    ],
    world: { ...calm, other: "old-sold" },
    seen: ["lost"],
  },
  // Rows, twins, jobs.
  {
    name: "one row proves two postings",
    changes: [
      change("apply-evidence.ts", 'if (owner && !isTakable) return refuse("row-taken");'),
      NO_OWNERS,
      NO_TWIN_WAIT,
      ANY_RIVAL,
    ],
    world: { ...calm, other: "twin" },
    seen: ["shared", "lost"],
  },
  {
    name: "a named id does not take its row from a likeness",
    changes: [
      change("apply-evidence.ts", 'owner.by === "likeness" && by !== "likeness"', "false"),
      NO_TWIN_WAIT,
      ANY_RIVAL,
    ],
    world: { ...calm, other: "twin" },
    seen: ["lost", "limbo"],
  },
  {
    name: "a row that may be an unsettled twin's is taken by likeness",
    changes: [NO_TWIN_WAIT, ANY_RIVAL],
    world: { ...calm, other: "twin", reply: 2 },
    seen: ["lost", "permit"],
  },
  {
    name: "a twin is pressed while nobody knows what came of the other",
    changes: [NO_TWIN_WAIT],
    world: { ...calm, other: "workspace", reply: 2 },
    seen: ["permit"],
  },
  {
    name: "a job whose place another took is tried again",
    changes: [
      change("apply-person.ts", 'if (keeper.hasSuccessor) return refuse("superseded");'),
      NOT_SUPERSEDED,
      NO_RECORDED,
    ],
    world: { ...calm, second: "browser", secondAt: 700, reply: 2 },
    seen: ["twice"],
  },
  {
    name: "an edited item is another item: it is asked for again while the first is open",
    changes: [NO_STANDING, NOT_SUPERSEDED, NO_TWIN_WAIT],
    world: { ...calm, more: "again", moreAt: 60, editedAt: 50 },
    seen: ["twice"],
  },
  {
    name: "two browsers post one item beside each other",
    changes: [NO_STANDING, NOT_SUPERSEDED, NO_TWIN_WAIT],
    world: { ...calm, second: "browser", secondAt: 5 },
    seen: ["twice"],
  },
  // A record that changes hands, and clocks.
  {
    name: "a login is made known, and its open posts are not",
    changes: [change("world.ts", "this.keeper.adopt(before);"), NO_ALIKE, NO_RECORDED],
    world: { ...calm, driver: "tab", login: "local", registeredAt: 50, more: "again", moreAt: 60, lagS: 400 },
    seen: ["twice"],
  },
  {
    name: "a backup that was put back is believed",
    changes: [change("service.ts", 'for (const id of snapshot.keys()) this.play(id, { kind: "restored" });')],
    world: { ...known, restoreAt: 60, lagS: 400, proves: false },
    seen: ["twice"],
  },
  {
    name: "the window of a login nobody else knows passes when the clock is set on",
    changes: [
      change("own-clock.ts", "unsettledAt: now,", "unsettledAt,"),
      change("own-clock.ts", "absentAt: null,"),
    ],
    world: {
      ...calm,
      driver: "tab",
      login: "local",
      proves: true,
      jumpAt: 60,
      jumpS: 3_600,
      lagS: 118,
      reply: 2,
    },
    seen: ["twice"],
  },
  // Other traces.
  {
    name: "any message of the same text proves that it was sent",
    changes: [
      change(
        "traces.ts",
        "return end === null ? null : keyed(reading.rows).slice(end + 1);",
        "return keyed(reading.rows);",
      ),
    ],
    world: { ...calm, act: "message", other: "handmade", reply: 2, names: true },
    seen: ["lost"],
  },
  {
    name: "what the buyer wrote since is no reason to ask, and a lost message is sent again",
    changes: [REPEATS, change("traces.ts", "unexplained: fresh.map(asCandidate)", "unexplained: []")],
    world: { ...calm, act: "message", proves: false, reply: 2 },
    seen: ["twice"],
  },
  {
    name: "a line of a cart is looked for as a new row",
    changes: [
      change(
        "traces.ts",
        "const added = now - quantityBefore(baseline, id);",
        "const added = quantityBefore(baseline, id) === 0 ? now : 0;",
      ),
    ],
    world: { ...calm, act: "cart", proves: true, other: "twin", reply: 2 },
    seen: ["twice", "lost"],
  },
  {
    name: "a list that cannot be read ends what is for sale",
    changes: [change("traces.ts", "complete && newest.complete &&", "(complete || !newest.complete) &&")],
    world: { ...calm, gone: "sold", goneAt: 400, list: "loading", listWhen: "later", lagS: 0 },
    seen: ["oversell"],
  },
];
