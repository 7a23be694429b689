/** Rules that catch what another one should have caught: taken out beside a mutant that they would hide. */
import { change } from "./mutant.ts";

export const REPEATS = change("apply-look.ts", "posting.absenceProves &&");
export const NO_LOOK_BEFORE_AGAIN = change(
  "match.ts",
  "if (posting.presses > 0 && posting.baseline !== null) {",
  "if (posting.presses < 0) {",
);
export const NO_ALIKE = change("match.ts", "if (alike.length > 0) return", "if (alike.length < 0) return");
export const NO_TWIN_WAIT = change(
  "apply-permit.ts",
  'if (keeper.isTwinUnclear(twin)) return "twin-unclear";',
);
export const ANY_RIVAL = change(
  "match.ts",
  "(alike.length > 1 || isRivalled || isDoubtful(only) || posting.baseline === null)",
  "false",
);
export const FORGETS_UNEXPLAINED = change(
  "apply-look.ts",
  "const unexplained = together(posting.unexplained, event.unexplained);",
  "const { unexplained } = event;",
);
export const ONE_READING = [
  change("apply-look.ts", "if (posting.absentAt === null) return", "if (false) return"),
  change("apply-look.ts", "begunAt < posting.absentAt + AGREE_MS", "false"),
];
export const NO_WATCH = change(
  "windows.ts",
  "closedAt: isToWatch ? (posting.closedAt ?? now) : null,",
  "closedAt: null,",
);
export const NO_WINDOW_FOR_DENIALS = change(
  "apply-person.ts",
  "if (windowEnds !== null && now < windowEnds) return",
  "if (false) return",
);
export const NOT_SUPERSEDED = change(
  "apply-permit.ts",
  'if (keeper.isItemPressed && !isForOneMore) return "superseded";',
);
export const NO_STANDING = change(
  "service.ts",
  "if (!isPressed && inTheWay([...this.postings.values()], asked, this.over())) {",
  "if (false) {",
);
export const NO_RECORDED = change("match.ts", "books.owned.get(row.externalId)?.item === itemId", "false");
export const NO_OWNERS = change(
  "match.ts",
  "return owner === undefined || owner.posting === posting.id;",
  "return true;",
);
export const LAPSED_IS_UNPRESSED = [
  change(
    "apply-driving.ts",
    '...opened(posting, from, now), fence: null, runUntil: null, ending: { code: "no-answer" },',
    '...queued(posting, now), unsettledAt: null, ending: { code: "no-answer" },',
  ),
  change(
    "moves.ts",
    '{ from: ["submitting"], to: ["unknown"] },',
    '{ from: ["submitting"], to: ["queued"] },',
  ),
];
/** A form that is filled anew after "Publish" was said of it is shown anew. */
export const NOT_SHOWN_ANEW = change(
  "carry-out.ts",
  "if (isGone) await hands.loseForm();\n  return isGone;",
  "return false;",
);
