/** Permits given, or used, where none should be. */
import { ANY_RIVAL, LAPSED_IS_UNPRESSED, NOT_SHOWN_ANEW } from "./masks.ts";
import { calm, change, known, type Mutant } from "./mutant.ts";

export const PERMIT: Mutant[] = [
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
    ],
    masks: [change("own-clock.ts", 'if (ages.some((age) => age < 0)) return "clock-moved";')],
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
      change("apply-permit.ts", "return readingAt <= now && now - readingAt <= withinMs;", "return true;"),
      change("apply-permit.ts", "|| readingFence !== fence"),
    ],
    world: { ...calm, mode: "review" },
    seen: ["permit"],
  },
  {
    name: "no reading is asked for before the permit",
    changes: [
      change("apply-permit.ts", 'if (!isFreshlyRead(posting, fence, now)) return "no-reading";'),
      change(
        "carry-out.ts",
        'if ((isStale || !mayPressOn(run)) && !(await lookFirst(run, form !== "none"))) return;',
      ),
    ],
    masks: [ANY_RIVAL],
    world: { ...calm, other: "handmade" },
    seen: ["lost", "permit"],
  },
  {
    name: "a consent is not used up by its permit",
    changes: [change("apply-permit.ts", "consent: null, marker: event.marker", "marker: event.marker")],
    masks: LAPSED_IS_UNPRESSED,
    world: { ...calm, proves: false },
    seen: ["permit"],
  },
  {
    name: "a run that ended between its permit and the proof is taken for one that pressed nothing",
    changes: LAPSED_IS_UNPRESSED,
    world: { ...calm, proves: false, reply: 2 },
    seen: ["twice"],
  },
  {
    name: "what was edited after it was shown is published",
    changes: [
      change(
        "apply-permit.ts",
        'if (posting.consent.hash !== null && posting.consent.hash !== event.hash) return refuse("no-consent");',
      ),
    ],
    masks: [NOT_SHOWN_ANEW],
    world: { ...known, mode: "review", editedAt: 50 },
    seen: ["unseen", "permit"],
  },
  {
    name: "the press record is not on the disk",
    changes: [change("host.ts", "const IS_STRICT = true;", "const IS_STRICT = false;")],
    masks: [
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
    name: "a press whose permit a power cut took from the browser's record is not looked up in the press record",
    changes: [
      change(
        "carry-out.ts",
        'if (forgotten !== null) return run.tell({ kind: "pressed", attempt: forgotten });',
      ),
    ],
    world: { ...calm, login: "local", driver: "tab", proves: false },
    seen: ["twice"],
  },
  {
    name: "a copied profile has the name of its original, and goes on with its run",
    changes: [change("host.ts", "const IS_OF_ITS_START = true;", "const IS_OF_ITS_START = false;")],
    world: { ...known, login: "tabs", second: "clone" },
    seen: ["twice"],
  },
];
