/** A browser of the seller's, or the worker's: its clocks, its disk, its deaths, and the runs it begins. */
import { carryOut, ServiceAway } from "../../host/carry-out.ts";
import {
  LEASE_MS,
  ownTimeAfter,
  ownTimeAwake,
  ownTimeFrom,
  RUN_MS,
  type Clocks,
  type OwnTime,
  type Posting,
} from "../index.ts";
import { handsOf } from "./hands.ts";
import { BLANK, type Memory } from "./memory.ts";
import type { World } from "./world.ts";
import { EPOCH, S } from "./sim.ts";

export type HostName = "A" | "B" | "cloud";

const FAULTS = [
  "none",
  "none",
  "none",
  "killed",
  "gone",
  "sleeps-300",
  "sleeps-60",
  "power",
  "hangs",
  "slow",
  "worker-dies",
  "frozen-300",
] as const;
type Fault = (typeof FAULTS)[number];
const MOST_FAULTS = 2;
/** How long the operating system may keep to itself what was written. */
const FLUSH_MS = 30 * S;
/** The press record is written through to the disk before it is used. */
const IS_STRICT = true;
/** A browser's start, not its device, is who holds a lease: a copied profile has another one. */
const IS_OF_ITS_START = true;

export class Host {
  readonly name: HostName;
  isAlive = true;
  /** Grows with every death: what belongs to an earlier life never goes on. */
  life = 0;
  running: string | null = null;
  sleepsUntil = 0;
  /** Since when it is awake and heard, for what may be expected of it. */
  ableSince = 0;
  readonly memories = new Map<string, Memory>();
  readonly #world: World;
  #start = 0;
  #slept = 0;
  #frozen = 0;
  #skew = 0;
  #ownTime: OwnTime | null = null;
  #isWoken = false;
  #isFresh = true;

  constructor(world: World, name: HostName) {
    this.#world = world;
    this.name = name;
    if (name === "A") this.#skew = world.scenario.skewS * S;
  }

  get holder(): string {
    return IS_OF_ITS_START ? `${this.name}.${this.#start}` : "device";
  }

  get isAwake(): boolean {
    return this.isAlive && this.#world.sim.now >= this.sleepsUntil;
  }

  clocks(): Clocks {
    const ran = this.#world.sim.now - this.#frozen;
    return { wall: EPOCH + ran + this.#skew, monotonic: ran - this.#slept };
  }
  isSetTo(ms: number): void {
    this.#skew += ms;
  }
  get isFrozenBehind(): boolean {
    return this.#frozen > 0;
  }

  /** The time by which it keeps records itself; and whether more may have passed since it was last asked. */
  ownTime(): { now: number; isUnsure: boolean } {
    const clocks = this.clocks();
    const last = this.#ownTime;
    const { time, isUnsure } = !last
      ? { time: ownTimeFrom(clocks), isUnsure: false }
      : this.#isWoken
        ? ownTimeAwake({ now: last.now, wall: last.clocks.wall }, clocks)
        : ownTimeAfter(last, clocks);
    this.#ownTime = time;
    this.#isWoken = false;
    return { now: time.now, isUnsure };
  }

  /** Whether its browser was started since it was last asked. */
  isFresh(): boolean {
    const isFresh = this.#isFresh;
    this.#isFresh = false;
    return isFresh;
  }

  memory(id: string): Memory {
    let memory = this.memories.get(id);
    if (!memory) this.memories.set(id, (memory = { ...BLANK, outbox: [] }));
    return memory;
  }

  /** Waits inside a run; anything may happen meanwhile. @returns what did, for those who go on without the run. */
  step(what: string, ms: number, onWorkerDeath?: () => void): Promise<void> {
    const { sim, tape } = this.#world;
    const fault: Fault = this.#world.faults < MOST_FAULTS ? tape.pick(FAULTS) : "none";
    if (fault !== "none") {
      this.#world.faults += 1;
      sim.note(`host ${fault}`);
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const { life } = this;
    const later = (extra: number) =>
      sim.at(ms + extra, () => {
        if (this.life === life) resolve();
      });
    switch (fault) {
      case "none":
        later(0);
        break;
      case "slow":
        later(12 * S); // a throttled page: longer than a permit lives
        break;
      case "sleeps-300":
      case "sleeps-60":
      case "frozen-300":
        later(this.#stands(fault, what));
        break;
      case "hangs":
        sim.say(this.name, `hangs (${what}), its heartbeat goes on`);
        break;
      case "worker-dies":
        sim.say(this.name, `its service worker is killed (${what}); the tabs stay`);
        if (this.name !== "cloud") onWorkerDeath?.();
        this.#die(1 * S, this.name === "cloud");
        break;
      case "killed":
      case "power":
      case "gone":
        sim.say(this.name, `is ${fault === "power" ? "without power" : fault} (${what})`);
        if (fault === "power") this.#losesPower();
        this.#die(fault === "gone" && this.name !== "cloud" ? null : 60 * S, true);
        break;
    }
    return promise;
  }

  /** The machine sleeps, or its virtual machine is paused: then both clocks stand still. */
  #stands(fault: "sleeps-300" | "sleeps-60" | "frozen-300", what: string): number {
    const { sim } = this.#world;
    const ms = (fault === "sleeps-60" ? 60 : 300) * S;
    sim.say(
      this.name,
      `${fault === "frozen-300" ? "is paused, clocks and all," : "sleeps"} ${ms / S} s (${what})`,
    );
    this.sleepsUntil = sim.now + ms;
    this.ableSince = this.sleepsUntil;
    sim.at(ms, () => {
      if (fault === "frozen-300") this.#frozen += ms;
      else this.#slept += ms;
    });
    return ms;
  }

  /** What was not written through is on the disk only after a while. */
  #losesPower(): void {
    if (this.#world.isLocal && this.name === "A") {
      this.#world.keeper.losesSince(this.#world.sim.now - FLUSH_MS);
      this.#world.oracle.lostPower();
    }
    if (IS_STRICT) return;
    for (const memory of this.memories.values())
      if (memory.record && this.#world.sim.now - memory.record.at < FLUSH_MS) memory.record = null;
  }

  /** Its press records are taken away. @returns those of which the posting's own record says nothing. */
  takesForgotten(postings: ReadonlyMap<string, Posting>): string[] {
    const forgotten: string[] = [];
    for (const [id, memory] of this.memories) {
      if ((memory.record?.attempt ?? 0) > (postings.get(id)?.permits ?? Infinity)) forgotten.push(id);
      memory.record = null;
    }
    return forgotten;
  }

  #die(backInMs: number | null, withBrowser: boolean): void {
    const { sim } = this.#world;
    this.isAlive = false;
    this.#runEnds();
    this.#isWoken = true;
    if (withBrowser) {
      this.#start += 1;
      this.#ownTime = null;
      this.#isFresh = true;
      for (const memory of this.memories.values())
        Object.assign(memory, { form: null, answer: null, byHand: null });
      if (this.name === "cloud") this.memories.clear();
    }
    this.#world.wake(LEASE_MS + S);
    if (backInMs === null) return this.#world.lost(this.name);
    sim.at(backInMs, () => {
      this.isAlive = true;
      this.ableSince = sim.now;
      this.#world.wake();
    });
  }

  /** What its run would have told of the person's press is on the disk. */
  #runEnds(): void {
    this.life += 1;
    const memory = this.running === null ? null : this.memory(this.running);
    if (memory?.isAtButton && memory.byHand)
      this.#world.person.reportPress(this.name, this.running!, memory.byHand);
    if (memory) memory.isAtButton = false;
    this.running = null;
  }

  /** Sends what could not be sent before. */
  flush(id: string): void {
    if (!this.#world.reaches(this.name)) return;
    for (const event of this.memory(id).outbox.splice(0)) this.#world.keeper.play(id, event);
  }

  /** Claims, and carries out in the background of the world. */
  begin(id: string): void {
    const { keeper } = this.#world;
    const claimed = keeper.claim(id, this.holder, this.name === "cloud" ? "cloud" : "tab");
    if (!claimed || claimed.fence === null) return;
    const { fence } = claimed;
    const { life } = this;
    this.running = id;
    this.#world.oracle.claimed(id, this);
    this.#keepLease(id, fence, life);
    const isOver = () => {
      if (this.life !== life) return;
      this.running = null;
      if (this.#world.reaches(this.name)) this.#world.keeper.release(fence);
      this.#world.wake();
    };
    const hands = handsOf(this.#world, this, id);
    carryOut(hands, claimed, keeper.now() - hands.now()).then(isOver, (error: unknown) => {
      if (!(error instanceof ServiceAway)) this.#world.crashed(error);
      isOver();
    });
  }

  #keepLease(id: string, fence: number, life: number): void {
    const { sim } = this.#world;
    const ends = sim.now + RUN_MS;
    const beat = () => {
      if (this.life !== life || this.running !== id) return;
      if (sim.now >= ends) {
        // The run's own deadline: whatever hangs is left behind.
        this.#runEnds();
        sim.say(this.name, "ends a run that takes too long");
        return this.#world.wake(LEASE_MS + S);
      }
      if (this.isAwake && this.#world.reaches(this.name)) this.#world.keeper.renew(fence);
      sim.at(30 * S, beat);
    };
    sim.at(30 * S, beat);
  }
}
