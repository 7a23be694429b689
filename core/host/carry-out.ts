/**
 * The story of one posting, for every driver: look, fill, ask for the permit, press once, read back. The hands do what a
 * browser does, the keeper of the record says yes or no, and all that is decided is decided in core/posting.
 *
 * It may end at any await: whoever claims the posting next reads its state and begins here again. Invariants:
 * - nothing is pressed without the keeper's permit, and the host's own record of the press is written before it is used;
 * - after the press nothing is pressed again, only read;
 * - what the site said is sent before anything is concluded from it.
 */
import type { Marker } from "../marketplace/marketplace.ts";
import type { Outcome, StopSign } from "../plan/plan.ts";
import {
  type Applied,
  type Books,
  type Candidate,
  type ChannelPolicy,
  consequenceOf,
  type Ending,
  HOUR_MS,
  isFinal,
  lookBefore,
  MAX_VOIDS,
  nextLookMs,
  nextTryMs,
  pauseMs,
  type Posting,
  type PostingEvent,
  type QuestionKind,
  type Reading,
  READING_MS,
  type RefusalCode,
  twinKeyOf,
  verdictOf,
} from "../posting/index.ts";

/** What came of filling the form. */
export type Filled =
  { kind: "filled" } | { kind: "stopped"; stop: StopSign } | { kind: "refused"; ending: Ending };
/** What came of going for the last button. */
export type Pressed =
  | { kind: "pressed"; by: "hawker" | "person" }
  /** The permit was not given, or it aged: nothing was pressed. */
  | { kind: "unpressed" }
  | { kind: "stopped"; stop: StopSign }
  | { kind: "refused"; ending: Ending };
export type SiteAnswer = Outcome | { kind: "stopped"; stop: StopSign };

export type Hands = {
  now(): number;
  random(): number;
  itemId: string | null;
  /** The login this is for: its stable id, and how a person knows it. Null where it is not known yet. */
  login: { id: string; name: string } | null;
  marker: Marker;
  policy: ChannelPolicy;
  lookMs: readonly number[];
  payloadHash(): Promise<string>;

  /** Tells the keeper of the record. @returns null when it was not reached: no answer is a yes or a no. */
  send(event: PostingEvent): Promise<Applied | null>;
  /** What else is known of this login. @throws ServiceAway */
  books(): Promise<Books>;
  /** The account's own lists, freshly loaded. `aside`: not in the page where the form stands. */
  read(aside: boolean): Promise<Reading | { stopped: StopSign }>;
  /** A reading was taken: other postings may recognise a row of theirs in it. */
  noteReading(reading: Reading): Promise<void>;
  /** Whether the form stands there as it was filled. */
  formStands(): Promise<boolean>;
  fill(): Promise<Filled>;
  press(permit: () => Promise<boolean>): Promise<Pressed>;
  /** What the site says after the press. */
  siteAnswer(): Promise<SiteAnswer>;
  /** This host's own record of its presses, on disk before a permit is used. */
  record: {
    has(attempt: number): Promise<boolean>;
    write(attempt: number): Promise<void>;
    erase(attempt: number): Promise<void>;
  };
  /** An error of the hands, as an ending; `crashed` when the page took the browser with it. */
  endingOf(error: unknown): { ending: Ending; crashed: boolean };
};

/** The keeper says that somebody else drives it now, or that it is over: stop, touch nothing. */
export class TakenOver extends Error {
  override name = "TakenOver";
  readonly code: RefusalCode;
  constructor(code: RefusalCode) {
    super(`This posting is not ours to drive any more (${code}).`);
    this.code = code;
  }
}

/** The keeper was not reached where its word is needed. Nothing was pressed without it. */
export class ServiceAway extends Error {
  override name = "ServiceAway";
}

const LEAST_REST_MS = 60_000;
const LONGEST_REST_MS = 15 * 60_000;

/** Carries a claimed posting as far as it goes now. @throws ServiceAway; everything else ends in the record. */
export async function carryOut(hands: Hands, claimed: Posting): Promise<Posting> {
  const run = new Run(hands, claimed);
  try {
    await run.carryOut();
  } catch (error) {
    if (error instanceof TakenOver) return run.posting;
    if (error instanceof ServiceAway) throw error;
    await run.endBy(error);
  }
  return run.posting;
}

class Run {
  readonly #hands: Hands;
  readonly #fence: number;
  posting: Posting;

  constructor(hands: Hands, claimed: Posting) {
    if (claimed.fence === null) throw new Error("Only a claimed posting can be carried out.");
    this.#hands = hands;
    this.#fence = claimed.fence;
    this.posting = claimed;
  }

  async carryOut(): Promise<void> {
    if (this.posting.state === "submitting") await this.#resumeAfterPermit();
    if (this.posting.state === "unknown") return this.#look();
    if (this.posting.state === "queued" || isFinal(this.posting)) return;
    let stands = await this.#hands.formStands();
    for (let voids = 0; voids < MAX_VOIDS;) {
      if (!this.#isFreshlyRead() && !(await this.#lookBefore(stands))) return;
      if (!stands) {
        if (!(await this.#fill())) return;
        stands = true;
        continue; // filling takes its time: the reading may have aged
      }
      if (this.posting.consent === null)
        return void (await this.#send({ kind: "ready", fence: this.#fence }));
      const went = await this.#goForTheButton();
      if (went !== "void") return;
      voids += 1;
    }
    await this.#ask("field", { code: "permit-void" });
  }

  /** This very host ended between the permit and what came after it: its own record says whether it pressed. */
  async #resumeAfterPermit(): Promise<void> {
    const attempt = this.posting.permit?.attempt ?? 0;
    if (!(await this.#hands.record.has(attempt)))
      await this.#tell({ kind: "unpressed", attempt, fence: this.#fence });
    else await this.#judge(attempt);
  }

  #isFreshlyRead(): boolean {
    const { readingAt, readingFence, baseline } = this.posting;
    const margin = READING_MS - 20_000;
    return (
      baseline !== null &&
      readingFence === this.#fence &&
      readingAt !== null &&
      this.#hands.now() - readingAt < margin
    );
  }

  /** @returns whether to go on. */
  async #lookBefore(aside: boolean): Promise<boolean> {
    const reading = await this.#read(aside);
    if (!reading) return false;
    const books = await this.#hands.books();
    const { itemId, marker } = this.#hands;
    const before = lookBefore(this.posting, itemId, marker, reading, books);
    switch (before.kind) {
      case "go":
        await this.#send({ kind: "looked", fence: this.#fence, baseline: before.baseline });
        return true;
      case "listed":
        await this.#tell({
          kind: "found",
          externalId: before.row.externalId,
          url: before.row.url,
          by: "id",
        });
        return false;
      case "alike":
        await this.#ask("alike", { code: "several", count: before.rows.length }, before.rows);
        return false;
      case "verdict":
        await this.#conclude(before.verdict);
        return false;
      case "incomplete":
        await this.#requeue({ code: "list-unreadable", why: before.why }, this.#restMs());
        return false;
    }
  }

  async #fill(): Promise<boolean> {
    if (this.posting.state === "claimed") await this.#send({ kind: "fill", fence: this.#fence });
    const filled = await this.#hands.fill();
    if (filled.kind === "filled") return true;
    await this.#endWith(filled.kind === "stopped" ? stopEnding(filled.stop) : filled.ending);
    return false;
  }

  /** Asks for the permit last of all, and presses once. `void`: nothing was pressed, and it may be tried again now. */
  async #goForTheButton(): Promise<"over" | "void"> {
    if (this.posting.state === "claimed") await this.#send({ kind: "fill", fence: this.#fence });
    const permit = { attempt: this.posting.permits + 1, answer: null as Applied | null };
    const hash = await this.#hands.payloadHash();
    const pressed = await this.#hands.press(async () => {
      const { marker, policy } = this.#hands;
      const twin = twinKeyOf(marker);
      permit.answer = await this.#hands.send({
        kind: "permit",
        fence: this.#fence,
        marker,
        twin,
        policy,
        hash,
      });
      if (!permit.answer?.ok) return false;
      this.posting = permit.answer.posting;
      await this.#hands.record.write(permit.attempt);
      return true;
    });
    switch (pressed.kind) {
      case "pressed":
        if (!permit.answer?.ok) await this.#pressedByPerson();
        await this.#judge(permit.answer?.ok ? permit.attempt : null);
        return "over";
      case "unpressed":
        return this.#unpressed(permit);
      case "stopped":
      case "refused":
        if (permit.answer?.ok) await this.#giveBack(permit.attempt);
        await this.#endWith(pressed.kind === "stopped" ? stopEnding(pressed.stop) : pressed.ending);
        return "over";
    }
  }

  /** The person was faster than the permit: their press, and their consent. With a permit at hand it is the permit's. */
  async #pressedByPerson(): Promise<void> {
    const { marker, policy } = this.#hands;
    const { baseline } = this.posting;
    await this.#tell({ kind: "pressed-by-person", marker, twin: twinKeyOf(marker), policy, baseline });
  }

  async #giveBack(attempt: number): Promise<void> {
    await this.#hands.record.erase(attempt);
    await this.#tell({ kind: "unpressed", attempt, fence: this.#fence });
  }

  async #unpressed(permit: { attempt: number; answer: Applied | null }): Promise<"over" | "void"> {
    const { answer, attempt } = permit;
    if (answer === null) {
      // Unheard: it may have been given. Nothing was pressed, and it is said as soon as somebody hears it.
      await this.#tell({ kind: "unpressed", attempt, fence: this.#fence });
      return "void";
    }
    if (answer.ok) {
      await this.#giveBack(attempt);
      return "void";
    }
    switch (answer.code) {
      case "no-reading":
        return "void"; // the loop reads again
      case "twin-unclear":
        await this.#requeue({ code: "waits-for-twin" }, this.#restMs());
        return "over";
      case "cancelled":
        await this.#requeue({ code: "interrupted" }, 0);
        return "over";
      case "superseded":
      case "sold":
      case "deleted":
      case "disconnected":
        await this.#send({ kind: "fail", fence: this.#fence, ending: { code: answer.code } });
        return "over";
      case "no-consent":
        await this.#send({ kind: "ready", fence: this.#fence });
        return "over";
      default:
        throw new TakenOver(answer.code);
    }
  }

  /** After the press, in the same run. */
  async #judge(attempt: number | null): Promise<void> {
    const seen = await this.#siteAnswer();
    if (seen.kind === "listed")
      await this.#tell({ kind: "said-listed", attempt, externalId: seen.externalId, url: seen.url });
    const reading = await this.#readAfter();
    if (reading) {
      const verdict = verdictOf(this.posting, reading, await this.#hands.books());
      if (verdict.kind === "found" || verdict.kind === "candidates") return this.#conclude(verdict);
    }
    if (seen.kind === "rejected" && attempt !== null && this.posting.state === "submitting") {
      await this.#send({ kind: "said-no", fence: this.#fence, attempt, message: seen.message });
      return;
    }
    if (attempt !== null && this.posting.state === "submitting")
      await this.#tell({ kind: "pressed", attempt });
    if (seen.kind === "stopped") await this.#ask("stop", stopEnding(seen.stop));
  }

  async #siteAnswer(): Promise<SiteAnswer> {
    try {
      return await this.#hands.siteAnswer();
    } catch (error) {
      return { kind: "unknown", message: error instanceof Error ? error.message : String(error) };
    }
  }

  /** A look right after the press finds or tells nothing: whatever goes wrong with it, the press is what counts. */
  async #readAfter(): Promise<Reading | null> {
    try {
      const read = await this.#hands.read(false);
      return "stopped" in read || !this.#isOurs(read) ? null : read;
    } catch {
      return null;
    }
  }

  /** One look for what may have been posted. */
  async #look(): Promise<void> {
    const reading = await this.#read(false);
    if (!reading) return;
    const marker = this.posting.marker ?? this.#hands.marker;
    await this.#conclude(verdictOf({ ...this.posting, marker }, reading, await this.#hands.books()));
  }

  async #conclude(verdict: ReturnType<typeof verdictOf>): Promise<void> {
    const { lookMs } = this.#hands;
    const now = this.#hands.now();
    switch (verdict.kind) {
      case "found":
        await this.#tell({
          kind: "found",
          externalId: verdict.row.externalId,
          url: this.posting.sign?.url ?? verdict.row.url,
          by: verdict.by,
        });
        return;
      case "candidates":
        await this.#ask("there", { code: "several", count: verdict.rows.length }, verdict.rows);
        return;
      case "absent":
        await this.#send({
          kind: "absent",
          fence: this.#fence,
          unexplained: verdict.unexplained,
          againInMs: nextLookMs(this.posting, lookMs, now),
        });
        return;
      case "incomplete":
        await this.#send({
          kind: "unreadable",
          fence: this.#fence,
          why: verdict.why,
          againInMs: nextTryMs(this.posting, lookMs, now),
        });
        return;
    }
  }

  /** @returns null when the page, or who is signed in, ended the run. */
  async #read(aside: boolean): Promise<Reading | null> {
    const read = await this.#hands.read(aside);
    if ("stopped" in read) {
      await this.#endWith(stopEnding(read.stopped));
      return null;
    }
    if (!this.#isOurs(read)) {
      const expected = this.#hands.login?.name ?? "";
      await this.#endWith({ code: "wrong-login", shown: read.login, expected });
      return null;
    }
    await this.#hands.noteReading(read);
    return read;
  }

  #isOurs(reading: Reading): boolean {
    const { login } = this.#hands;
    return login === null || (reading.login !== null && sameLogin(reading.login, login.id));
  }

  async endBy(error: unknown): Promise<void> {
    const { ending, crashed } = this.#hands.endingOf(error);
    if (this.posting.state === "submitting") {
      const attempt = this.posting.permit?.attempt ?? 0;
      if (await this.#hands.record.has(attempt)) await this.#hands.send({ kind: "pressed", attempt });
      else await this.#hands.send({ kind: "unpressed", attempt, fence: this.#fence });
      return;
    }
    await this.#endWith(ending, crashed).catch((cause: unknown) => {
      if (!(cause instanceof TakenOver)) throw cause;
    });
  }

  async #endWith(ending: Ending, crashed = false): Promise<void> {
    const isLook = this.posting.state === "unknown";
    switch (consequenceOf(ending)) {
      case "ask":
        return this.#ask(ending.code === "stop" || ending.code === "wrong-login" ? "stop" : "field", ending);
      case "fail":
        if (isLook) return this.#requeueLook(ending);
        return void (await this.#send({ kind: "fail", fence: this.#fence, ending }));
      case "again": {
        if (isLook) return this.#requeueLook(ending);
        const inMs = pauseMs(this.posting.attempt + 1, () => this.#hands.random());
        return void (await this.#send({
          kind: "requeue",
          fence: this.#fence,
          ending,
          inMs,
          usesAttempt: true,
        }));
      }
      case "rest":
        if (isLook) return this.#requeueLook(ending);
        return this.#requeue(ending, ending.code === "interrupted" ? 0 : this.#restMs(), crashed);
    }
  }

  /** What nobody caused is tried again ever less often, until its hour is over. */
  #restMs(): number {
    const waited = this.#hands.now() - (this.posting.decideBy - HOUR_MS);
    return Math.min(LONGEST_REST_MS, Math.max(LEAST_REST_MS, waited / 4));
  }

  #requeueLook(ending: Ending): Promise<void> {
    return this.#requeue(ending, nextTryMs(this.posting, this.#hands.lookMs, this.#hands.now()));
  }

  async #requeue(ending: Ending, inMs: number, crashed = false): Promise<void> {
    await this.#send({ kind: "requeue", fence: this.#fence, ending, inMs, usesAttempt: false, crashed });
  }

  async #ask(question: QuestionKind, ending: Ending, candidates: Candidate[] = []): Promise<void> {
    await this.#send({ kind: "ask", fence: this.#fence, question, ending, candidates });
  }

  /** Evidence: that it is known already, or says nothing new, changes nothing. @throws ServiceAway */
  async #tell(event: PostingEvent): Promise<void> {
    const answer = await this.#hands.send(event);
    if (answer === null) throw new ServiceAway(`The service did not hear of "${event.kind}".`);
    if (answer.ok) this.posting = answer.posting;
  }

  /** A decision: only its driver's. @throws ServiceAway, TakenOver */
  async #send(event: PostingEvent): Promise<void> {
    const answer = await this.#hands.send(event);
    if (answer === null) throw new ServiceAway(`The service did not hear of "${event.kind}".`);
    if (!answer.ok) throw new TakenOver(answer.code);
    this.posting = answer.posting;
  }
}

const stopEnding = ({ kind }: StopSign): Ending => ({ code: "stop", stop: kind });

const sameLogin = (a: string, b: string): boolean =>
  a.trim().replace(/^@/, "").toLowerCase() === b.trim().replace(/^@/, "").toLowerCase();
