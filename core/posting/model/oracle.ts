/**
 * What must hold, at every instant, judged by the site's own rows. The invariants have the names of the protocol's list:
 * M1 in consents.ts; M2 to M5 (presses and permits) in oracle-press.ts; M6 and M7 (what a look proves) in oracle-proof.ts;
 * M9 and M14 (what is said, what is sold) in oracle-words.ts; M10 to M13 (nobody waits for ever, nobody is asked in vain) in
 * oracle-time.ts. M8 is evidence-order.test.ts, the walk over all states is no-dead-ends.test.ts, M15 is the database's.
 */
import type { Answer, Permit, Posting, PostingEvent, Question, Reading } from "../index.ts";
import { Consents } from "./consents.ts";
import type { Host, HostName } from "./host.ts";
import type { Form } from "./memory.ts";
import { PressOracle } from "./oracle-press.ts";
import { ProofOracle } from "./oracle-proof.ts";
import { TimeOracle } from "./oracle-time.ts";
import { WordsOracle } from "./oracle-words.ts";
import type { SecondPage } from "./site.ts";
import type { World } from "./world.ts";

export type Violation = { kind: string; what: string };
export type Verdicts = {
  violations: Violation[];
  /** After a press by a machine whose clocks had all stood still: the residual that the threat model names. */
  frozen: Violation[];
  asked: Record<string, number>;
  /** By cause: asked whether it is there while it is, and no list shows it. */
  askedHidden: Record<string, number>;
  presses: number;
};

export class Oracle {
  isRestored = false;
  readonly isAbandoned = new Set<string>();
  readonly consents: Consents;
  readonly #violations: Violation[] = [];
  readonly #frozen: Violation[] = [];
  readonly #press: PressOracle;
  readonly #proof: ProofOracle;
  readonly #words: WordsOracle;
  readonly #time: TimeOracle;
  readonly #world: World;
  #isFrozen = false;

  constructor(world: World) {
    this.#world = world;
    this.consents = new Consents(world, this);
    this.#press = new PressOracle(world, this);
    this.#proof = new ProofOracle(world, this);
    this.#words = new WordsOracle(world, this);
    this.#time = new TimeOracle(world, this);
  }

  bad(kind: string, what: string): void {
    const found = this.#isFrozen ? this.#frozen : this.#violations;
    if (found.some((one) => one.kind === kind)) return;
    found.push({ kind, what });
    this.#world.sim.say("!!", `${kind}: ${what}`);
  }

  /** A machine that stood still with both its clocks pressed late: nothing it could have known. */
  pressedFrozen(): void {
    this.#isFrozen = true;
  }

  verdicts(): Verdicts {
    return {
      violations: this.#violations,
      frozen: this.#frozen,
      asked: this.#time.asked,
      askedHidden: this.#time.askedHidden,
      presses: this.#press.presses,
    };
  }

  started(id: string, mode: Posting["mode"], isPressed: boolean): void {
    this.consents.started(id, mode, isPressed);
    this.#time.started(id);
  }

  answered(before: Posting, question: Question, answer: Answer, after: Posting): void {
    this.consents.answered(before, question, answer, after);
    this.#press.answered(before, answer, after);
    this.#time.answered(before, answer);
  }

  retried(before: Posting, after: Posting): void {
    this.consents.retried(before, after);
    this.#press.consented(before.id);
    this.#words.consented(before.id);
  }

  consentedAgain(id: string): void {
    this.#press.consented(id);
    this.#words.consented(id);
  }

  /** What the person saw when they said "publish". */
  shown(id: string, hash: string): void {
    this.#press.shown(id, hash);
  }

  /** The host's disk has it from here on. */
  signSeen(id: string, host: HostName): void {
    this.#press.signSeen(id, host);
  }

  /** What a browser alone kept was not on its disk yet. */
  lostPower(): void {
    this.#press.lostPower();
  }

  wasHandedOver(id: string): void {
    this.#time.wasHandedOver(id);
  }
  resumed(id: string): void {
    this.#press.resumed(id);
    this.#time.started(id);
  }

  misled(): void {
    this.#proof.misled();
  }

  /** @param item null: the account itself. */
  isGone(item: string | null): void {
    this.#press.isGone(item);
  }

  endWanted(externalId: string): void {
    this.#words.endWanted(externalId);
  }
  saidEnded(externalId: string): void {
    this.#words.saidEnded(externalId);
  }

  pageFailed(id: string): void {
    this.#time.pageFailed(id);
  }

  claimed(id: string, host: Host): void {
    this.#time.claimed(id, host);
  }

  read(id: string, host: HostName, reading: Reading): void {
    this.#proof.read(id, reading);
  }
  /** What ended was looked for in a reading. */
  heldAgainst(posting: Posting, reading: Reading): void {
    this.#words.heldAgainst(posting, reading);
  }
  isCompletelyRead(id: string, since: number, fence: number): boolean {
    return this.#proof.isCompletelyRead(id, since, fence);
  }
  get isMisled(): boolean {
    return this.#proof.isMisled;
  }

  beforePress(id: string, who: HostName | "person", form: Form, permit: Permit | null): void {
    if (who === "person") this.consents.byHand(id, form.host);
    this.#time.pressed(id);
    this.#press.before(id, who, form, permit);
    this.#words.beforePress(id, who);
  }
  beforeConfirm(page: SecondPage, who: HostName | "person", form: Form): void {
    this.#press.beforeConfirm(page, who);
    if (who === "person") this.consents.byHand(page.posting, form.host);
  }
  afterPress(id: string, who: HostName | "person"): void {
    this.consents.afterPress(id);
    this.#words.afterPress(id, who);
  }

  changed(posting: Posting, event: PostingEvent): void {
    this.#press.changed(posting, event);
    this.#proof.changed(posting, event);
    this.consents.changed(posting);
    this.#words.changed(posting, event);
    this.#time.changed(posting, event);
  }

  isOver(): boolean {
    return this.#time.isOver();
  }

  atTheEnd(): void {
    for (const posting of this.#world.keeper.postings.values()) {
      this.#proof.atTheEnd(posting);
      this.#words.atTheEnd(posting);
      this.#time.atTheEnd(posting);
    }
  }
}
