/** One history: a site, who keeps the records, browsers, a worker and a person, and what must hold at every instant of it. */
import {
  type ChannelPolicy,
  lateEvidence,
  type NewPosting,
  type Permit,
  type Posting,
  type PostingEvent,
  type Reading,
  readAnew,
  timesAnew,
} from "../index.ts";
import { Drafts } from "./drafts.ts";
import { Ends } from "./ends.ts";
import { begin } from "./happenings.ts";
import { Host, type HostName } from "./host.ts";
import type { Form } from "./memory.ts";
import { handOver } from "./going-over.ts";
import { itemOf, TRACES } from "./items.ts";
import { Lists, LOGIN } from "./list-faults.ts";
import { Oracle, type Verdicts } from "./oracle.ts";
import { Person } from "./person.ts";
import { drawScenario, told, WINDOW_S, type Scenario } from "./scenario.ts";
import { Service } from "./service.ts";
import { DAY, EPOCH, HOUR, S, Sim, type Tape } from "./sim.ts";
import { type PressAnswer, type SecondPage, Site } from "./site.ts";
import { drive } from "./turns.ts";

const HORIZON = 3 * DAY;

type StartOptions = Partial<Pick<NewPosting, "fallbackAt" | "consent">> & { isPressed?: boolean };
export type Ended = Verdicts & { story: string[]; scenario: Scenario; happened: ReadonlySet<string> };

export class World {
  readonly sim: Sim;
  readonly tape: Tape;
  readonly scenario: Scenario;
  readonly policy: ChannelPolicy;
  readonly site: Site;
  readonly lists: Lists;
  readonly oracle: Oracle;
  readonly person: Person;
  readonly hosts: Record<HostName, Host>;
  /** Held back in its browser until a person sends it on. */
  readonly paused = new Set<string>();
  readonly drafts: Drafts;
  readonly ends: Ends;
  keeper: Service;
  /** The login is still one that only a browser knows. */
  isLocal: boolean;
  faults = 0;
  readonly #homes = new Map<string, HostName>();
  readonly #pressed = new Set<string>();
  readonly #versions = new Map<string, number>();
  #refused = false;
  #isWaking = false;
  #bug: unknown = null;

  constructor(tape: Tape, force: Partial<Scenario>, isTold: boolean) {
    this.tape = tape;
    this.scenario = drawScenario(tape, force);
    this.policy = { windowMs: WINDOW_S * S, absenceProves: this.scenario.proves };
    this.sim = new Sim(isTold);
    this.sim.say("world", told(this.scenario));
    this.site = new Site(this.sim, tape, this.scenario);
    this.lists = new Lists(this.sim, this.site, this.scenario);
    this.oracle = new Oracle(this);
    this.hosts = { A: new Host(this, "A"), B: new Host(this, "B"), cloud: new Host(this, "cloud") };
    this.isLocal = this.scenario.login === "local";
    this.keeper = this.isLocal
      ? this.#newKeeper("browser", () => this.#ownNow(), false)
      : this.#newKeeper("service", () => EPOCH + this.sim.now, this.scenario.login === "cloud");
    this.person = new Person(this);
    this.drafts = new Drafts(this);
    this.ends = new Ends(this);
    begin(this);
  }

  #newKeeper(name: string, clock: () => number, cloudReady: boolean): Service {
    return new Service(name, this.sim, clock, cloudReady, (posting, event) => this.changed(posting, event));
  }

  async run(): Promise<Ended> {
    const isWhole = await this.sim.run(HORIZON, () => this.#bug !== null || this.oracle.isOver());
    if (this.#bug) this.oracle.bad("bug", String(this.#bug instanceof Error ? this.#bug.stack : this.#bug));
    if (!isWhole) this.oracle.bad("endless", "it never comes to rest");
    this.oracle.atTheEnd();
    const { story, happened } = this.sim;
    return { ...this.oracle.verdicts(), story, scenario: this.scenario, happened };
  }

  crashed(error: unknown): void {
    this.#bug ??= error;
  }

  get outageEnds(): number {
    const { outageFrom, outageFor } = this.scenario;
    return (outageFrom + outageFor) * S;
  }

  #isOut(): boolean {
    const { outage, outageFrom } = this.scenario;
    return outage !== "none" && this.sim.now >= outageFrom * S && this.sim.now < this.outageEnds;
  }

  reaches(host: HostName): boolean {
    const { outage } = this.scenario;
    if (this.isLocal || !this.#isOut()) return true; // a login nobody else knows is kept by this browser itself
    this.sim.note(`service away from ${outage}`);
    return outage === "browsers" ? host === "cloud" : outage === "signed-out" ? host !== "A" : false;
  }

  /** The seller has a telephone as well; what only a browser keeps is answered there. */
  get isPersonHeard(): boolean {
    return this.isLocal ? this.hosts.A.isAwake : !(this.scenario.outage === "all" && this.#isOut());
  }

  /** The first time of all. */
  isRefusedNow(id: string): boolean {
    if (!this.scenario.isRefusedFirst || this.#refused) return false;
    this.#refused = true;
    this.sim.say("site", `refuses the item of ${id} as it is`);
    return true;
  }

  versionOf(item: string): number {
    return this.#versions.get(item) ?? 0;
  }
  edited(item: string): void {
    this.#versions.set(item, this.versionOf(item) + 1);
  }

  /** @returns whether the keeper takes it on. */
  starts(
    id: string,
    driver: Posting["driver"],
    home: HostName,
    { isPressed = false, fallbackAt, consent }: StartOptions = {},
  ): boolean {
    const { act, mode } = this.scenario;
    const now = this.keeper.now();
    this.moveHome(id, home);
    const isTaken = this.keeper.create(
      {
        id,
        itemId: act === "list" ? itemOf(id) : null,
        driver,
        mode,
        at: now,
        ...(fallbackAt === undefined ? {} : { fallbackAt: now + (fallbackAt ?? 0) }),
        ...(consent === undefined ? {} : { consent }),
      },
      isPressed,
    );
    if (isTaken) this.oracle.started(id, mode, isPressed);
    return isTaken;
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

  /** The permit that a host was just given; nothing, where it was given none. */
  permitAtHand(id: string): Permit | null {
    const { state, permit } = this.keeper.get(id);
    return state === "submitting" ? permit : null;
  }

  press(id: string, who: HostName | "person", form: Form, permit: Permit | null): PressAnswer | SecondPage {
    this.oracle.beforePress(id, who, form, permit);
    this.#notePress(id, who);
    const answer = this.site.press(id, form.version, who);
    this.oracle.afterPress(id, who);
    return answer;
  }

  #notePress(id: string, who: HostName | "person"): void {
    const { sim, scenario } = this;
    if (this.#pressed.has(itemOf(id))) sim.note("second press of an item");
    this.#pressed.add(itemOf(id));
    if (scenario.act !== "list") sim.note(`${scenario.act} pressed`);
    if (who === "person") sim.note("pressed by hand");
    else sim.note(who === "cloud" ? "pressed by the cloud" : "pressed by a tab");
  }

  confirm(page: SecondPage, who: HostName | "person", form: Form): PressAnswer {
    this.oracle.beforeConfirm(page, who, form);
    const answer = this.site.confirm(page, who);
    this.oracle.afterPress(page.posting, who);
    return answer;
  }

  /** Every other posting of the login is held against a reading that was taken for one of them. */
  noteReading(host: HostName, id: string, reading: Reading): void {
    if (!this.reaches(host)) return;
    for (const posting of [...this.keeper.postings.values()])
      if (posting.id !== id) this.#holdAgainst(posting, reading);
  }

  #holdAgainst(posting: Posting, reading: Reading): void {
    const trace = TRACES[this.scenario.act];
    const event = lateEvidence(posting, reading, this.keeper.booksFor(posting.id), trace.after);
    if (event) this.keeper.play(posting.id, event);
    this.oracle.heldAgainst(posting, reading);
  }

  /** A filled form stands before the person, who may press the site's own button. */
  formStands(host: HostName, id: string): void {
    if (host === "cloud") return;
    for (const after of [60, 2_000])
      this.sim.at(after * S, () => {
        if (this.hosts[host].isAwake && this.hosts[host].memory(id).form && this.tape.is(8))
          this.person.pressesByHand(host, id);
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

  changed(posting: Posting, event: PostingEvent): void {
    this.oracle.changed(posting, event);
    this.person.changed(posting);
    this.ends.changed(posting);
    const now = this.keeper.now();
    this.wake();
    if (posting.dueAt > now) this.wake(posting.dueAt - now + S);
    if (this.keeper.lease) this.wake(this.keeper.lease.until - now + 10 * S);
    if (posting.closedAt === now) this.#watch(posting.id);
  }

  /** What closed without proof is looked for now and then, whoever else reads. */
  #watch(id: string): void {
    for (const after of [HOUR, 8 * HOUR, 2 * DAY])
      this.sim.at(after, () => {
        const posting = this.keeper.postings.get(id);
        const host = this.hosts[this.scenario.login === "cloud" ? "cloud" : this.homeOf(id)];
        if (!posting?.closedAt || !host.isAwake || !this.reaches(host.name)) return;
        let reading: Reading;
        try {
          reading = this.lists.read(host.clocks().wall);
        } catch {
          return; // the next watch may be luckier
        }
        if (reading.login === LOGIN) this.#holdAgainst(posting, reading);
      });
  }

  #tick(): void {
    if (this.isLocal && !this.hosts.A.isAwake) {
      if (this.hosts.A.isAlive) this.wake(this.hosts.A.sleepsUntil - this.sim.now + S);
      return;
    }
    this.keeper.sweep();
    this.drafts.tick();
    for (const host of Object.values(this.hosts)) drive(this, host);
  }

  /** As the extension does: a start of the browser counts everything anew, clocks that went apart the age of readings. */
  #ownNow(): number {
    const { A } = this.hosts;
    const isFresh = A.isFresh();
    const { now, isUnsure } = A.ownTime();
    // The first of all times is asked for before there is a keeper.
    const postings = (this.keeper as Service | undefined)?.postings ?? new Map<string, Posting>();
    if (isFresh || isUnsure)
      for (const [id, posting] of postings)
        postings.set(id, isFresh ? timesAnew(posting, now) : readAnew(posting));
    return now;
  }

  /** A login that only this browser knew is made known: what is open comes with it, its questions do not. */
  registers(cloudReady: boolean): void {
    if (!this.isLocal || !this.hosts.A.isAwake) return;
    this.sim.note("login made known");
    this.sim.say("person", "signs up: the login is made known to the service");
    const before = this.keeper;
    this.isLocal = false;
    this.keeper = this.#newKeeper("service", () => EPOCH + this.sim.now, cloudReady);
    handOver(this, before);
    this.wake();
  }
}
