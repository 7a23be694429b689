/** What a person is asked, and what is made of the answer. */
import { NO_WATCH, NO_WINDOW_FOR_DENIALS } from "./masks.ts";
import { calm, change, known, type Mutant } from "./mutant.ts";

export const PERSONS: Mutant[] = [
  {
    name: "answers are not bound to their question",
    changes: [
      change(
        "apply-person.ts",
        'if (posting.question?.number !== event.question) return refuse("old-question");',
      ),
    ],
    masks: [
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
    name: '"it is not there" counts before anybody can know',
    changes: [NO_WINDOW_FOR_DENIALS],
    masks: [NO_WATCH],
    world: { ...calm, proves: false, lagS: 118, reply: 3 },
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
    name: '"Hawker has published nothing" is said over a form that stands filled',
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
];
