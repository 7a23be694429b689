/** One run of one claim: its fence, the record as last heard of, and how it is told what happened. */
import type { StopSign } from "../plan/plan.ts";
import {
  type Candidate,
  consequenceOf,
  type Ending,
  HOUR_MS,
  nextTryMs,
  pauseMs,
  type Posting,
  type PostingEvent,
  type QuestionKind,
  type Reading,
} from "../posting/index.ts";
import { type Hands, ServiceAway, TakenOver } from "./hands.ts";

const LEAST_REST_MS = 60_000;
const LONGEST_REST_MS = 15 * 60_000;

export class Run {
  readonly hands: Hands;
  readonly fence: number;
  posting: Posting;
  readonly #keeperAhead: number;

  constructor(hands: Hands, claimed: Posting) {
    if (claimed.fence === null) throw new Error("Only a claimed posting can be carried out.");
    this.hands = hands;
    this.fence = claimed.fence;
    this.posting = claimed;
    // A claim was made just now; one that is taken up again in the middle of a press was made some time ago.
    const isJustClaimed = claimed.state !== "submitting" && claimed.claimedAt !== null;
    this.#keeperAhead = isJustClaimed ? (claimed.claimedAt ?? 0) - hands.now() : 0;
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

  async requeue(ending: Ending, inMs: number, crashed = false): Promise<void> {
    await this.send({ kind: "requeue", fence: this.fence, ending, inMs, usesAttempt: false, crashed });
  }

  /** What nobody caused is tried again ever less often, until its hour is over. */
  restMs(): number {
    const waited = this.now() - (this.posting.decideBy - HOUR_MS);
    return Math.min(LONGEST_REST_MS, Math.max(LEAST_REST_MS, waited / 4));
  }

  async endWith(ending: Ending, crashed = false): Promise<void> {
    const consequence = consequenceOf(ending);
    if (consequence === "ask")
      return this.ask(ending.code === "stop" || ending.code === "wrong-login" ? "stop" : "field", ending);
    if (this.posting.state === "unknown")
      return this.requeue(ending, nextTryMs(this.posting, this.hands.lookMs, this.now()));
    switch (consequence) {
      case "fail":
        return this.send({ kind: "fail", fence: this.fence, ending });
      case "again": {
        const inMs = pauseMs(this.posting.attempt + 1, () => this.hands.random());
        return this.send({ kind: "requeue", fence: this.fence, ending, inMs, usesAttempt: true });
      }
      case "rest":
        return this.requeue(ending, ending.code === "interrupted" ? 0 : this.restMs(), crashed);
    }
  }

  /** The account's own lists. @returns null when the page, or who is signed in, ended the run. */
  async read(aside: boolean): Promise<Reading | null> {
    const read = await this.hands.read(aside);
    if ("stopped" in read) {
      await this.endWith(stopEnding(read.stopped));
      return null;
    }
    if (!this.isOurs(read)) {
      const expected = this.hands.login?.name ?? "";
      await this.endWith({ code: "wrong-login", shown: read.login, expected });
      return null;
    }
    await this.hands.noteReading(read);
    return read;
  }

  isOurs(reading: Reading): boolean {
    const { login } = this.hands;
    return login === null || (reading.login !== null && sameLogin(reading.login, login.id));
  }
}

export const stopEnding = ({ kind }: StopSign): Ending => ({ code: "stop", stop: kind });

const sameLogin = (a: string, b: string): boolean =>
  a.trim().replace(/^@/, "").toLowerCase() === b.trim().replace(/^@/, "").toLowerCase();
