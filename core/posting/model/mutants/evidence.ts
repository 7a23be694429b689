/** What the site showed, dropped or misread. */
import { REPEATS, NO_WATCH } from "./masks.ts";
import { calm, change, known, type Mutant } from "./mutant.ts";

export const EVIDENCE: Mutant[] = [
  {
    name: "evidence needs the fence",
    changes: [
      change(
        "apply.ts",
        'if (!canBegin(posting.state, event)) return refuse("state");',
        'if (!canBegin(posting.state, event)) return refuse("state"); if (event.kind === "said-listed" && posting.state !== "submitting") return refuse("state");',
      ),
    ],
    masks: [REPEATS],
    world: { ...known, proves: false },
    seen: ["after-sign"],
  },
  {
    name: "the site's word is forgotten where it names no id",
    changes: [
      change(
        "after-press.ts",
        'if (seen.kind !== "listed") return seen;',
        'if (seen.kind !== "listed" || seen.externalId === null) return seen;',
      ),
    ],
    masks: [REPEATS],
    world: { ...known, proves: false, reply: 1 },
    seen: ["after-sign"],
  },
  {
    name: "after the site's word a person is asked at once",
    changes: [
      change(
        "apply-look.ts",
        "const isYoungWord = posting.sign !== null && now < (posting.unsettledAt ?? now) + DAY_MS;",
        "const isYoungWord = false;",
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
    name: "nobody watches what ended after a press",
    changes: [NO_WATCH],
    world: { ...calm, cancelAt: 50, proves: false, reply: 2 },
    seen: ["forgotten"],
  },
  {
    name: "late evidence does not reopen",
    changes: [
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
];
