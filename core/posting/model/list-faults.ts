/** How the account's own lists are read: whole, or in one of the ways in which they fail. */
import type { Reading } from "../reading.ts";
import type { Scenario } from "./scenario.ts";
import { S, type Sim } from "./sim.ts";
import type { Site } from "./site.ts";

export const LOGIN = "seller-1";
/** How far behind a cached page, or a replica, is. */
export const STALE_MS = 600 * S;

type Gap = Reading["gaps"][number]["why"];

export class Lists {
  #reads = 0;
  readonly #sim: Sim;
  readonly #site: Site;
  readonly #scenario: Scenario;

  constructor(sim: Sim, site: Site, scenario: Scenario) {
    this.#sim = sim;
    this.#site = site;
    this.#scenario = scenario;
  }

  #fault(): Scenario["list"] {
    const { list, listWhen } = this.#scenario;
    const { now } = this.#sim;
    const { firstPressAt } = this.#site;
    const since = firstPressAt === null ? null : now - firstPressAt;
    const isNow =
      (listWhen === "after" && since !== null && since < 1_000 * S) ||
      (listWhen === "before" && now < 600 * S) ||
      (listWhen === "later" && now >= 300 * S && now < 3_000 * S) ||
      (listWhen === "ever-after" && since !== null) ||
      listWhen === "ever";
    return isNow ? list : "none";
  }

  /** @param clock the reader's own. @throws when the page cannot be reached, every second time. */
  read(clock: number): Reading {
    const { proves } = this.#scenario;
    const now = this.#site.shown(this.#sim.now);
    const before = this.#site.shown((this.#site.firstPressAt ?? this.#sim.now) - 1);
    const reading = (rows: Reading["rows"], gaps: Gap[] = []): Reading => ({
      begunAt: clock,
      endedAt: clock,
      login: LOGIN,
      rows,
      complete: gaps.length === 0,
      gaps: gaps.map((why) => ({ page: "all", why })),
    });
    this.#reads += 1;
    const isSecond = this.#reads % 2 === 0;
    const fault = this.#fault();
    if (fault !== "none") this.#sim.note(`list ${fault}`);
    switch (fault) {
      case "none":
        return reading(now);
      case "unreachable":
        if (isSecond) throw new Error("net::ERR_CONNECTION_RESET");
        return reading([], ["unreachable"]);
      case "gap":
      case "filter-on":
        return reading(before, [fault]);
      case "loading":
        return reading([], ["loading"]);
      case "count-differs":
        return reading(now, ["count-differs"]);
      case "login-not-seen":
        return { ...reading(now, ["login-not-seen"]), login: null };
      case "other-login":
        return { ...reading([]), login: "somebody else" };
      case "stale":
        // Where absence is proof, the folder's reader would see that it is not fresh.
        return proves ? reading([], ["loading"]) : reading(this.#site.shown(this.#sim.now - STALE_MS));
      case "flapping":
        // Replicas that disagree: every second look is answered by one that lags behind.
        return isSecond ? reading(before) : reading(now);
    }
  }
}
