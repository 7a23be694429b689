/** M2 to M5: what a press, and the permit for it, must have behind it. */
import { type Answer, areTwins, isFinal, type Permit, type Posting, type PostingEvent } from "../index.ts";
import type { HostName } from "./host.ts";
import type { Form } from "./memory.ts";
import { itemOf, payloadOf } from "./items.ts";
import type { Oracle } from "./oracle.ts";
import type { SecondPage } from "./site.ts";
import { CONFIRMATION, IN_FLIGHT, LEASE_LEFT, PERMIT, READING } from "./promises.ts";
import { S } from "./sim.ts";
import type { World } from "./world.ts";

/** What says that a permit made nothing; `absent` only where it is pressed again by rule. */
const GIVES_BACK: readonly PostingEvent["kind"][] = ["unpressed", "said-no", "absent", "retry"];

export class PressOracle {
  presses = 0;
  /** True time of each permit, by posting and attempt. */
  readonly #permits = new Map<string, number>();
  readonly #used = new Set<string>();
  /** Who holds a sign of a posting: the keeper, or a host on its own disk. */
  readonly #signs = new Map<string, Set<HostName | "keeper">>();
  /** Whose last permit used a consent up, and nothing gave it back or another since. */
  readonly #spent = new Set<string>();
  readonly #handed = new Set<string>();
  readonly #shown = new Map<string, string>();
  readonly #stopped = new Set<string>();
  readonly #gone = new Map<string, number>();
  readonly #world: World;
  readonly #oracle: Oracle;

  constructor(world: World, oracle: Oracle) {
    this.#world = world;
    this.#oracle = oracle;
  }

  signSeen(id: string, by: HostName | "keeper"): void {
    this.#signs.set(id, (this.#signs.get(id) ?? new Set()).add(by));
  }
  consented(id: string): void {
    this.#signs.delete(id);
  }
  lostPower(): void {
    this.#signs.clear();
    this.#spent.clear();
  }
  resumed(id: string): void {
    this.#stopped.delete(id);
  }
  shown(id: string, hash: string): void {
    this.#shown.set(id, hash);
  }
  isGone(item: string | null): void {
    this.#gone.set(item ?? "account", this.#world.sim.now);
  }
  answered(before: Posting, answer: Answer, after: Posting): void {
    if (answer.kind === "publish" || answer.kind === "not-there") this.#spent.delete(before.id);
    if (answer.kind === "use-cloud") this.#handed.add(before.id);
    if (after.state !== "needs_human") this.#stopped.delete(before.id);
  }

  changed(posting: Posting, event: PostingEvent): void {
    const { id } = posting;
    if (event.kind === "said-listed" || event.kind === "found") this.signSeen(id, "keeper");
    if (GIVES_BACK.includes(event.kind) && posting.state !== "unknown") this.#spent.delete(id);
    if (event.kind === "row-lost") this.#signs.delete(id);
    if (event.kind === "take-over") {
      this.#handed.delete(id);
      this.#stopped.delete(id);
    }
    if ((event.kind === "ask" || event.kind === "requeue") && event.ending.code === "stop")
      this.#stopped.add(id);
    if (event.kind === "permit") this.#permitted(posting, event);
  }

  /** M4: a permit stands on a lease, a reading, a consent, and on nothing that forbids it. */
  #permitted(posting: Posting, event: Extract<PostingEvent, { kind: "permit" }>): void {
    const { id, permit } = posting;
    const { keeper, sim } = this.#world;
    const bad = (what: string) => this.#oracle.bad("permit", `${id}: ${what}`);
    const key = `${id}:${permit?.attempt}`;
    this.#permits.set(key, sim.now);
    this.#used.delete(key); // a backup that was put back counts from where it was
    const { lease } = keeper;
    if (this.#world.isLocal && this.#world.hosts.A.isFrozenBehind) this.#oracle.pressedFrozen();
    if (lease?.fence !== event.fence || lease.until < keeper.now() + LEASE_LEFT)
      bad("given without a lease that outlasts it");
    const readingAfter = sim.now - READING;
    if (!this.#oracle.isCompletelyRead(id, readingAfter, event.fence))
      bad("given without a whole reading of this lease, of five minutes");
    if (this.#spent.has(id)) bad("given a second time for one consent");
    this.#spent.add(id);
    if (posting.cancelAsked) bad("given though it was cancelled");
    if (keeper.whyGone(itemOf(id))) bad(`given though it is ${keeper.whyGone(itemOf(id))}`);
    if (posting.mode === "review" && this.#shown.get(id) !== event.hash && permit?.consent.kind === "publish")
      bad(`given for ${event.hash}, and ${this.#shown.get(id)} was shown`);
    const unclear = [...keeper.postings.values()].find(
      (other) =>
        other.id !== id &&
        !isFinal(other) &&
        other.unsettledAt !== null &&
        other.sign === null &&
        (other.twin === null || areTwins(other.twin, event.twin)),
    );
    if (unclear) bad(`given while nobody knows what came of its twin ${unclear.id}`);
  }

  before(id: string, who: HostName | "person", form: Form, permit: Permit | null): void {
    this.presses += 1;
    if (who === "person") return;
    const { oracle, isLocal } = this.#world;
    const key = `${id}:${permit?.attempt}`;
    const givenAt = permit === null ? undefined : this.#permits.get(key);
    // M3: one press per permit, no older than its life by true time.
    if (givenAt === undefined) {
      if (!isLocal || permit === null)
        this.#oracle.bad("no-permit", `${who} pressed for ${id} without a permit`);
    } else {
      if (this.#used.has(key)) this.#oracle.bad("no-permit", `${who} pressed a second time with one permit`);
      this.#used.add(key);
      this.#mustBeYoung(who, this.#world.sim.now - givenAt);
    }
    // M2: never again by itself once anything says that it is there.
    const signs = this.#signs.get(id);
    if ((signs?.has("keeper") || signs?.has(who)) && !oracle.isRestored)
      this.#oracle.bad("after-sign", `${who} pressed although it was known to be there`);
    this.#mustBeAllowed(id, who);
    this.#mustBeWanted(id, who);
    const hash = payloadOf(itemOf(id), form.version);
    if (permit?.consent.hash && permit.consent.hash !== hash)
      this.#oracle.bad("unseen", `${who} published ${hash}; agreed to was ${permit.consent.hash}`);
  }

  #mustBeYoung(who: HostName, age: number): void {
    if (age > PERMIT) this.#isLate(who, `pressed with a permit ${age / S} s old`);
  }

  #isLate(who: HostName, what: string): void {
    if (this.#world.hosts[who].isFrozenBehind) this.#oracle.pressedFrozen();
    this.#oracle.bad("aged", `${who} ${what}`);
  }

  /** M5: by the driver that was asked for, and never where the site had just stopped it. */
  #mustBeAllowed(id: string, who: HostName): void {
    const { keeper, scenario } = this.#world;
    const posting = keeper.postings.get(id);
    if (who === "cloud" && scenario.driver === "tab" && !this.#handed.has(id)) {
      if (!scenario.fallback || posting?.tabClaimed)
        this.#oracle.bad("driver", "the cloud pressed what was asked for in tabs");
    }
    if (this.#stopped.has(id))
      this.#oracle.bad("stopped", `${who} pressed after a stop page with nobody in between`);
  }

  #mustBeWanted(id: string, who: HostName): void {
    const { sim } = this.#world;
    const since = Math.min(this.#gone.get(itemOf(id)) ?? Infinity, this.#gone.get("account") ?? Infinity);
    if (sim.now > since + IN_FLIGHT)
      this.#oracle.bad("sold", `${who} pressed for what was gone for ${(sim.now - since) / S} s`);
  }

  beforeConfirm(page: SecondPage, who: HostName | "person"): void {
    const age = this.#world.sim.now - page.madeAt;
    if (who !== "person" && age > CONFIRMATION) this.#isLate(who, `confirmed ${age / S} s after the press`);
    if (page.confirmations > 0) this.#oracle.bad("confirmed", `${who} confirmed one press a second time`);
  }
}
