/** Rows, twins, and two jobs for one item. */
import { NO_TWIN_WAIT, ANY_RIVAL, NOT_SUPERSEDED, NO_STANDING, NO_RECORDED, NO_OWNERS } from "./masks.ts";
import { calm, change, known, type Mutant } from "./mutant.ts";

export const ROWS: Mutant[] = [
  {
    name: "one row proves two postings",
    changes: [change("apply-evidence.ts", 'if (owner && !isTakable) return refuse("row-taken");')],
    masks: [NO_OWNERS, NO_TWIN_WAIT, ANY_RIVAL],
    world: { ...calm, other: "twin" },
    seen: ["shared"],
  },
  {
    name: "a named id does not take its row from a likeness",
    changes: [change("apply-evidence.ts", 'owner.by === "likeness" && by !== "likeness"', "false")],
    masks: [NO_TWIN_WAIT, ANY_RIVAL],
    world: { ...calm, other: "twin" },
    seen: ["lost", "limbo"],
  },
  {
    name: "a row that may be an unsettled twin's is taken by likeness",
    changes: [ANY_RIVAL],
    masks: [NO_TWIN_WAIT],
    world: { ...calm, other: "twin", reply: 2 },
    seen: ["lost"],
  },
  {
    name: "a row that is not one posting's, as a person said, is not its twin's either",
    changes: [
      change("match.ts", "(mine(posting, books, row) || isDoubtful(row))", "mine(posting, books, row)"),
    ],
    world: { ...known, other: "twin", cancelAt: 35, lagS: 400, reply: 3 },
    seen: ["forgotten"],
  },
  {
    name: "a twin is pressed while nobody knows what came of the other",
    changes: [NO_TWIN_WAIT],
    world: { ...calm, other: "workspace", reply: 2 },
    seen: ["permit"],
  },
  {
    name: "a job whose place another took is tried again",
    changes: [change("apply-person.ts", 'if (keeper.hasSuccessor) return refuse("superseded");')],
    masks: [NOT_SUPERSEDED, NO_RECORDED],
    world: { ...calm, isRefusedFirst: true, second: "browser", secondAt: 700 },
    seen: ["twice"],
  },
  {
    name: "an edited item is another item: it is asked for again while the first is open",
    changes: [NO_STANDING],
    masks: [NOT_SUPERSEDED, NO_TWIN_WAIT],
    world: { ...calm, more: "again", moreAt: 60, editedAt: 50 },
    seen: ["twice"],
  },
  {
    name: "two browsers post one item beside each other",
    changes: [NO_STANDING],
    masks: [NOT_SUPERSEDED, NO_TWIN_WAIT],
    world: { ...calm, second: "browser", secondAt: 5 },
    seen: ["twice"],
  },
];
