/** M9: what is said of the outside is so, and stays so. M14: what is sold is not offered. M8's end: no listing is forgotten. */
import type { Posting, PostingEvent, Reading } from "../index.ts";
import type { HostName } from "./host.ts";
import type { Oracle } from "./oracle.ts";
import { IN_FLIGHT } from "./promises.ts";
import { HOUR, S } from "./sim.ts";
import type { World } from "./world.ts";

export class WordsOracle {
  readonly #cancelTakenAt = new Map<string, number>();
  readonly #saidCancelled = new Set<string>();
  readonly #saidNothing = new Set<string>();
  readonly #endWantedAt = new Map<string, number>();
  readonly #ended = new Set<string>();
  readonly #world: World;
  readonly #oracle: Oracle;

  constructor(world: World, oracle: Oracle) {
    this.#world = world;
    this.#oracle = oracle;
  }

  consented(id: string): void {
    this.#cancelTakenAt.delete(id);
    this.#saidCancelled.delete(id);
    this.#saidNothing.delete(id);
  }

  changed(posting: Posting, event: PostingEvent): void {
    const { id, state, ending } = posting;
    if (event.kind === "cancel") this.#cancelTakenAt.set(id, this.#world.sim.now);
    const isPlain = (state === "failed" || state === "cancelled") && posting.closedAt === null;
    if (isPlain && posting.sign)
      this.#oracle.bad("forgotten", `${id} ends ${state}, and the site had said that it is listed`);
    if (state !== "cancelled" || ending?.code !== "cancelled") return;
    this.#saidCancelled.add(id);
    const { pressed, filled } = ending;
    // What was said in a cut-off is put right as soon as its browser is heard of.
    if (pressed || filled) return void this.#saidNothing.delete(id);
    this.#saidNothing.add(id);
    if (this.#world.site.of(id).length > 0)
      this.#oracle.bad(
        this.#isUnheard(id) ? "unheard" : "untrue",
        `${id}: "Hawker has published nothing" is said, and a listing of it exists`,
      );
  }

  beforePress(id: string, who: HostName | "person"): void {
    if (who === "person") return;
    if (this.#saidCancelled.has(id))
      this.#oracle.bad("cancelled", `${who} pressed after "cancelled" had been said`);
    const takenAt = this.#cancelTakenAt.get(id) ?? Infinity;
    if (this.#world.sim.now > takenAt + IN_FLIGHT)
      this.#oracle.bad("cancelled", `${who} pressed long after it was to be cancelled`);
  }

  afterPress(id: string, who: HostName | "person"): void {
    if (this.#saidNothing.has(id) && this.#world.site.of(id).length > 0)
      this.#oracle.bad(
        this.#isUnheard(id) ? "unheard" : "untrue",
        `${id}: "Hawker has published nothing" was said, and ${who} published it after that`,
      );
  }

  /** Pressed by hand in a browser that the service has not heard since: it cannot know, until it hears it. */
  #isUnheard(id: string): boolean {
    const { site, hosts } = this.#world;
    const home = this.#world.homeOf(id);
    const isCutOff = !this.#world.reaches(home) || !hosts[home].isAwake;
    return isCutOff && site.of(id).every(({ isByHand }) => isByHand);
  }

  endWanted(externalId: string): void {
    if (!this.#endWantedAt.has(externalId)) this.#endWantedAt.set(externalId, this.#world.sim.now);
  }

  saidEnded(externalId: string): void {
    this.#ended.add(externalId);
    const { sim } = this.#world;
    sim.say("service", `${externalId} has ended`);
    const row = this.#world.site.rows.find(({ id }) => id === externalId);
    const isOffered = row?.status === "active" || row?.status === "held";
    // Replicas that disagree may do so twice in the same way: nobody who reads them can know.
    const isSteady = !["flapping", "stale"].includes(this.#world.scenario.list);
    if (isOffered && isSteady && row.shownAt <= sim.now)
      this.#oracle.bad("oversell", `${externalId} is said to have ended and is for sale`);
  }

  /** A row of its own that was seen after it had ended is asked about. */
  heldAgainst({ id, closedAt, dismissed }: Posting, reading: Reading): void {
    const { keeper, site, scenario } = this.#world;
    if (closedAt === null || scenario.act !== "list" || this.#oracle.isMisled) return;
    const after = keeper.get(id);
    if (after.state !== "failed" && after.state !== "cancelled") return;
    const shown = new Set(reading.rows.map(({ externalId }) => externalId));
    const others = [...keeper.postings.values()].map(({ listing }) => listing?.externalId);
    const seen = site
      .of(id)
      .find((row) => !row.isByHand && !row.isRewritten && shown.has(row.id) && !dismissed.includes(row.id));
    if (seen && !others.includes(seen.id))
      this.#oracle.bad("forgotten", `${id} is ${after.state}, its ${seen.id} was seen, and nobody is asked`);
  }

  atTheEnd(posting: Posting): void {
    const { id, state, closedAt } = posting;
    const { sim, site } = this.#world;
    const isVisible = site.of(id).some((row) => row.shownAt < sim.now - 6 * HOUR);
    const isPlain = (state === "failed" || state === "cancelled") && closedAt === null;
    if (isPlain && isVisible && !this.#oracle.isMisled && !this.#oracle.isRestored)
      this.#oracle.bad(
        this.#isUnheard(id) ? "unheard" : "forgotten",
        `${id} ends ${state}, its listing is live and nobody looks for it`,
      );
    const { listing } = posting;
    const wantedAt = listing ? this.#endWantedAt.get(listing.externalId) : undefined;
    const isLate =
      wantedAt !== undefined && !this.#ended.has(listing?.externalId ?? "") && sim.now > wantedAt + HOUR;
    if (isLate && this.#isReadable() && wantedAt + 60 * S < sim.now)
      this.#oracle.bad("oversell", `${listing?.externalId} was sold, was seen, and is still for sale`);
  }

  #isReadable(): boolean {
    const { list, outage } = this.#world.scenario;
    return list === "none" && outage === "none" && !this.#oracle.isRestored && this.#world.faults === 0;
  }
}
