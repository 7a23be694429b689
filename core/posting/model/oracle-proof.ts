/** M6 and M7: absence takes two whole readings after the window; a row proves one posting, and it is its own. */
import { type Posting, type PostingEvent, type Reading } from "../index.ts";
import { itemOf } from "./items.ts";
import { LOGIN, STALE_MS } from "./list-faults.ts";
import type { Oracle } from "./oracle.ts";
import { AGREEING } from "./promises.ts";
import type { World } from "./world.ts";

type WholeReading = { at: number; fence: number | null };

export class ProofOracle {
  readonly #readings = new Map<string, WholeReading[]>();
  isMisled = false;
  readonly #world: World;
  readonly #oracle: Oracle;

  constructor(world: World, oracle: Oracle) {
    this.#world = world;
    this.#oracle = oracle;
  }

  /** A wrong answer about one row is about every posting that could have it. */
  misled(): void {
    this.isMisled = true;
  }

  read(id: string, reading: Reading): void {
    if (!reading.complete || reading.login !== LOGIN) return;
    const known = this.#readings.get(id) ?? [];
    const fence = this.#world.keeper.postings.get(id)?.fence ?? null;
    this.#readings.set(id, [...known, { at: this.#world.sim.now, fence }]);
  }

  /** By true time, for this posting, by whoever held its lease with that fence. */
  isCompletelyRead(id: string, since: number, fence: number): boolean {
    return (this.#readings.get(id) ?? []).some((reading) => reading.at >= since && reading.fence === fence);
  }

  changed(posting: Posting, event: PostingEvent): void {
    const isConcluded = event.kind === "absent" && posting.state !== "unknown";
    if (isConcluded && posting.ending?.code !== "said-listed") this.#mustBeAbsent(posting);
    if (posting.state === "done") this.#mustBeItsOwn(posting);
  }

  #mustBeAbsent(posting: Posting): void {
    const { keeper, sim, site, policy, scenario, isLocal } = this.#world;
    if (isLocal) return; // by a browser's own clock, which is judged by what comes of it
    const ends = (posting.unsettledAt ?? posting.permit?.until ?? 0) + posting.windowMs;
    const after = (this.#readings.get(posting.id) ?? []).filter(
      ({ at }) => at > ends - (keeper.now() - sim.now),
    );
    const isAgreed = after.some(({ at }) => after.some((other) => other.at >= at + AGREEING));
    if (!isAgreed)
      this.#oracle.bad("absence", `${posting.id} is called absent without two readings that agree`);
    const isRepeated = posting.state === "queued";
    // Replicas that disagree are a word that is not kept; agreeing readings are all that helps.
    const keepsItsWord = policy.absenceProves && scenario.list !== "flapping";
    if (isRepeated && keepsItsWord && site.of(posting.id).length > this.#settledBefore(posting))
      this.#oracle.bad("absence", `${posting.id} is called absent, and the site made it`);
    if (isRepeated && posting.mode === "review")
      this.#oracle.bad(
        "absence",
        `${posting.id} was published once from review, and is pressed again by itself`,
      );
    if (isRepeated && !policy.absenceProves)
      this.#oracle.bad("absence", `${posting.id} is pressed again by itself where absence proves nothing`);
  }

  /** What an earlier press made, that a person then let be. */
  #settledBefore(posting: Posting): number {
    return posting.consent?.kind === "again" ? Infinity : 0;
  }

  #mustBeItsOwn(posting: Posting): void {
    const { keeper, sim } = this.#world;
    const { id, listing } = posting;
    if (!listing) return this.#oracle.bad("untrue", `${id} is live without a row`);
    // The one that held it by likeness is opened in the same turn.
    sim.at(0, () => {
      const holders = [...keeper.postings.values()].filter(
        ({ state, listing: held }) => state === "done" && held?.externalId === listing.externalId,
      );
      if (holders.length > 1)
        this.#oracle.bad("shared", `row ${listing.externalId} proves ${holders.length} postings`);
    });
  }

  atTheEnd(posting: Posting): void {
    const { id, state, listing, ending } = posting;
    const { keeper, site, scenario } = this.#world;
    if (state !== "done" || !listing || this.isMisled || site.isOwn(id, listing.externalId)) return;
    if (ending?.code === "already-listed" && listing.by !== "likeness") return;
    // A person said that this row is the item's listing, and it is: another posting's that nobody could hear.
    const isOfItem = site.ofItem(itemOf(id)).some((row) => row.id === listing.externalId);
    if (listing.by === "person" && isOfItem) return;
    const row = site.rows.find((one) => one.id === listing.externalId);
    // What a cached page showed before the press is as old as that page.
    const behind = scenario.list === "stale" ? STALE_MS : 0;
    const lookedAt = (this.#readings.get(id)?.[0]?.at ?? 0) - behind;
    // The residual: taken for its own by likeness, and put there by a third hand after it had been looked.
    const isLater = scenario.act !== "list" || (row !== undefined && row.madeAt >= lookedAt);
    const isMistaken = listing.by === "likeness" && isLater && site.rows.some(({ isByHand }) => isByHand);
    // Or made by an earlier press of its twin, which a person, who could not see it yet, had said is not there.
    const maker = [...keeper.postings.values()].find((one) => site.isOwn(one.id, listing.externalId));
    const isLetBe =
      !scenario.proves && listing.by === "likeness" && maker !== undefined && maker.settledAttempts > 0;
    this.#oracle.bad(
      isMistaken || isLetBe ? "mistaken" : "lost",
      `${id} ends on ${listing.externalId}, which is not its own`,
    );
  }
}
