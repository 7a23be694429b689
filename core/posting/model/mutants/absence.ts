/** Absence, proved too lightly. */
import { REPEATS, NO_LOOK_BEFORE_AGAIN, NO_ALIKE, FORGETS_UNEXPLAINED, ONE_READING } from "./masks.ts";
import { calm, change, type Mutant } from "./mutant.ts";

export const ABSENCE: Mutant[] = [
  {
    name: "absence is pressed again by itself, where the site may hold or lag",
    changes: [REPEATS],
    world: { ...calm, proves: false },
    seen: ["twice"],
  },
  {
    name: "what was looked over and published once is pressed again by itself",
    changes: [change("apply-look.ts", 'posting.mode === "publish" &&')],
    world: { ...calm, mode: "review", proves: true },
    seen: ["absence"],
  },
  {
    name: "the settle window is not waited for: four looks in a second are an absence",
    changes: [
      change(
        "apply-look.ts",
        "if (windowEnds === null || begunAt <= windowEnds) return changed(posting, {});",
      ),
    ],
    masks: ONE_READING,
    world: { ...calm, proves: true, lagS: 45, reply: 2 },
    seen: ["twice"],
  },
  {
    name: "the window counts from the permit, and one reading is enough",
    changes: [
      change("apply-permit.ts", "until: now + PERMIT_MS", "until: now"),
      change("apply-permit.ts", "unsettledAt: now + PERMIT_MS", "unsettledAt: now"),
    ],
    masks: [
      // With the real ten seconds the look before the second press masks it.
      change("limits.ts", "PERMIT_MS = 10_000", "PERMIT_MS = 70_000"),
      ...ONE_READING,
    ],
    world: { ...calm, proves: true, lagS: 118, reply: 2 },
    seen: ["twice"],
  },
  {
    name: "a new row under another title does not speak against absence",
    changes: [
      change(
        "match.ts",
        "unexplained: since.filter((row) => !isDoubtful(row)).map(candidateOf)",
        "unexplained: []",
      ),
    ],
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
    changes: ONE_READING,
    masks: [FORGETS_UNEXPLAINED, NO_LOOK_BEFORE_AGAIN, NO_ALIKE],
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
        "whose.ts",
        'return expected === null || sameLogin(login, expected.id) ? "ours" : "another";',
        'return "ours";',
      ),
    ],
    world: { ...calm, proves: true, list: "other-login", listWhen: "after", reply: 2 },
    seen: ["twice"],
  },
];
