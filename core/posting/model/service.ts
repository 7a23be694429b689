/** Who keeps the records: the postings of one login, its lease, and the answers of core/posting. */
import {
  apply,
  handedOver,
  isFinal,
  isLive,
  isOver,
  isOpenOrListed,
  resumeLease,
  inTheWay,
  keeperOf,
  newPosting,
  ownedAmong,
  pressedBefore,
  refuse,
  renewLease,
  rivalsAmong,
  takeLease,
  type Applied,
  type AtChannel,
  type Books,
  type Keeper,
  type Lease,
  type NewPosting,
  type Posting,
  type PostingEvent,
} from "../index.ts";
import { formStands } from "./items.ts";
import type { Sim } from "./sim.ts";

/** More changes than there are of one posting in half a minute. */
const KEPT = 40;

export type Listener = (posting: Posting, event: PostingEvent) => void;
/** A browser's own record is on the disk before a person is asked, or told that what they said counts. */
const IS_WRITTEN_THROUGH = true;
const OF_PERSON: readonly PostingEvent["kind"][] = ["answer", "cancel", "retry", "take-over", "ask", "ready"];
const DRIVEN: readonly Posting["state"][] = ["claimed", "filling", "submitting", "unknown"];

export class Service {
  readonly postings = new Map<string, Posting>();
  lease: Lease | null = null;
  cloudReady: boolean;
  isDisconnected = false;
  readonly name: string;
  readonly #gone = new Map<string, "sold" | "deleted">();
  /** The last versions of each, with when they were written. */
  readonly #written = new Map<string, { at: number; posting: Posting }[]>();
  /** What a person says or is asked is written through to the disk, and all before it. */
  #writtenThroughAt = 0;
  readonly #clock: () => number;
  readonly #sim: Sim;
  readonly #onChange: Listener;
  #fences = 0;

  constructor(name: string, sim: Sim, clock: () => number, cloudReady: boolean, onChange: Listener) {
    this.name = name;
    this.#sim = sim;
    this.#clock = clock;
    this.cloudReady = cloudReady;
    this.#onChange = onChange;
  }

  now(): number {
    return this.#clock();
  }

  get(id: string): Posting {
    const posting = this.postings.get(id);
    if (!posting) throw new Error(`no posting ${id}`);
    return posting;
  }

  /** Asks for one more listing; refused while another of the item is open, unsettled or, if not on purpose, live. */
  create(input: NewPosting, isPressed = false): boolean {
    const asked = newPosting(input);
    if (!isPressed && inTheWay([...this.postings.values()], asked, this.over())) {
      this.#sim.say(this.name, `refuses ${input.id}: the item is being listed already`);
      return false;
    }
    this.#write(isPressed ? pressedBefore(asked, this.now()) : asked);
    return true;
  }

  #write(posting: Posting): void {
    this.postings.set(posting.id, posting);
    const versions = this.#written.get(posting.id) ?? [];
    this.#written.set(posting.id, [...versions.slice(-KEPT), { at: this.#sim.now, posting }]);
  }

  markGone(item: string, why: "sold" | "deleted"): void {
    this.#gone.set(item, why);
  }

  whyGone(item: string): Keeper["gone"] {
    return this.isDisconnected ? "disconnected" : (this.#gone.get(item) ?? null);
  }

  claim(id: string, holder: string, driver: Posting["driver"]): Posting | null {
    const now = this.now();
    this.sweep();
    const posting = this.get(id);
    const resumed = resumeLease(this.lease, holder, posting.fence, now);
    if (resumed) {
      this.lease = resumed;
      return posting; // the same run, woken again
    }
    const lease = takeLease(this.lease, { holder, posting: id, fence: this.#fences + 1 }, now);
    if (!lease) return null;
    const before = this.lease;
    this.lease = lease;
    const claimed = this.play(id, { kind: "claim", driver, fence: lease.fence });
    if (!claimed.ok || isFinal(claimed.posting)) {
      this.lease = before;
      return null;
    }
    this.#fences += 1;
    return claimed.posting;
  }

  renew(fence: number): void {
    this.lease = renewLease(this.lease, fence, this.now()) ?? this.lease;
  }

  release(fence: number): void {
    if (this.lease?.fence === fence) this.lease = null;
  }

  play(id: string, event: PostingEvent): Applied {
    this.now(); // a clock that went wrong changes the records before they are looked at
    const posting = this.postings.get(id);
    if (!posting) return refuse("state"); // a backup knew nothing of it
    const applied = apply(posting, event, this.#keeper(posting));
    if (!applied.ok) {
      if (event.kind === "permit") this.#sim.say(this.name, `no permit for ${id}: ${applied.code}`);
      return applied;
    }
    this.#write(applied.posting);
    if (IS_WRITTEN_THROUGH && OF_PERSON.includes(event.kind)) this.#writtenThroughAt = this.#sim.now;
    if (applied.posting.state !== posting.state)
      this.#sim.say(this.name, `${id}: ${posting.state} -> ${applied.posting.state} (${event.kind})`);
    if (applied.reopens) this.play(applied.reopens, { kind: "row-lost" });
    this.#onChange(applied.posting, event);
    return applied;
  }

  #keeper(posting: Posting): Keeper {
    const now = this.now();
    const live = isLive(this.lease, now) ? this.lease : null;
    return keeperOf(posting, this.#othersOf(posting.id), {
      now,
      liveFence: live?.fence ?? null,
      leaseUntil: live?.until ?? null,
      gone: this.whyGone(posting.itemId ?? ""),
      cloudReady: this.cloudReady,
      over: this.over(),
    });
  }

  /** A row that was sold or had ended when it was found. */
  over(): Set<string> {
    const all = [...this.postings.values()];
    return new Set(all.filter(({ listing }) => isOver(listing?.status)).map(({ id }) => id));
  }

  #othersOf(id: string): Posting[] {
    return [...this.postings.values()].filter((other) => other.id !== id);
  }

  /** Leases that ended, and hours that are over. */
  sweep(): void {
    const now = this.now();
    for (const { id, fence, state } of [...this.postings.values()]) {
      const isDriven = isLive(this.lease, now) && this.lease.fence === fence;
      if (fence !== null && !isDriven && DRIVEN.includes(state)) this.play(id, { kind: "lapse" });
    }
    for (const { id, decideBy, state } of [...this.postings.values()])
      if (now >= decideBy && (state === "queued" || state === "unknown")) this.play(id, { kind: "hour" });
  }

  /** A power cut: the newest changes to its own record never reached the disk. What it knew of postings stays. */
  losesSince(at: number): void {
    for (const [id, versions] of this.#written) {
      const kept = versions.findLast((one) => one.at <= Math.max(at, this.#writtenThroughAt)) ?? versions[0];
      if (kept) this.postings.set(id, kept.posting);
    }
    this.#sim.say(this.name, "has lost what was not on the disk yet");
  }

  /** A backup from a while ago is put back: nothing that was open then is certain now. */
  restore(snapshot: ReadonlyMap<string, Posting>): void {
    this.postings.clear();
    for (const [id, posting] of snapshot) this.postings.set(id, posting);
    this.lease = null;
    this.#fences += 1_000;
    for (const id of snapshot.keys()) this.play(id, { kind: "restored" });
  }

  /** A login that only a browser knew is made known: what it kept goes over as the extension hands it over. */
  adopt(other: Service, at: (posting: Posting) => AtChannel): void {
    this.isDisconnected = other.isDisconnected;
    for (const [item, why] of other.#gone) this.#gone.set(item, why);
    for (const posting of other.postings.values()) {
      if (isOpenOrListed(posting)) this.#asksAnew(posting, at(posting));
      // It stays where it was; whoever reads the lists holds them against it all the same. Its own readings were of another lease.
      else this.#write({ ...posting, readingAt: null, readingFence: null });
    }
  }

  #asksAnew(before: Posting, at: AtChannel): void {
    const { id, itemId, action, mode, isBeside, filledAt } = before;
    const { tell } = handedOver(before, at, this.now());
    const isPressed = tell.some(({ kind }) => kind === "pressed-by-person");
    const another = isBeside ? { consent: "another" as const } : {};
    this.create({ id, itemId, action, driver: "tab", mode, at: this.now(), ...another }, isPressed);
    if (filledAt !== null) this.play(id, formStands(at.marker));
    for (const event of tell) this.play(id, event);
  }

  booksFor(id: string): Books {
    const others = this.#othersOf(id);
    return { owned: ownedAmong(others), rivals: rivalsAmong(others, this.now()) };
  }
}
