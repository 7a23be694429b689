/** What is sold elsewhere is ended on sight: the act that may repeat, and whose proof is the listing's own status. */
import { endVerdict, type Posting, type Reading } from "../index.ts";
import { itemOf } from "./items.ts";
import { LOGIN } from "./list-faults.ts";
import { S } from "./sim.ts";
import type { World } from "./world.ts";

const LOOK_MS = 31 * S;
const MOST_LOOKS = 400;

export class Ends {
  readonly #begun = new Set<string>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  changed({ id, state, listing }: Posting): void {
    const { keeper } = this.#world;
    const isToEnd = state === "done" && listing !== null && keeper.whyGone(itemOf(id)) === "sold";
    if (!isToEnd || this.#begun.has(listing.externalId)) return;
    this.#begun.add(listing.externalId);
    this.#world.oracle.endWanted(listing.externalId);
    this.#look(id, listing.externalId, [], 0);
  }

  #look(id: string, externalId: string, readings: Reading[], looks: number): void {
    const { sim, scenario, hosts, lists, oracle } = this.#world;
    const host = hosts[scenario.login === "cloud" ? "cloud" : this.#world.homeOf(id)];
    sim.at(looks === 0 ? 5 * S : LOOK_MS, () => {
      if (looks >= MOST_LOOKS || !host.isAlive) return;
      const isAble = host.isAwake && this.#world.reaches(host.name);
      const seen = isAble ? this.#read(host.clocks().wall, lists) : null;
      const newest = seen ? [seen, ...readings] : readings;
      switch (seen ? endVerdict(externalId, newest) : "unproven") {
        case "ended":
          return oracle.saidEnded(externalId);
        case "live":
          this.#press(host.name, externalId);
          break;
        case "unproven":
          break;
      }
      this.#look(id, externalId, newest.slice(0, 5), looks + 1);
    });
  }

  #read(clock: number, lists: World["lists"]): Reading | null {
    try {
      const reading = lists.read(clock);
      return reading.login === LOGIN ? reading : null;
    } catch {
      return null;
    }
  }

  /** The press may be lost: it is pressed again when a reading shows the old state. */
  #press(who: string, externalId: string): void {
    this.#world.sim.say(who, `ends listing ${externalId}`);
    if (!this.#world.tape.is(3)) this.#world.site.ends(externalId);
  }
}
