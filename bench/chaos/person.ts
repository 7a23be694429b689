/** The seller at the other end: answers what is asked, after a while, and by what the site really has. */
import type { Answer, QuestionKind } from "#core/posting/index.ts";
import type { ListingNow } from "#practice/ledger-entry.ts";
import type { SellerWorld } from "#worker/testing/seller-world.ts";
import type { TargetNow } from "#worker/testing/targets.ts";
import { madeOf, type Order } from "./orders.ts";

/** Asked, by the code of its cause and what was wrong with the site. */
export type Asked = { cause: string; isHidden: boolean };

const LOOKS_EVERY_MS = 500;

/** @returns null: they look again later. */
const rightAnswer = (
  { question, unsettledAt }: Pick<TargetNow, "question" | "unsettledAt">,
  own: readonly ListingNow[],
  mayStillCome: boolean,
): Answer | null => {
  if (!question) return null;
  const [first] = own;
  const isIt: Answer | null = first ? { kind: "is-it", externalId: first.externalId, url: first.url } : null;
  const isItThere = (): Answer | null => isIt ?? (mayStillCome ? null : { kind: "not-there", again: true });
  const answers: Record<QuestionKind, () => Answer | null> = {
    ready: () => ({ kind: "publish", hash: null }),
    alike: () => isIt ?? { kind: "another-thing" },
    there: isItThere,
    field: () => (unsettledAt === null ? { kind: "go-on" } : isItThere()),
    stop: () => (unsettledAt === null ? { kind: "go-on" } : isItThere()),
    stuck: () => ({ kind: "go-on" }),
  };
  return answers[question.kind]();
};

export class Person {
  readonly asked: Asked[] = [];
  readonly #world: SellerWorld;
  readonly #open: () => readonly Order[];
  readonly #seen = new Map<string, number>();
  #isThere = true;
  readonly #life: Promise<void>;

  constructor(world: SellerWorld, open: () => readonly Order[]) {
    this.#world = world;
    this.#open = open;
    this.#life = this.#live();
  }

  async leave(): Promise<void> {
    this.#isThere = false;
    await this.#life;
  }

  async #live(): Promise<void> {
    while (this.#isThere) {
      const made = await madeOf(this.#world);
      for (const order of this.#open()) await this.#lookAt(order, made(order));
      await new Promise((resolve) => setTimeout(resolve, LOOKS_EVERY_MS));
    }
  }

  async #lookAt(order: Order, own: readonly ListingNow[]): Promise<void> {
    const target = await this.#world.target(order.targetId);
    const rests = target.state === "queued" && target.ending?.code === "account";
    if (!target.question && !rests) return;
    const what = `${order.targetId} ${target.question?.number ?? `account ${target.attempt}`}`;
    const since = this.#seen.get(what);
    if (since === undefined) {
      this.#seen.set(what, Date.now());
      this.#note(order, target, own);
      return;
    }
    const answersAt = since + order.run.answersAfterMs;
    if (Date.now() < answersAt) return;
    const stop = target.ending?.code === "stop" ? target.ending.stop : null;
    if (rests || stop === "login") await this.#connectAgain(order);
    // They take something down, and the site lets them list again.
    if (stop === "limit" && order.faultId) await this.#world.control.release({ id: order.faultId });
    const { fault } = order.run;
    const isLate = fault?.name === "late-commit" && Date.now() < answersAt + (fault.options.ms ?? 0) + 2000;
    const answer = rightAnswer(target, own, isLate);
    if (!answer || !target.question) return;
    // What is asked may be another thing by now; then this answer is refused, and they look again.
    await this.#world.tell(order.targetId, { kind: "answer", question: target.question.number, answer });
  }

  #note({ run }: Order, { question, ending, unsettledAt }: TargetNow, own: readonly ListingNow[]): void {
    const cause = `${question?.kind ?? "account"}: ${ending?.code ?? "none"} (${run.fault?.name ?? run.violence.kind})`;
    this.asked.push({ cause, isHidden: unsettledAt !== null && own.length > 0 });
  }

  async #connectAgain({ account }: Order): Promise<void> {
    const { id, channel, handle } = account;
    account.version += 1;
    await this.#world.connect(channel, { handle, accountId: id, sessionVersion: account.version });
  }
}
