/** M10 to M13: everything comes to an end or to a person in its hour, nobody is asked in vain, and nobody starves. */
import { type Answer, isFinal, type Posting, type PostingEvent } from "../index.ts";
import type { Host } from "./host.ts";
import type { Oracle } from "./oracle.ts";
import { LEASE, RUN, WAIT } from "./promises.ts";
import { DAY, HOUR, S } from "./sim.ts";
import type { World } from "./world.ts";

/** Claims within an hour that no schedule of looks comes to. */
const SPINS = 60;
const MOST_ALIKE = 8;
/** What is news to who was told to wait. */
const NEWS: readonly PostingEvent["kind"][] = [
  "said-listed",
  "pressed",
  "pressed-by-person",
  "row-lost",
  "late-row",
  "restored",
  "lapse",
  // They want something else now.
  "cancel",
];

export class TimeOracle {
  readonly asked: Record<string, number> = {};
  readonly askedHidden: Record<string, number> = {};
  readonly #question = new Map<string, number>();
  readonly #answeredAt = new Map<string, number>();
  readonly #askedSincePress = new Map<string, number>();
  readonly #waitedAt = new Map<string, number>();
  readonly #failures = new Map<string, number>();
  readonly #claims = new Map<string, number[]>();
  readonly #waitsSince = new Map<string, number>();
  readonly #world: World;
  readonly #oracle: Oracle;

  constructor(world: World, oracle: Oracle) {
    this.#world = world;
    this.#oracle = oracle;
  }

  started(id: string): void {
    this.#waitsSince.set(id, this.#world.sim.now);
  }
  answered({ id, unsettledAt }: Posting, answer: Answer): void {
    this.#answeredAt.set(id, this.#world.sim.now);
    this.#claims.delete(id);
    // Where nothing was pressed yet, what is waited for is that somebody comes, and not a listing.
    if (answer.kind === "wait" && unsettledAt !== null) this.#waitedAt.set(id, this.#world.sim.now);
    else this.#waitedAt.delete(id);
  }
  wasHandedOver(id: string): void {
    this.#question.delete(id);
    this.#claims.delete(id);
    this.started(id);
  }
  pressed(id: string): void {
    this.#askedSincePress.delete(id);
    this.#claims.delete(id);
  }
  pageFailed(id: string): void {
    this.#failures.set(id, (this.#failures.get(id) ?? 0) + 1);
  }

  /** M11: whoever is able and wants to comes to the login within a run and a lease of another. */
  claimed(id: string, host: Host): void {
    const { sim, keeper } = this.#world;
    const claims = [...(this.#claims.get(id) ?? []), sim.now].filter((at) => at > sim.now - HOUR);
    this.#claims.set(id, claims);
    if (claims.length > SPINS)
      this.#oracle.bad("spins", `${id} was claimed ${claims.length} times within an hour`);
    const since = this.#waitsSince.get(id);
    this.#waitsSince.delete(id);
    if (since === undefined || (this.#world.isLocal && this.#world.scenario.jumpAt !== null)) return;
    const due = keeper.get(id).dueAt - (keeper.now() - sim.now);
    const waited = sim.now - Math.max(since, due, host.ableSince, this.#outageEnd());
    // Its own run may have been the one that ended without giving the lease back.
    const each = (RUN + 2 * LEASE) * Math.max(1, this.#world.faults);
    if (waited > each + 3 * 60 * S)
      this.#oracle.bad("starved", `${id} waited ${Math.round(waited / S)} s for its turn at the login`);
  }

  #outageEnd(): number {
    return this.#world.scenario.outage === "none" ? 0 : this.#world.outageEnds;
  }

  changed(posting: Posting, event: PostingEvent): void {
    const { id, question } = posting;
    if (NEWS.includes(event.kind)) this.#waitedAt.delete(id);
    const isDue = posting.state === "queued" || posting.state === "unknown";
    if (isDue && !this.#waitsSince.has(id)) this.#waitsSince.set(id, this.#world.sim.now);
    if (!isDue) this.#waitsSince.delete(id);
    const before = this.#question.get(id) ?? 0;
    if (question && question.number !== before) this.#askedAbout(posting, event);
  }

  #askedAbout(posting: Posting, event: PostingEvent): void {
    const { id, ending } = posting;
    const question = posting.question!;
    const { sim, site } = this.#world;
    // M10: between two events at most one call, and none while one is open.
    if (question.number !== (this.#question.get(id) ?? 0) + 1 && !this.#oracle.isRestored)
      this.#oracle.bad("calls", `${id}: more than one call by one ${event.kind}`);
    this.#question.set(id, question.number);
    const cause = `${question.kind}: ${ending?.code ?? "-"}`;
    this.asked[cause] = (this.asked[cause] ?? 0) + 1;
    const isHidden = site.of(id).length > 0 && !site.isShown(id, sim.now);
    if (question.kind === "there" && isHidden) this.askedHidden[cause] = (this.askedHidden[cause] ?? 0) + 1;
    this.#mustBeOfUse(posting);
  }

  #mustBeOfUse(posting: Posting): void {
    const { id, ending, unsettledAt } = posting;
    const { kind } = posting.question!;
    const { keeper, sim } = this.#world;
    // By a clock that goes on as true time does.
    const isTimed = this.#world.scenario.login !== "local";
    if (
      isTimed &&
      kind === "there" &&
      ending?.code === "said-listed" &&
      keeper.now() < (unsettledAt ?? 0) + DAY
    )
      this.#oracle.bad("too-early", `${id}: a person is called although the site said that it is listed`);
    const sinceAnswer = sim.now - (this.#answeredAt.get(id) ?? -Infinity);
    if ((kind === "there" || kind === "stuck") && sinceAnswer < 2 * S)
      this.#oracle.bad("useless", `${id} is asked about again ${sinceAnswer / S} s after the answer`);
    const sinceWait = sim.now - (this.#waitedAt.get(id) ?? -Infinity);
    if (kind === "there" && sinceWait < WAIT && isTimed)
      this.#oracle.bad("useless", `${id} is asked about ${Math.round(sinceWait / S)} s after "wait"`);
    if (kind !== "there" && kind !== "stuck" && kind !== "alike") return; // asked for as long as "go on" is said
    const since = (this.#askedSincePress.get(id) ?? 0) + 1;
    this.#askedSincePress.set(id, since);
    if (since > MOST_ALIKE)
      this.#oracle.bad("useless", `${id} was asked about ${since} times with nothing pressed in between`);
  }

  isOver(): boolean {
    const { sim, keeper } = this.#world;
    if (sim.now < 30 * HOUR) return false;
    return [...keeper.postings.values()].every((one) => isFinal(one) || one.state === "needs_human");
  }

  atTheEnd(posting: Posting): void {
    const { id, attempt, state, decideBy } = posting;
    const { sim, keeper, scenario } = this.#world;
    // M12: only a page that failed uses an attempt up.
    if (attempt > (this.#failures.get(id) ?? 0))
      this.#oracle.bad(
        "attempts",
        `${id} used ${attempt} attempts up, ${this.#failures.get(id) ?? 0} pages failed`,
      );
    if (isFinal(posting) || state === "needs_human") return;
    // M10. What only a browser keeps has its hour by that browser's clock, while it runs.
    const slack = 2 * HOUR + (scenario.login === "local" ? DAY : 0);
    if (keeper.now() < decideBy + slack) return;
    if (this.#world.isLocal && !this.#world.hosts.A.isAlive) return;
    this.#oracle.bad(
      "limbo",
      `${id} is still ${state} after ${(sim.now / HOUR).toFixed(0)} h and nobody was asked`,
    );
  }
}
