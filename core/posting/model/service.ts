/** The service in memory: the postings of one login, its lease, and the answers of core/posting. */
import {
  apply,
  isFinal,
  isLive,
  keeperOf,
  newPosting,
  renewLease,
  takeLease,
  type Applied,
  type Books,
  type Lease,
  type NewPosting,
  type Posting,
  type PostingEvent,
} from "../index.ts";
import type { Sim } from "./sim.ts";

export type Listener = (posting: Posting, event: PostingEvent) => void;

export class Service {
  readonly postings = new Map<string, Posting>();
  lease: Lease | null = null;
  gone: "sold" | "deleted" | "disconnected" | null = null;
  readonly #goneItems = new Map<string, "sold" | "deleted">();
  cloudReady: boolean;
  servedAt: number | null = null;
  #fences = 0;
  readonly #sim: Sim;
  readonly #onChange: Listener;
  readonly #name: string;

  constructor(sim: Sim, cloudReady: boolean, onChange: Listener, name = "service") {
    this.#sim = sim;
    this.cloudReady = cloudReady;
    this.#onChange = onChange;
    this.#name = name;
  }

  get(id: string): Posting {
    const posting = this.postings.get(id);
    if (!posting) throw new Error(`no posting ${id}`);
    return posting;
  }

  /** Asks for one more listing; refused while another of the item is open, unsettled or live. */
  create(input: NewPosting, pressed = false): boolean {
    const standing = [...this.postings.values()].some(
      (other) => other.itemId === input.itemId && (!isFinal(other) || other.state === "done"),
    );
    if (standing && !pressed) {
      this.#sim.say(this.#name, `refuses ${input.id}: the item is being listed already`);
      return false;
    }
    this.postings.set(input.id, newPosting(input));
    return true;
  }

  markGone(itemId: string): void {
    this.#goneItems.set(itemId, "sold");
  }

  claim(id: string, holder: string, driver: Posting["driver"]): Posting | null {
    const now = this.#sim.now;
    this.sweep(now);
    const posting = this.get(id);
    const lease = takeLease(this.lease, { holder, posting: id, fence: this.#fences + 1 }, now);
    if (!lease) return null;
    if (posting.state === "submitting" && this.lease?.holder === holder && isLive(this.lease, now)) {
      this.lease = { ...lease, fence: this.lease.fence };
      return posting; // the same run, woken again
    }
    const before = this.lease;
    this.lease = lease;
    const claimed = this.play(id, { kind: "claim", driver, fence: lease.fence });
    if (!claimed.ok || isFinal(claimed.posting)) {
      this.lease = before;
      return null;
    }
    this.#fences += 1;
    this.servedAt = now;
    return claimed.posting;
  }

  renew(id: string, fence: number): boolean {
    const renewed = renewLease(this.lease, fence, this.get(id).runUntil, this.#sim.now);
    if (renewed) this.lease = renewed;
    return renewed !== null;
  }

  release(fence: number): void {
    if (this.lease?.fence === fence) this.lease = null;
  }

  play(id: string, event: PostingEvent): Applied {
    const posting = this.get(id);
    const now = this.#sim.now;
    const live = isLive(this.lease, now) ? this.lease : null;
    const others = [...this.postings.values()].filter((other) => other.id !== id);
    const applied = apply(
      posting,
      event,
      keeperOf(posting, others, {
        now,
        liveFence: live?.fence ?? null,
        leaseUntil: live?.until ?? null,
        gone: this.gone ?? this.#goneItems.get(posting.itemId ?? "") ?? null,
        cloudReady: this.cloudReady,
        servedAt: this.servedAt,
      }),
    );
    if (!applied.ok) {
      if (event.kind === "permit") this.#sim.say(this.#name, `no permit for ${id}: ${applied.code}`);
      return applied;
    }
    this.postings.set(id, applied.posting);
    if (applied.posting.state !== posting.state)
      this.#sim.say(this.#name, `${id}: ${posting.state} -> ${applied.posting.state} (${event.kind})`);
    if (applied.reopens) this.play(applied.reopens, { kind: "row-lost" });
    this.#onChange(applied.posting, event);
    return applied;
  }

  /** Leases that ended, and hours that are over. */
  sweep(now: number): void {
    for (const posting of this.postings.values()) {
      const isDriven =
        posting.fence !== null && isLive(this.lease, now) && this.lease.fence === posting.fence;
      if (
        posting.fence !== null &&
        !isDriven &&
        ["claimed", "filling", "submitting", "unknown"].includes(posting.state)
      )
        this.play(posting.id, { kind: "lapse" });
    }
    for (const posting of [...this.postings.values()])
      if (now >= posting.decideBy && ["queued", "unknown"].includes(posting.state))
        this.play(posting.id, { kind: "hour" });
  }

  /** A backup from a while ago is put back: nothing that was open then is certain now. */
  restore(snapshot: ReadonlyMap<string, Posting>): void {
    this.postings.clear();
    for (const [id, posting] of snapshot) this.postings.set(id, posting);
    this.lease = null;
    this.#fences += 1_000;
    for (const posting of snapshot.values()) this.play(posting.id, { kind: "restored" });
  }

  booksFor(id: string): Books {
    const others = [...this.postings.values()].filter((other) => other.id !== id);
    return {
      owned: new Map(
        others.flatMap((other) =>
          other.state === "done" && other.listing
            ? [
                [
                  other.listing.externalId,
                  { posting: other.id, item: other.itemId, by: other.listing.by },
                ] as const,
              ]
            : [],
        ),
      ),
      rivals: others
        .filter((other) => other.unsettledAt !== null && !isFinal(other))
        .map(({ id: rival, twin }) => ({ id: rival, twin })),
    };
  }
}
