/** What must hold, judged by the site's own rows: M1 to M15 of the protocol's invariants. */
import { isFinal, PERMIT_MS, type Answer, type Posting, type PostingEvent, type Question } from "../index.ts";
import type { HostName } from "./host.ts";
import { DAY, HOUR, S } from "./sim.ts";
import type { World } from "./world.ts";

export type Violation = { kind: string; what: string };

export class Oracle {
  readonly violations: Violation[] = [];
  readonly asked: Record<string, number> = {};
  askedHidden = 0;
  presses = 0;
  soldAt: number | null = null;
  isRestored = false;
  readonly isAbandoned = new Set<string>();
  readonly #consents = new Map<string, number>();
  readonly #commits = new Map<string, number>();
  readonly #truePresses = new Map<string, number>();
  readonly #saidCancelled = new Set<string>();
  readonly #misled = new Set<string>();
  readonly #freshConsent = new Set<string>();
  readonly #handed = new Set<string>();
  readonly #answered = new Set<string>();
  readonly #signs = new Set<string>();
  readonly #retried = new Set<string>();
  readonly #stoppedAt = new Map<string, number>();
  readonly #questions = new Map<string, number>();
  readonly #questionsSince = new Map<string, number>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  bad(kind: string, what: string): void {
    if (this.violations.some((one) => one.kind === kind)) return;
    this.violations.push({ kind, what });
    this.#world.sim.say("!!", `${kind}: ${what}`);
  }

  #itemOf = (id: string): string => id.split("@")[0] ?? id;

  startedBy(item: string, mode: Posting["mode"]): void {
    this.#consents.set(item, mode === "publish" ? 1 : 0);
  }

  /** It failed, and the seller wants it after all: one listing, unless one is wanted already. */
  retried(posting: Posting): void {
    const item = this.#itemOf(posting.id);
    this.#freshConsent.add(posting.id);
    this.#retried.add(posting.id);
    this.#signs.delete(posting.id);
    this.#saidCancelled.delete(posting.id);
    const wanted = posting.presses > 0 ? (this.#commits.get(item) ?? 0) + 1 : 1;
    if (posting.consent) this.#consents.set(item, Math.max(this.#consents.get(item) ?? 0, wanted));
  }

  /** The host's disk has it from here on. */
  signSeen(id: string): void {
    this.#signs.add(id);
  }

  misled(id: string): void {
    this.#misled.add(this.#itemOf(id));
  }

  answered(posting: Posting, question: Question, answer: Answer): void {
    const item = this.#itemOf(posting.id);
    if (answer.kind === "publish") {
      const commits = this.#commits.get(item) ?? 0;
      const wanted = this.#retried.delete(posting.id) ? commits + 1 : 1;
      this.#consents.set(item, Math.max(wanted, this.#consents.get(item) ?? 0));
    }
    if (answer.kind === "use-cloud") this.#handed.add(posting.id);
    if (
      answer.kind === "not-there" &&
      answer.again &&
      this.#world.keeper.get(posting.id).state === "queued"
    ) {
      const key = `${posting.id}:${question.number}`;
      if (!this.#answered.has(key)) this.#consents.set(item, (this.#consents.get(item) ?? 0) + 1);
      this.#answered.add(key);
      this.#freshConsent.add(posting.id);
      this.#signs.delete(posting.id);
      this.#saidCancelled.delete(posting.id);
    }
  }

  changed(posting: Posting, event: PostingEvent): void {
    if (event.kind === "said-listed") this.#signs.add(posting.id);
    if (event.kind === "take-over") this.#handed.delete(posting.id);
    if (event.kind === "ask" && event.ending.code === "stop")
      this.#stoppedAt.set(posting.id, this.#world.sim.now);
    if (event.kind === "answer") this.#stoppedAt.delete(posting.id);
    if (posting.question && this.#questions.get(posting.id) !== posting.question.number)
      this.#askedAbout(posting);
    if (posting.state === "cancelled") this.#cancelled(posting);
    if (posting.state === "done") this.#done(posting);
  }

  #askedAbout(posting: Posting): void {
    const question = posting.question!;
    this.#questions.set(posting.id, question.number);
    this.asked[question.kind] = (this.asked[question.kind] ?? 0) + 1;
    const made = this.#world.site.of(posting.id);
    const isHidden = made.length > 0 && !made.some((row) => row.shownAt <= this.#world.sim.now);
    if (question.kind === "there" && isHidden) this.askedHidden += 1;
    const { now } = this.#world.sim;
    if (
      question.kind === "there" &&
      posting.ending?.code === "said-listed" &&
      now < (posting.unsettledAt ?? 0) + DAY
    )
      this.bad("too-early", `${posting.id}: a person is called although the site said that it is listed`);
    if (["ready", "field", "stop"].includes(question.kind)) return; // asked for as long as the person says "go on"
    const since = (this.#questionsSince.get(posting.id) ?? 0) + 1;
    this.#questionsSince.set(posting.id, since);
    if (since > 8)
      this.bad("useless", `${posting.id} was asked about ${since} times with nothing pressed in between`);
  }

  #cancelled(posting: Posting): void {
    if (this.#saidCancelled.has(posting.id)) return;
    this.#saidCancelled.add(posting.id);
    const { ending } = posting;
    const saysNothing = ending?.code === "cancelled" && !ending.pressed && !ending.filled;
    if (saysNothing && this.#world.site.of(posting.id).length > 0)
      this.bad("untrue", `${posting.id}: "nothing was published" is said, and a listing of it exists`);
  }

  #done(posting: Posting): void {
    const by = posting.listing?.by;
    if (!posting.listing) this.bad("untrue", `${posting.id} is live without a row`);
    const others = [...this.#world.keeper.postings.values()].filter(
      (other) =>
        other.id !== posting.id &&
        other.state === "done" &&
        other.listing?.externalId === posting.listing?.externalId,
    );
    if (others.length > 0 && by !== undefined) {
      // The one that held it by likeness is opened in the same turn.
      this.#world.sim.at(0, () => {
        if (
          others.some(
            (other) =>
              this.#world.keeper.get(other.id).listing?.externalId === posting.listing?.externalId &&
              this.#world.keeper.get(other.id).state === "done",
          )
        )
          this.bad("shared", `row ${posting.listing?.externalId} proves two postings`);
      });
    }
  }

  beforePress(id: string, who: HostName | "person"): void {
    const { keeper, scenario, sim } = this.#world;
    this.presses += 1;
    this.#questionsSince.delete(id);
    if (who === "person") return this.#byHand(id);
    const posting = keeper.get(id);
    const item = this.#itemOf(id);
    const isFresh = this.#freshConsent.delete(id);
    if (this.#signs.has(id) && !isFresh && !this.isRestored)
      this.bad("after-sign", `${who} pressed although the site had said that it is listed`);
    if (!isFresh && posting.state !== "submitting" && scenario.login !== "local" && !this.isRestored)
      this.bad("no-permit", `${who} pressed with the record at ${posting.state}`);
    const age = sim.now - (posting.permit?.at ?? 0);
    if (age > PERMIT_MS && !this.isRestored)
      this.bad("aged", `${who} pressed with a permit ${age / S} s old`);
    if (who === "cloud" && scenario.driver === "tab" && !this.#handed.has(id)) {
      if (!scenario.fallback || posting.tabClaimed)
        this.bad("driver", "the cloud pressed what was asked for in tabs");
    }
    if (this.#saidCancelled.has(id)) this.bad("cancelled", `${who} pressed after "cancelled" had been said`);
    if (item === "lamp" && this.soldAt !== null && sim.now > this.soldAt + 15 * S)
      this.bad("sold", `${who} pressed for an item that was sold ${(sim.now - this.soldAt) / S} s ago`);
    const stopped = this.#stoppedAt.get(id);
    if (stopped !== undefined) this.bad("stopped", `${who} pressed after a stop page with nobody in between`);
  }

  /** A press by hand uses the consent there is, or is one. */
  #byHand(id: string): void {
    const item = this.#itemOf(id);
    const commits = this.#commits.get(item) ?? 0;
    const consents = this.#consents.get(item) ?? 0;
    // In a second browser that knows nothing of the first it is one more; in its own form it uses the consent there is.
    const isOneMore = this.#world.homeOf(id) === "B" && this.#world.scenario.second === "browser";
    this.#consents.set(item, isOneMore ? consents + 1 : Math.max(consents, commits + 1));
  }

  afterPress(id: string): void {
    const item = this.#itemOf(id);
    const made = this.#world.site.rows.filter((row) => this.#itemOf(row.of) === item && row.of.includes("@"));
    this.#commits.set(item, made.length);
    this.#truePresses.set(id, (this.#truePresses.get(id) ?? 0) + 1);
    const consents = this.#consents.get(item) ?? 0;
    if (made.length > consents)
      this.bad("twice", `${made.length} listings of the ${item}, ${consents} asked for`);
  }

  isOver(): boolean {
    const { sim, keeper } = this.#world;
    if (sim.now < 8 * HOUR) return false;
    const postings = [...keeper.postings.values()];
    return sim.now > 30 * HOUR && postings.every((one) => isFinal(one) || one.state === "needs_human");
  }

  atTheEnd(): void {
    const { keeper, site, sim, scenario } = this.#world;
    for (const posting of keeper.postings.values()) {
      if (posting.attempt > 0)
        this.bad("attempts", `${posting.id} used ${posting.attempt} attempts up, and no page failed`);
      const isMisled = this.#misled.size > 0;
      const own = site.of(posting.id);
      if (posting.state === "done" && posting.listing && !isMisled) {
        const isOwn = own.some((row) => row.id === posting.listing?.externalId);
        const isSaidSo = posting.ending?.code === "already-listed" && posting.listing.by !== "likeness";
        if (!isOwn && !isSaidSo)
          this.bad(
            scenario.other === "handmade-later" ? "mistaken" : "lost",
            `${posting.id} ends on listing ${posting.listing.externalId}, which is not its own`,
          );
      }
      const isVisible = own.some((row) => row.shownAt < sim.now - 6 * HOUR);
      if (
        ["failed", "cancelled"].includes(posting.state) &&
        isVisible &&
        posting.closedAt === null &&
        !isMisled &&
        !this.isRestored
      )
        this.bad(
          "forgotten",
          `${posting.id} ends ${posting.state}, its listing is live and nobody looks for it`,
        );
      if (isFinal(posting) || posting.state === "needs_human") continue;
      if (sim.now < posting.decideBy + 2 * HOUR) continue;
      this.bad(
        "limbo",
        `${posting.id} is still ${posting.state} after ${(sim.now / HOUR).toFixed(0)} h and nobody was asked`,
      );
    }
  }
}
