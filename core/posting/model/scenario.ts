/** What a history's world is like. The first choice of each is the harmless one. */
import type { Tape } from "./sim.ts";

/** How a site's own lists fail, and when. */
export type ListFault =
  | "none"
  | "unreachable"
  | "gap"
  | "loading"
  | "filter-on"
  | "count-differs"
  | "login-not-seen"
  | "other-login"
  | "stale"
  | "flapping";

export type Scenario = {
  act: "list" | "message" | "cart";
  mode: "publish" | "review";
  driver: "tab" | "cloud";
  /** `cloud`: the service knows the login and the cloud may use it; `tabs`: known, tabs only; `local`: never known. */
  login: "cloud" | "tabs" | "local";
  fallback: boolean;
  /** Its messages have ids that can be read. */
  names: boolean;
  /** The channel keeps its word: every row shows within the window, held, draft and sold ones too. */
  proves: boolean;
  /** What else there is at the login; `workspace`: a posting of a second one, proven as the first is. */
  other: "none" | "handmade" | "handmade-later" | "old-sold" | "twin" | "workspace" | "neighbour";
  /** Who cannot reach the service: all browsers, everybody, or the one that is signed out. */
  outage: "none" | "browsers" | "all" | "signed-out";
  outageFrom: number;
  outageFor: number;
  second: "none" | "browser" | "clone";
  secondAt: number;
  list: ListFault;
  listWhen: "after" | "before" | "ever-after" | "ever" | "later";
  /** The submit has a second page, and the site makes the listing at the first or at the last of its presses. */
  submit: "one" | "first-of-two" | "last-of-two";
  /** The site takes the item as it is only the second time. */
  isRefusedFirst: boolean;
  gone: "none" | "sold" | "deleted" | "disconnected";
  goneAt: number;
  cancelAt: number | null;
  editedAt: number | null;
  takenOverAt: number | null;
  /** The seller wants the item there once more when it has ended so far. */
  more: "none" | "again" | "another";
  moreAt: number;
  reconnectAt: number | null;
  restoreAt: number | null;
  /** The local login is made known to the service. */
  registeredAt: number | null;
  /** The browser's clock against the service's, and where it jumps to in the middle. */
  skewS: number;
  jumpAt: number | null;
  jumpS: number;
  /** Every press answers so, and every row shows so late; null: drawn each time. */
  reply: number | null;
  lagS: number | null;
};

export const WINDOW_S = 120;

const FAULTS: readonly ListFault[] = [
  "none",
  "none",
  "unreachable",
  "gap",
  "loading",
  "filter-on",
  "count-differs",
  "login-not-seen",
  "other-login",
  "stale",
  "flapping",
];

export function drawScenario(tape: Tape, force: Partial<Scenario>): Scenario {
  const drawn: Scenario = {
    act: tape.pick(["list", "list", "list", "list", "message", "cart"]),
    mode: tape.pick(["publish", "review"]),
    driver: tape.pick(["tab", "cloud"]),
    login: tape.pick(["cloud", "tabs", "local"]),
    fallback: tape.pick([false, true]),
    names: tape.pick([true, false]),
    proves: tape.pick([false, true]),
    other: tape.pick(["none", "handmade", "twin", "old-sold", "handmade-later", "workspace", "neighbour"]),
    outage: tape.pick(["none", "browsers", "all", "signed-out"]),
    outageFrom: tape.pick([0, 30, 45]),
    outageFor: tape.pick([100, 600, 5_000, 400_000]),
    second: tape.pick(["none", "none", "browser", "clone"]),
    secondAt: tape.pick([5, 5, 700, 1_500]),
    list: tape.pick(FAULTS),
    listWhen: tape.pick(["after", "before", "ever-after", "ever", "later"]),
    submit: tape.pick(["one", "one", "first-of-two", "last-of-two"]),
    isRefusedFirst: tape.pick([false, false, false, true]),
    gone: tape.pick(["none", "none", "sold", "deleted", "disconnected"]),
    goneAt: tape.pick([40, 200, 5]),
    cancelAt: tape.pick([null, null, null, 35, 50, 300, 5_000]),
    editedAt: tape.pick([null, null, null, 20, 50, 400]),
    takenOverAt: tape.pick([null, null, null, 45, 400]),
    more: tape.pick(["none", "none", "again", "another"]),
    moreAt: tape.pick([900, 5_000, 60]),
    reconnectAt: tape.pick([null, null, null, 50, 150]),
    restoreAt: tape.pick([null, null, null, null, 60, 200]),
    registeredAt: tape.pick([null, 20, 50, 200]),
    skewS: tape.pick([0, 0, 0, 3_600, -3_600]),
    jumpAt: tape.pick([null, null, null, 39, 60, 200]),
    jumpS: tape.pick([3_600, -3_600, 86_400]),
    reply: null,
    lagS: null,
    ...force,
  };
  return { ...drawn, ...whatFits(drawn) };
}

/** What cannot be together is left out. */
function whatFits(drawn: Scenario): Partial<Scenario> {
  const isCloud = drawn.driver === "cloud";
  const login = isCloud ? "cloud" : drawn.login;
  const isLocal = login === "local";
  return {
    login,
    fallback: drawn.fallback && login === "cloud" && !isCloud,
    // Two browsers that never met the service are two sellers, with a consent each.
    ...(isLocal
      ? {
          second: "none",
          restoreAt: null,
          reconnectAt: null,
          takenOverAt: null,
          other: drawn.other === "workspace" ? "none" : drawn.other,
        }
      : { registeredAt: null }),
    // Threads and carts have neither look-alikes of old nor a second account of the item's.
    names: drawn.names || drawn.act !== "message",
    ...(drawn.act === "list" ? {} : { gone: "none", more: "none", editedAt: null, second: "none" }),
  };
}

/** What says how or when something happens says nothing where it does not. */
const OF: Partial<Record<keyof Scenario, keyof Scenario>> = {
  outageFrom: "outage",
  outageFor: "outage",
  secondAt: "second",
  listWhen: "list",
  goneAt: "gone",
  moreAt: "more",
  jumpS: "jumpAt",
};
const HARMLESS: readonly unknown[] = ["none", null, false, 0, "one"];

export const told = (scenario: Scenario): string =>
  (Object.keys(scenario) as (keyof Scenario)[])
    .filter((key) => !HARMLESS.includes(scenario[key]) && !HARMLESS.includes(scenario[OF[key] ?? key]))
    .map((key) => (scenario[key] === true ? key : `${key}=${String(scenario[key])}`))
    .join(" ");
