/** A posting told event by event, for tests: what is refused is an error unless it was expected. */
import {
  apply,
  LEASE_MS,
  newPosting,
  twinKeyOf,
  type Applied,
  type Keeper,
  type NewPosting,
  type Posting,
  type PostingEvent,
  type RefusalCode,
} from "../index.ts";

export const NOON = Date.UTC(2026, 5, 1, 12);
export const MARKER = { title: "Brass lamp", priceText: "$45" };
export const WINDOW_MS = 120_000;

/** An event without its fence: the newest claim's is meant. */
type Unfenced<E> = E extends { fence: number } ? Omit<E, "fence"> : E;
export type ToldEvent = Unfenced<Exclude<PostingEvent, { kind: "claim" | "permit" | "unpressed" }>>;

export class Told {
  posting: Posting;
  now = NOON;
  fence = 0;
  leaseUntil = 0;
  keeper: Partial<Keeper> = {};

  constructor(input: Partial<NewPosting> = {}) {
    this.posting = newPosting({
      id: "lamp@1",
      itemId: "lamp",
      driver: "tab",
      mode: "publish",
      at: NOON,
      ...input,
    });
  }

  asks(): Keeper {
    const isHeld = this.now < this.leaseUntil;
    return {
      now: this.now,
      liveFence: isHeld ? this.fence : null,
      leaseUntil: isHeld ? this.leaseUntil : null,
      gone: null,
      isTwinUnclear: () => false,
      hasSuccessor: false,
      isItemOpen: false,
      isItemPressed: false,
      cloudReady: true,
      servedAt: null,
      ownerOf: () => null,
      ...this.keeper,
    };
  }

  try(event: ToldEvent | PostingEvent): Applied {
    const applied = apply(this.posting, { fence: this.fence, ...event } as PostingEvent, this.asks());
    if (applied.ok) this.posting = applied.posting;
    return applied;
  }

  then(...events: (ToldEvent | PostingEvent)[]): this {
    for (const event of events) {
      const applied = this.try(event);
      if (!applied.ok) throw new Error(`${event.kind} at ${this.posting.state}: ${applied.code}`);
    }
    return this;
  }

  refuses(event: ToldEvent | PostingEvent): RefusalCode | null {
    const applied = this.try(event);
    return applied.ok ? null : applied.code;
  }

  after(ms: number): this {
    this.now += ms;
    return this;
  }

  /** A driver comes, with a lease of its own. */
  claimed(driver: "tab" | "cloud" = "tab"): this {
    this.fence += 1;
    this.leaseUntil = this.now + LEASE_MS;
    return this.then({ kind: "claim", driver, fence: this.fence });
  }

  permit(more: Partial<Extract<PostingEvent, { kind: "permit" }>> = {}): PostingEvent {
    return {
      kind: "permit",
      fence: this.fence,
      marker: MARKER,
      twin: twinKeyOf(MARKER),
      policy: { windowMs: WINDOW_MS, absenceProves: false },
      hash: "as shown",
      ...more,
    };
  }

  filled(): this {
    const fill = { kind: "fill", marker: MARKER, twin: twinKeyOf(MARKER) } as const;
    return this.claimed().then({ kind: "looked", baseline: ["1"] }, fill);
  }

  permitted(more: Parameters<Told["permit"]>[0] = {}): this {
    return this.filled().then(this.permit(more));
  }

  /** Pressed, and the site did not say what came of it. */
  pressed(more: Parameters<Told["permit"]>[0] = {}): this {
    this.permitted(more).then({ kind: "pressed", attempt: this.posting.permits });
    this.leaseUntil = this.now;
    return this;
  }

  unpressed(): PostingEvent {
    const { permit, permits } = this.posting;
    return { kind: "unpressed", attempt: permit?.attempt ?? permits, fence: permit?.fence ?? this.fence };
  }

  /** A complete reading, begun now, that does not show it. */
  absent(unexplained: Posting["unexplained"] = []): this {
    this.claimed().then({ kind: "absent", unexplained, againInMs: 31_000 });
    this.leaseUntil = this.now;
    return this;
  }

  /** Twice, after the window. */
  surelyAbsent(): this {
    return this.after(WINDOW_MS + 11_000)
      .absent()
      .after(31_000)
      .absent();
  }

  answered(answer: Extract<PostingEvent, { kind: "answer" }>["answer"]): this {
    return this.then({ kind: "answer", question: this.posting.question?.number ?? 0, answer });
  }
}
