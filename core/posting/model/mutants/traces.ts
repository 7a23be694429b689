/** Messages, carts and ends. */
import { REPEATS } from "./masks.ts";
import { calm, change, type Mutant } from "./mutant.ts";

export const TRACES: Mutant[] = [
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
    name: "a thread that was never read before is taken for an empty one",
    changes: [change("traces.ts", "posting.baseline === null ||")],
    world: { ...calm, act: "message", other: "handmade", names: true, restoreAt: 60 },
    seen: ["lost"],
  },
  {
    name: "what the buyer wrote since is no reason to ask, and a lost message is sent again",
    changes: [change("traces.ts", "unexplained: fresh.map(candidateOf)", "unexplained: []")],
    masks: [REPEATS],
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
