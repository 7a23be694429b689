/** A record that changes hands, and clocks. */
import { NO_ALIKE, NO_RECORDED } from "./masks.ts";
import { calm, change, known, type Mutant } from "./mutant.ts";

/** The answer is lost, the row lags, and meanwhile the clock of the only browser that knows of it is set on. */
const setOnAnHour = {
  ...calm,
  driver: "tab",
  login: "local",
  proves: true,
  jumpAt: 60,
  jumpS: 3_600,
  lagS: 118,
  reply: 2,
} as const;

export const RECORDS: Mutant[] = [
  {
    name: "a login is made known, and its open posts are not",
    changes: [change("hand-over.ts", "pressOf(posting, at),")],
    masks: [NO_ALIKE, NO_RECORDED],
    world: { ...calm, driver: "tab", login: "local", registeredAt: 50, more: "again", moreAt: 60, lagS: 400 },
    seen: ["twice"],
  },
  {
    name: "what was cancelled while it was filled goes over as if nobody had cancelled it",
    changes: [
      change(
        "hand-over.ts",
        'if (unsettledAt === null && state !== "done") return cancel;',
        'if (unsettledAt === null && state !== "done") return [];',
      ),
    ],
    world: { ...calm, driver: "tab", login: "local", registeredAt: 21, cancelAt: 20 },
    seen: ["cancelled"],
  },
  {
    name: "what a person was told is not on the disk",
    changes: [change("service.ts", "const IS_WRITTEN_THROUGH = true;", "const IS_WRITTEN_THROUGH = false;")],
    world: { ...calm, driver: "tab", login: "local", other: "twin", cancelAt: 35 },
    seen: ["cancelled"],
  },
  {
    name: "a backup that was put back is believed",
    changes: [change("service.ts", 'for (const id of snapshot.keys()) this.play(id, { kind: "restored" });')],
    world: { ...known, restoreAt: 60, lagS: 400, proves: false },
    seen: ["twice"],
  },
  {
    name: "what was pressed after the backup is known again by the words that are in it",
    changes: [
      change("match.ts", "marker === null ? posting.baseline !== null :", "marker === null ? false :"),
    ],
    world: { ...known, other: "twin", editedAt: 20, restoreAt: 60, lagS: 21_600, proves: false },
    seen: ["forgotten"],
  },
  {
    name: "a reading is young because its browser slept, or its clock was set back",
    changes: [change("own-clock.ts", "({ ...posting, readingAt: null })", "posting")],
    world: { ...calm, driver: "tab", login: "local", jumpAt: 39, jumpS: -3_600 },
    seen: ["permit"],
  },
  {
    name: "the window of a login nobody else knows passes when the clock is set on",
    changes: [
      change(
        "own-clock.ts",
        "Math.min(clocks.wall - last.clocks.wall, clocks.monotonic - last.clocks.monotonic)",
        "clocks.wall - last.clocks.wall",
      ),
    ],
    world: setOnAnHour,
    seen: ["twice"],
  },
  {
    name: "the window of a login nobody else knows passes while its browser is closed and the clock is set on",
    changes: [
      change("own-clock.ts", "unsettledAt: now,", "unsettledAt,"),
      change("own-clock.ts", "absentAt: null,"),
    ],
    world: setOnAnHour,
    seen: ["twice"],
  },
];
