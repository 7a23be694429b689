/**
 * M1: never more listings of an item at the login than were asked for. A consent is one Start, one Publish, one distinct
 * question answered "post it again", one more on purpose, a press by the person's own hand; each for one listing. Asking again
 * for what was not made yet is the same consent.
 */
import { type Answer, inTheWay, type Posting, type Question } from "../index.ts";
import type { HostName } from "./host.ts";
import { itemOf } from "./items.ts";
import type { Oracle } from "./oracle.ts";
import type { World } from "./world.ts";

export class Consents {
  readonly #given = new Map<string, number>();
  /** Review: wanted, and given by the Publish to come. */
  readonly #wanted = new Set<string>();
  readonly #answeredQuestions = new Set<string>();
  /** Whose consent was taken back, and not given anew. */
  readonly #cancelled = new Set<string>();
  /** Where an item was pressed by hand last. */
  readonly #byHandIn = new Map<string, HostName>();
  readonly #world: World;
  readonly #oracle: Oracle;

  constructor(world: World, oracle: Oracle) {
    this.#world = world;
    this.#oracle = oracle;
  }

  #commits(item: string): number {
    return this.#world.site.ofItem(item).length;
  }

  changed({ id, state, consent }: Posting): void {
    if (state === "cancelled") this.#cancelled.add(id);
    else if (consent) this.#cancelled.delete(id);
  }

  /** One more than there is now, unless that many were asked for anyway. */
  #oneMore(item: string): void {
    this.#given.set(item, Math.max(this.#given.get(item) ?? 0, this.#commits(item) + 1));
  }

  started(id: string, mode: Posting["mode"], isPressed: boolean): void {
    if (isPressed) return; // by hand, which was counted when it was done
    if (mode === "publish") this.#oneMore(itemOf(id));
    else this.#wanted.add(id);
  }

  /** Who tries an old job again while a later one stands wants no second listing. */
  retried(before: Posting, after: Posting): void {
    const { keeper } = this.#world;
    const others = [...keeper.postings.values()].filter(({ id }) => id !== before.id);
    if (inTheWay(others, before, keeper.over())) return;
    if (after.consent) this.#oneMore(itemOf(before.id));
    else this.#wanted.add(before.id);
  }

  answered(posting: Posting, question: Question, answer: Answer, after: Posting): void {
    const item = itemOf(posting.id);
    if (answer.kind === "publish" && this.#wanted.delete(posting.id)) this.#oneMore(item);
    if (answer.kind !== "not-there" || !answer.again || after.state !== "queued") return;
    const key = `${posting.id}:${question.number}`;
    if (!this.#answeredQuestions.has(key)) this.#given.set(item, (this.#given.get(item) ?? 0) + 1);
    this.#answeredQuestions.add(key);
    this.#oracle.consentedAgain(posting.id);
  }

  byHand(id: string, host: HostName): void {
    const item = itemOf(id);
    this.#byHandIn.set(item, host);
    // In the form of the browser that has the post it uses the consent there is; beside another one it is one more, and so it is
    // where its own post was cancelled, which took its consent back, whatever was asked about it since.
    const isOneMore =
      this.#cancelled.has(id) || this.#world.scenario.second !== "none" || this.#world.homeOf(id) !== host;
    if (isOneMore) this.#given.set(item, (this.#given.get(item) ?? 0) + 1);
    else this.#oneMore(item);
  }

  afterPress(id: string): void {
    const item = itemOf(id);
    const made = this.#commits(item);
    const given = this.#given.get(item) ?? 0;
    if (made > given)
      this.#oracle.bad(
        this.#isUnheard(item) ? "unheard" : "twice",
        `${made} of the ${item}, ${given} asked for`,
      );
  }

  /** Pressed by hand in a browser that was cut off before it could tell: nobody else can know. */
  #isUnheard(item: string): boolean {
    const name = this.#byHandIn.get(item);
    if (name === undefined || this.#world.reaches(name)) return false;
    if (this.#world.drafts.hasUnheardPress(item)) return true;
    const memories = [...this.#world.hosts[name].memories];
    return memories.some(
      ([id, { outbox, byHand }]) => itemOf(id) === item && (outbox.length > 0 || byHand !== null),
    );
  }
}
