/** What a history's world is like. The first choice of each is the harmless one. */
import type { Tape } from "./sim.ts";

export type Scenario = {
  mode: "publish" | "review";
  driver: "tab" | "cloud";
  /** `cloud`: the service knows the login and the cloud may use it; `tabs`: known, tabs only; `local`: never known. */
  login: "cloud" | "tabs" | "local";
  fallback: boolean;
  /** The channel keeps its word: every row shows within the window, held, draft and sold ones too. */
  proves: boolean;
  other: "none" | "handmade" | "twin" | "old-sold" | "handmade-later";
  outage: "none" | "browsers" | "all";
  outageFrom: number;
  outageFor: number;
  second: "none" | "browser" | "clone";
  soldAt: number | null;
  cancelAt: number | null;
  list:
    "ok" | "down-300" | "down-for-ever" | "down-before" | "partial" | "other-login" | "stale" | "flapping";
  /** The submit has a second page: the first press may already make the listing. */
  confirms: boolean;
  /** Every press answers so, and every row shows so late; null: drawn each time. */
  reply: number | null;
  lagS: number | null;
  secondAt: number;
  reconnectAt: number | null;
  restoreAt: number | null;
  clockJump: number;
};

export const WINDOW_S = 120;

export function drawScenario(tape: Tape, force: Partial<Scenario>): Scenario {
  const drawn: Scenario = {
    mode: tape.pick(["publish", "review"]),
    driver: tape.pick(["tab", "cloud"]),
    login: tape.pick(["cloud", "tabs", "local"]),
    fallback: tape.pick([false, true]),
    proves: tape.pick([false, true]),
    other: tape.pick(["none", "handmade", "twin", "old-sold", "handmade-later"]),
    outage: tape.pick(["none", "browsers", "all"]),
    outageFrom: tape.pick([0, 30, 45]),
    outageFor: tape.pick([100, 600, 5_000]),
    second: tape.pick(["none", "none", "browser", "clone"]),
    soldAt: tape.pick([null, null, null, 40, 200]),
    cancelAt: tape.pick([null, null, null, 35, 50, 300]),
    list: tape.pick([
      "ok",
      "down-300",
      "down-for-ever",
      "down-before",
      "partial",
      "other-login",
      "stale",
      "flapping",
    ]),
    confirms: tape.pick([false, false, true]),
    reply: null,
    lagS: null,
    secondAt: tape.pick([5, 5, 700, 1_500]),
    reconnectAt: tape.pick([null, null, null, 50, 150]),
    restoreAt: tape.pick([null, null, null, null, 60, 200]),
    clockJump: tape.pick([0, 0, 0, 3_600, -3_600]),
    ...force,
  };
  if (drawn.driver === "cloud") drawn.login = "cloud";
  if (drawn.login !== "cloud" || drawn.driver === "cloud") drawn.fallback = false;
  // Two browsers that never met the service are two sellers, with a consent each.
  if (drawn.login === "local") {
    drawn.second = "none";
    drawn.restoreAt = null;
    drawn.reconnectAt = null;
  }
  return drawn;
}

export const told = (scenario: Scenario): string =>
  Object.entries(scenario)
    .filter(
      ([, value]) => value !== "none" && value !== "ok" && value !== null && value !== false && value !== 0,
    )
    .map(([key, value]) => (value === true ? key : `${key}=${String(value)}`))
    .join(" ");
