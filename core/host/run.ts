/** One run of one claim: its fence, the record as last heard of, and how it is told what happened. */
import type { StopSign } from "../plan/plan.ts";
import {
  type Candidate,
  type Ending,
  LISTING,
  type Posting,
  type PostingEvent,
  type QuestionKind,
  type Reading,
  type Trace,
  windowEndsAt,
} from "../posting/index.ts";
import { endingEvent, restMs } from "./ending-event.ts";
import { type Hands, ServiceAway, TakenOver } from "./hands.ts";
import { whose } from "./whose.ts";

export class Run {
  readonly hands: Hands;
  readonly fence: number;
  posting: Posting;
  readonly #keeperAhead: number;

  /** @param keeperAhead by how much the clock of whoever keeps the record is ahead. */
  constructor(hands: Hands, claimed: Posting, keeperAhead: number) {
    if (claimed.fence === null) throw new Error("Only a claimed posting can be carried out.");
    this.hands = hands;
    this.fence = claimed.fence;
    this.posting = claimed;
    this.#keeperAhead = keeperAhead;
  }

  get trace(): Trace {
    return this.hands.trace ?? LISTING;
  }

  /** By the clock of whoever keeps the record: its times are compared with no other. */
  now(): number {
    return this.hands.now() + this.#keeperAhead;
  }

  /** Evidence: that it is known already, or says nothing new, changes nothing. @throws ServiceAway */
  async tell(event: PostingEvent): Promise<void> {
    const answer = await this.hands.send(event);
    if (answer === null) throw new ServiceAway(`The service did not hear of "${event.kind}".`);
    if (answer.ok) this.posting = answer.posting;
  }

  /** A decision: only its driver's. @throws ServiceAway, TakenOver */
  async send(event: PostingEvent): Promise<void> {
    const answer = await this.hands.send(event);
    if (answer === null) throw new ServiceAway(`The service did not hear of "${event.kind}".`);
    if (!answer.ok) throw new TakenOver(answer.code);
    this.posting = answer.posting;
  }

  async ask(question: QuestionKind, ending: Ending, candidates: Candidate[] = []): Promise<void> {
    await this.send({ kind: "ask", fence: this.fence, question, ending, candidates });
  }

  async requeue(ending: Ending, inMs: number): Promise<void> {
    await this.send({ kind: "requeue", fence: this.fence, ending, inMs, usesAttempt: false });
  }

  restMs(): number {
    return restMs(this.posting, this.now());
  }

  async endWith(ending: Ending, crashed = false): Promise<void> {
    const { lookMs } = this.hands;
    const at = { now: this.now(), random: () => this.hands.random(), lookMs };
    await this.send(endingEvent(this.posting, this.fence, { ending, crashed }, at));
  }

  /** The account's own lists. @returns null when the page, or who is signed in, ended the run. */
  async read(aside: boolean): Promise<Reading | null> {
    const read = await this.#readOrEnd(aside);
    if (read === null) return null;
    if ("stopped" in read) {
      await this.endWith(stopEnding(read.stopped));
      return null;
    }
    const { login } = this.hands;
    if (whose(read, login) === "another") {
      const expected = login?.name ?? "";
      await this.endWith({ code: "wrong-login", shown: read.login, expected });
      return null;
    }
    // Of whom it is was not seen, as on an error page: it shows nothing of anybody, and it is no other login's either.
    const reading = this.isOurs(read) ? read : { ...read, rows: [], complete: false };
    await this.hands.noteReading(reading);
    return reading;
  }

  /** A list that cannot be reached is one that cannot be read: nobody's attempt is used up by that. */
  async #readOrEnd(aside: boolean): Promise<Awaited<ReturnType<Hands["read"]>> | null> {
    try {
      return await this.hands.read(aside, { anchors: this.#anchors(), firstPageOnly: false });
    } catch (error) {
      const { ending, crashed } = this.hands.endingOf(error);
      const isUnreachable = ending.code === "unreachable";
      await this.endWith(isUnreachable ? { code: "list-unreadable", why: ending.message } : ending, crashed);
      return null;
    }
  }

  /**
   * While a window runs, rows that were there before the press end a reading: it can only find. What judges absence reads
   * every row, and so does what looks before a press: renewed rows may stand above a new one, an old one far down.
   */
  #anchors(): readonly string[] {
    const windowEnds = windowEndsAt(this.posting);
    const isInWindow = windowEnds !== null && this.now() <= windowEnds;
    return isInWindow ? (this.posting.baseline ?? []) : [];
  }

  isOurs(reading: Reading): boolean {
    return whose(reading, this.hands.login) === "ours";
  }
}

export const stopEnding = ({ kind }: StopSign): Ending => ({ code: "stop", stop: kind });
