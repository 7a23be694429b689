/** A browser of the seller's, or the worker: the hands of core/host/carry-out.ts in a world where anything may fail. */
import { carryOut, ServiceAway, type Hands, type Pressed } from "../../host/carry-out.ts";
import { PERMIT_MS, RUN_MS, type Posting, type PostingEvent } from "../index.ts";
import { LOGIN, PRICE, TITLE, type PressAnswer } from "./site.ts";
import { WINDOW_S } from "./scenario.ts";
import { S } from "./sim.ts";
import type { World } from "./world.ts";

export type HostName = "A" | "B" | "cloud";

/** What a host keeps on disk about one posting; what is in memory dies with its life. */
type Memory = {
  record: { attempt: number; at: number } | null;
  outbox: PostingEvent[];
  isStanding: boolean;
};

const FAULTS = [
  "none", "none", "none", "killed", "gone", "sleeps-300", "sleeps-60", "power", "hangs", "slow", "worker-dies",
] as const; // prettier-ignore
const MOST_FAULTS = 2;
/** The press record is written through to the disk before it is used. */
const IS_STRICT = true;

export class Host {
  readonly name: HostName;
  isAlive = true;
  /** Grows with every death: what belongs to an earlier life never goes on. */
  life = 0;
  /** Of this start of the browser: a cloned profile has another one. */
  start = 0;
  running: string | null = null;
  readonly memories = new Map<string, Memory>();
  readonly #world: World;

  constructor(world: World, name: HostName) {
    this.#world = world;
    this.name = name;
  }

  get holder(): string {
    return `${this.name}.${this.start}`;
  }

  memory(id: string): Memory {
    let memory = this.memories.get(id);
    if (!memory) this.memories.set(id, (memory = { record: null, outbox: [], isStanding: false }));
    return memory;
  }

  /** Waits inside a run; anything may happen meanwhile. */
  step(what: string, ms: number): Promise<void> {
    const { sim, tape } = this.#world;
    const life = this.life;
    const fault = this.#world.faults < MOST_FAULTS ? tape.pick(FAULTS) : "none";
    if (fault !== "none") this.#world.faults += 1;
    const { promise, resolve } = Promise.withResolvers<void>();
    const later = (extra: number) =>
      sim.at(ms + extra, () => {
        if (this.life === life) resolve();
      });
    switch (fault) {
      case "none":
        later(0);
        break;
      case "slow":
        later(8 * S);
        break;
      case "sleeps-300":
      case "sleeps-60": {
        const seconds = fault === "sleeps-300" ? 300 : 60;
        sim.say(this.name, `sleeps ${seconds} s (${what})`);
        this.sleepsUntil = sim.now + seconds * S;
        this.slept += seconds * S;
        later(seconds * S);
        break;
      }
      case "hangs":
        sim.say(this.name, `hangs (${what}), its heartbeat goes on`);
        break;
      case "worker-dies":
        sim.say(this.name, `its service worker is killed (${what}); the tabs stay`);
        this.#die(1 * S, this.name === "cloud");
        break;
      case "killed":
      case "power":
      case "gone":
        sim.say(this.name, `is ${fault === "power" ? "without power" : fault} (${what})`);
        if (fault === "power" && !IS_STRICT) this.#forgetFreshRecords();
        this.#die(fault === "gone" && this.name !== "cloud" ? null : 60 * S, true);
        break;
    }
    return promise;
  }

  sleepsUntil = 0;
  /** A monotonic clock stands still while its machine sleeps. */
  slept = 0;

  #forgetFreshRecords(): void {
    for (const memory of this.memories.values())
      if (memory.record && this.#world.sim.now - memory.record.at < 30 * S) memory.record = null;
  }

  #die(backInMs: number | null, withBrowser: boolean): void {
    const { sim } = this.#world;
    this.isAlive = false;
    this.life += 1;
    this.running = null;
    if (withBrowser) {
      this.start += 1;
      for (const memory of this.memories.values()) memory.isStanding = false;
      if (this.name === "cloud") this.memories.clear();
    }
    if (backInMs === null) return this.#world.lost(this.name);
    sim.at(backInMs, () => {
      this.isAlive = true;
      this.#world.wake();
    });
  }

  get isAwake(): boolean {
    return this.isAlive && this.#world.sim.now >= this.sleepsUntil;
  }

  /** Sends what could not be sent before. */
  flush(id: string): void {
    if (!this.#world.reaches(this.name)) return;
    const memory = this.memory(id);
    const events = memory.outbox.splice(0);
    for (const event of events) this.#world.keeper.play(id, event);
  }

  /** Claims and carries out in the background of the world. @returns whether it was claimed. */
  begin(id: string): boolean {
    const { keeper } = this.#world;
    const claimed = keeper.claim(id, this.holder, this.name === "cloud" ? "cloud" : "tab");
    if (!claimed) return false;
    const { fence } = claimed;
    if (fence === null) return false;
    const life = this.life;
    this.running = id;
    this.#keepLease(id, fence, life);
    const isOver = () => {
      if (this.life !== life) return;
      this.running = null;
      if (this.#world.reaches(this.name)) keeper.release(fence);
      this.#world.wake();
    };
    carryOut(this.#hands(id), claimed).then(isOver, (error: unknown) => {
      if (!(error instanceof ServiceAway)) this.#world.crashed(error);
      isOver();
    });
    return true;
  }

  #keepLease(id: string, fence: number, life: number): void {
    const { sim, keeper } = this.#world;
    const ends = sim.now + RUN_MS;
    const beat = () => {
      if (this.life !== life || this.running !== id) return;
      if (sim.now >= ends) {
        // The run's own deadline: whatever hangs is left behind.
        this.life += 1;
        this.running = null;
        sim.say(this.name, "ends a run that takes too long");
        this.#world.wake();
        return;
      }
      if (this.isAwake && this.#world.reaches(this.name)) keeper.renew(id, fence);
      sim.at(30 * S, beat);
    };
    sim.at(30 * S, beat);
  }

  #hands(id: string): Hands {
    const world = this.#world;
    const memory = this.memory(id);
    const posting = (): Posting => world.keeper.get(id);
    let answer: PressAnswer = { kind: "unknown", message: "" };
    return {
      now: () => world.sim.now,
      random: () => 0.5,
      itemId: posting().itemId,
      login: { id: LOGIN, name: LOGIN },
      marker: { title: TITLE, priceText: PRICE },
      policy: { windowMs: WINDOW_S * S, absenceProves: world.scenario.proves },
      lookMs: [5 * S, 15 * S, 45 * S],
      payloadHash: () => Promise.resolve("hash"),
      send: (event) => this.#send(id, event),
      books: () =>
        world.reaches(this.name)
          ? Promise.resolve(world.keeper.booksFor(id))
          : Promise.reject(new ServiceAway("the books cannot be read")),
      read: async () => {
        await this.step("looking", 4 * S);
        return world.site.read();
      },
      noteReading: (reading) => {
        world.noteReading(this.name, id, reading);
        return Promise.resolve();
      },
      formStands: () => Promise.resolve(memory.isStanding),
      fill: async () => {
        await this.step("filling", 30 * S);
        memory.isStanding = true;
        world.formStands(this.name, id);
        return { kind: "filled" };
      },
      press: async (permit) => {
        const pressed = await this.#press(id, permit);
        if (pressed.pressed) answer = pressed.answer;
        return pressed.end;
      },
      siteAnswer: async () => {
        await this.step("before the outcome is on record", 3 * S);
        if (answer.kind === "listed" && this.name !== "cloud") world.oracle.signSeen(id);
        return answer;
      },
      record: {
        has: (attempt) => Promise.resolve(memory.record?.attempt === attempt),
        write: (attempt) => {
          memory.record = { attempt, at: world.sim.now };
          return Promise.resolve();
        },
        erase: () => {
          memory.record = null;
          return Promise.resolve();
        },
      },
      endingOf: (error) => ({
        ending: { code: "bug", message: error instanceof Error ? error.message : String(error) },
        crashed: false,
      }),
    };
  }

  /** What a host does with an event: evidence waits on disk until it is heard; all else needs an answer now. */
  #send(id: string, event: PostingEvent): ReturnType<Hands["send"]> {
    const world = this.#world;
    const memory = this.memory(id);
    if (!world.reaches(this.name)) {
      if (world.isEvidence(event)) memory.outbox.push(event);
      return Promise.resolve(null);
    }
    this.flush(id);
    const applied = world.keeper.play(id, event);
    if (event.kind === "permit" && applied.ok && world.tape.draw(8) === 1) {
      world.sim.say(this.name, "does not hear the permit's answer");
      return Promise.resolve(null);
    }
    return Promise.resolve(applied);
  }

  async #press(
    id: string,
    permit: () => Promise<boolean>,
  ): Promise<{ end: Pressed; pressed: boolean; answer: PressAnswer }> {
    const world = this.#world;
    const { sim } = world;
    const nothing = { pressed: false, answer: { kind: "unknown", message: "" } as PressAnswer };
    const asked = { wall: sim.now, slept: this.slept };
    const heard = await permit();
    if (!heard) return { ...nothing, end: { kind: "unpressed" } };
    await this.step("between permit and press", 1 * S);
    // The engine listens on the button: whoever clicks first has pressed, and nothing is added.
    const byHand = this.memory(id).isStanding ? null : world.person.lastAnswer(id);
    if (byHand) return { end: { kind: "pressed", by: "person" }, pressed: true, answer: byHand };
    const wall = sim.now - asked.wall + world.clockJumped();
    const monotonic = sim.now - asked.wall - (this.slept - asked.slept);
    if (wall < 0 || wall > PERMIT_MS || monotonic > PERMIT_MS) {
      sim.say(this.name, "the permit has aged: nothing is pressed");
      return { ...nothing, end: { kind: "unpressed" } };
    }
    this.memory(id).isStanding = false;
    const answer = world.press(id, this.name);
    if (world.scenario.confirms) await this.step("between the press and its confirmation", 2 * S);
    return { end: { kind: "pressed", by: "hawker" }, pressed: true, answer };
  }
}
