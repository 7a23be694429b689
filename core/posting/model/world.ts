/** One history: a site, a service, browsers, a worker and a person, and what must hold at every instant of it. */
import { EVIDENCE, lateEvidence, type Posting, type PostingEvent, type Reading } from "../index.ts";
import { Host, type HostName } from "./host.ts";
import { Oracle, type Violation } from "./oracle.ts";
import { Person } from "./person.ts";
import { drawScenario, told, type Scenario } from "./scenario.ts";
import { Service } from "./service.ts";
import { DAY, HOUR, S, Sim, type Tape } from "./sim.ts";
import { HORIZON, Site, type PressAnswer } from "./site.ts";

/** A post that the service does not know yet, on one browser's disk. */
type Draft = { id: string; itemId: string; host: HostName; isStanding: boolean; pressed: PressAnswer | null };

export type Ended = {
  violations: Violation[];
  story: string[];
  scenario: Scenario;
  asked: Record<string, number>;
  askedHidden: number;
  presses: number;
};

export class World {
  readonly sim: Sim;
  readonly tape: Tape;
  readonly scenario: Scenario;
  readonly site: Site;
  readonly keeper: Service;
  readonly oracle: Oracle;
  readonly person: Person;
  readonly hosts: Record<HostName, Host>;
  faults = 0;
  readonly #drafts: Draft[] = [];
  readonly #homes = new Map<string, HostName>();
  #isWaking = false;
  #bug: unknown = null;

  constructor(tape: Tape, force: Partial<Scenario>, isTold: boolean) {
    this.tape = tape;
    this.scenario = drawScenario(tape, force);
    this.sim = new Sim(isTold);
    this.sim.say("world", told(this.scenario));
    this.site = new Site(this.sim, tape, this.scenario);
    this.oracle = new Oracle(this);
    this.keeper = new Service(this.sim, this.scenario.login === "cloud", (posting, event) =>
      this.#changed(posting, event),
    );
    this.person = new Person(this);
    this.hosts = { A: new Host(this, "A"), B: new Host(this, "B"), cloud: new Host(this, "cloud") };
    this.#begin();
  }

  async run(): Promise<Ended> {
    await this.sim.run(HORIZON, () => this.#bug !== null || this.oracle.isOver());
    if (this.#bug) this.oracle.bad("bug", String(this.#bug instanceof Error ? this.#bug.stack : this.#bug));
    this.oracle.atTheEnd();
    const { violations, asked, askedHidden } = this.oracle;
    return {
      violations,
      story: this.sim.story,
      scenario: this.scenario,
      asked,
      askedHidden,
      presses: this.oracle.presses,
    };
  }

  crashed(error: unknown): void {
    this.#bug ??= error;
  }

  reaches(host: HostName): boolean {
    const { outage, outageFrom, outageFor, login } = this.scenario;
    if (login === "local") return true; // its keeper is this browser itself
    const isOut = this.sim.now >= outageFrom * S && this.sim.now < (outageFrom + outageFor) * S;
    return !(isOut && outage !== "none" && (outage === "all" || host !== "cloud"));
  }

  isEvidence(event: PostingEvent): boolean {
    return EVIDENCE.includes(event.kind);
  }

  clockJumped(): number {
    return this.scenario.clockJump === 0 || this.tape.draw(3) !== 1 ? 0 : this.scenario.clockJump * S;
  }

  press(id: string, who: HostName | "person"): PressAnswer {
    this.oracle.beforePress(id, who);
    const answer = this.site.press(id, who);
    this.oracle.afterPress(id);
    return answer;
  }

  homeOf(id: string): HostName {
    return this.#homes.get(id) ?? "A";
  }
  moveHome(id: string, host: HostName): void {
    this.#homes.set(id, host);
  }

  lost(host: HostName): void {
    for (const [id, home] of this.#homes) if (home === host) this.oracle.isAbandoned.add(id);
  }

  /** Every other posting of the login is held against a reading that was taken for one of them. */
  noteReading(host: HostName, id: string, reading: Reading): void {
    if (!this.reaches(host)) return;
    for (const posting of [...this.keeper.postings.values()]) {
      if (posting.id === id) continue;
      const event = lateEvidence(posting, reading, this.keeper.booksFor(posting.id));
      if (event) this.keeper.play(posting.id, event);
    }
  }

  /** A filled form stands before the person, who may press the site's own button. */
  formStands(host: HostName, id: string): void {
    if (host === "cloud") return;
    this.sim.at(60 * S, () => {
      const isThere = this.hosts[host].isAlive && this.hosts[host].memory(id).isStanding;
      if (isThere && this.tape.draw(8) === 1) this.person.pressesByHand(host, id);
    });
  }

  wake(inMs = S): void {
    if (inMs > S) return this.sim.at(inMs, () => this.wake());
    if (this.#isWaking) return;
    this.#isWaking = true;
    this.sim.at(inMs, () => {
      this.#isWaking = false;
      this.#tick();
    });
  }

  #changed(posting: Posting, event: PostingEvent): void {
    this.oracle.changed(posting, event);
    this.person.changed(posting);
    const { now } = this.sim;
    this.wake();
    if (posting.dueAt > now) this.wake(posting.dueAt - now + S);
    if (this.keeper.lease) this.wake(this.keeper.lease.until - now + 10 * S);
    if (posting.closedAt === now) this.#watch(posting.id);
  }

  /** What closed after a press is looked for now and then, whoever else reads. */
  #watch(id: string): void {
    for (const after of [HOUR, 8 * HOUR, 2 * DAY])
      this.sim.at(after, () => {
        const posting = this.keeper.get(id);
        const host = this.hosts[this.scenario.login === "cloud" ? "cloud" : this.homeOf(id)];
        if (posting.closedAt === null || !host.isAwake || !this.reaches(host.name)) return;
        const event = lateEvidence(posting, this.site.read(), this.keeper.booksFor(id));
        if (event) this.keeper.play(id, event);
      });
  }

  #tick(): void {
    const { now } = this.sim;
    this.keeper.sweep(now);
    this.#registerDrafts();
    for (const host of Object.values(this.hosts)) this.#drive(host);
  }

  #drive(host: Host): void {
    const { now } = this.sim;
    if (!host.isAwake) {
      if (host.isAlive) this.wake(host.sleepsUntil - now + S);
      return;
    }
    if (host.name === "B" && this.scenario.second === "none") return;
    for (const id of host.memories.keys()) if (this.keeper.postings.has(id)) host.flush(id);
    for (const posting of this.keeper.postings.values()) {
      if (!this.#isItsTurn(host, posting)) continue;
      if (!this.reaches(host.name)) {
        this.#fillForHand(host, posting);
        continue;
      }
      if (host.running === null) host.begin(posting.id);
    }
    const { outageFrom, outageFor } = this.scenario;
    if (!this.reaches(host.name)) this.wake((outageFrom + outageFor) * S - now + S);
  }

  #isItsTurn(host: Host, posting: Posting): boolean {
    const { now } = this.sim;
    const isHome =
      this.homeOf(posting.id) === host.name || (host.name === "B" && this.scenario.second === "clone");
    const isStuck = posting.question?.kind === "stuck" && posting.claimedAt === null;
    const isOpen = ["queued", "unknown"].includes(posting.state) || isStuck;
    const isResumable = posting.state === "submitting" && isHome && host.running !== posting.id;
    if (!(isOpen || isResumable) || posting.dueAt > now) return false;
    if (host.name === "cloud") return this.scenario.login === "cloud" && !isResumable;
    return isHome && (posting.driver === "tab" || posting.state === "unknown" || isResumable);
  }

  /** Without the service a form is filled and nothing is pressed: the person may. */
  #fillForHand(host: Host, posting: Posting): void {
    const memory = host.memory(posting.id);
    if (
      host.name === "cloud" ||
      memory.isStanding ||
      host.running ||
      posting.state !== "queued" ||
      posting.driver !== "tab"
    )
      return;
    this.sim.say(host.name, `fills ${posting.id} for the person: the service cannot be reached`);
    memory.isStanding = true;
    this.formStands(host.name, posting.id);
  }

  #registerDrafts(): void {
    for (const draft of [...this.#drafts]) {
      const host = this.hosts[draft.host];
      if (!host.isAwake) continue;
      if (!this.reaches(draft.host)) {
        if (!draft.isStanding) {
          draft.isStanding = true;
          this.sim.at(34 * S, () => {
            if (draft.isStanding && host.isAlive && !draft.pressed && this.tape.draw(3) === 1)
              this.person.pressesDraft(draft);
          });
        }
        const { outageFrom, outageFor } = this.scenario;
        this.wake((outageFrom + outageFor) * S - this.sim.now + S);
        continue;
      }
      this.#drafts.splice(this.#drafts.indexOf(draft), 1);
      this.#register(draft);
    }
  }

  #register({ id, itemId, host, pressed }: Draft): void {
    const { mode } = this.scenario;
    this.moveHome(id, host);
    if (!this.keeper.create({ id, itemId, driver: "tab", mode, at: this.sim.now }, pressed !== null)) return;
    if (pressed) this.person.reportPress(host, id, pressed);
    this.#changed(this.keeper.get(id), { kind: "retry" });
  }

  #begin(): void {
    const { scenario, sim } = this;
    const { driver, mode, fallback } = scenario;
    this.oracle.startedBy("lamp", mode);
    const isHeard = this.reaches(driver === "cloud" ? "cloud" : "A") || driver === "cloud";
    const fallbackAt = fallback ? 120 * S : null;
    if (isHeard) this.#create({ id: "lamp@A", itemId: "lamp", driver, mode, at: 0, fallbackAt }, "A");
    else this.#draft("lamp@A", "lamp", "A");
    if (scenario.other === "twin")
      sim.at(6 * S, () => {
        this.oracle.startedBy("twin", "publish");
        if (this.reaches("A"))
          this.#create({ id: "twin@A", itemId: "twin", driver, mode: "publish", at: sim.now }, "A");
        else this.#draft("twin@A", "twin", "A");
      });
    if (scenario.second === "browser")
      sim.at(scenario.secondAt * S, () => {
        if (!this.reaches("B")) return this.#draft("lamp@B", "lamp", "B");
        this.#create({ id: "lamp@B", itemId: "lamp", driver: "tab", mode, at: sim.now }, "B");
      });
    if (scenario.second === "clone") sim.at(20 * S, () => this.#clone());
    if (scenario.other === "handmade-later")
      sim.at(this.tape.pick([20, 200, 1_000]) * S, () => this.site.madeByHand());
    if (scenario.soldAt !== null)
      sim.at(scenario.soldAt * S, () => {
        sim.say("world", "the lamp is sold on another channel");
        this.keeper.markGone("lamp");
        this.oracle.soldAt = sim.now;
      });
    if (scenario.cancelAt !== null) sim.at(scenario.cancelAt * S, () => this.person.cancels("lamp@A"));
    if (scenario.reconnectAt !== null) this.#reconnect(scenario.reconnectAt);
    if (scenario.restoreAt !== null) this.#restore(scenario.restoreAt);
    this.wake();
    const sweep = () => {
      this.wake();
      sim.at(HOUR / 2, sweep);
    };
    sweep();
  }

  #create(input: Parameters<Service["create"]>[0], host: HostName): void {
    this.moveHome(input.id, host);
    if (this.keeper.create(input)) this.#changed(this.keeper.get(input.id), { kind: "retry" });
  }

  #draft(id: string, itemId: string, host: HostName): void {
    this.sim.say(host, `${id} is started while the service cannot be reached`);
    this.moveHome(id, host);
    this.#drafts.push({ id, itemId, host, isStanding: false, pressed: null });
    this.wake();
  }

  /** The profile is copied: two browsers believe that these are their posts. */
  #clone(): void {
    this.sim.say("world", "the browser's profile is copied to another computer");
    for (const [id, memory] of this.hosts.A.memories)
      this.hosts.B.memories.set(id, { ...memory, outbox: [...memory.outbox], isStanding: false });
    this.wake();
  }

  #reconnect(at: number): void {
    this.sim.at(at * S, () => {
      this.sim.say("person", "disconnects the account");
      this.keeper.gone = "disconnected";
    });
    this.sim.at((at + 60) * S, () => {
      this.sim.say("person", "connects it again");
      this.keeper.gone = null;
      this.wake();
    });
  }

  #restore(at: number): void {
    let snapshot: ReadonlyMap<string, Posting> = new Map();
    this.sim.at((at - 40) * S, () => (snapshot = new Map(this.keeper.postings)));
    this.sim.at(at * S, () => {
      if (snapshot.size === 0) return;
      this.sim.say("world", "the database is put back from a backup 40 s old");
      this.oracle.isRestored = true;
      this.keeper.restore(snapshot);
    });
  }
}

export type { Draft };
