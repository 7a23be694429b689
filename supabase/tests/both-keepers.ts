/** Both keepers of the record side by side: the service's functions, and core/posting with a lease of its own. */
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import {
  apply,
  isFinal,
  isLive,
  isStanding,
  isWatched,
  keeperOf,
  newPosting,
  ownedAmong,
  rivalsAmong,
  takeLease,
  twinKeyOf,
  type Applied,
  type Lease,
  type NewPosting,
  type Posting,
  type PostingEvent,
} from "#core/posting/index.ts";
import { booksOf } from "#core/posting/wire.ts";
import { call, refusalOf } from "../testing.ts";
import type { Made, PostingWorld } from "./posting-world.ts";
import { MARKERS } from "./random-events.ts";

const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

type Circumstances = { mode: "publish" | "review"; driver: "tab" | "cloud" };

export class BothKeepers {
  readonly #world: PostingWorld;
  readonly #how: Circumstances;
  readonly #postings = new Map<string, Posting>();
  readonly #made: Made[] = [];
  #lease: Lease | null = null;

  private constructor(world: PostingWorld, how: Circumstances) {
    this.#world = world;
    this.#how = how;
  }

  /** Two postings of one login; the cloud may take over the second one after a minute. */
  static async begin(world: PostingWorld, how: Circumstances): Promise<BothKeepers> {
    await world.database.admin.query(
      "delete from public.account_leases; delete from public.listing_jobs; delete from public.listings",
    );
    const both = new BothKeepers(world, how);
    await both.#ask({});
    await both.#ask(how.driver === "tab" ? { fallbackAfterSeconds: 60 } : {});
    return both;
  }

  posting(which: number): Posting {
    const { id } = this.#made[which % this.#made.length]!;
    return this.#postings.get(id)!;
  }

  async #ask(change: Record<string, unknown>, consent?: NewPosting["consent"]): Promise<void> {
    const { mode, driver } = this.#how;
    const made = await this.#world.post({ mode, driver, ...change });
    const at = this.#world.clock.now();
    const fallback = change["fallbackAfterSeconds"];
    const posting = newPosting({
      id: made.id,
      itemId: made.item,
      driver,
      mode,
      at,
      fallbackAt: typeof fallback === "number" ? at + fallback * 1_000 : null,
      ...(consent ? { consent } : {}),
    });
    this.#made.push(made);
    this.#postings.set(made.id, posting);
    expect(await this.#world.posting(made.id)).toEqual(posting);
  }

  /** The first one's item once more: refused by both while one of them stands, unless another is wanted on purpose. */
  async askAgain(again: boolean): Promise<void> {
    const { item } = this.#made[0]!;
    const standing = [...this.#postings.values()].some(
      (one) => one.itemId === item && (again ? !isFinal(one) : isStanding(one)),
    );
    const request = { item: { id: item, title: "Brass lamp", fieldTimes: {} }, again };
    if (standing) {
      const { mode, driver } = this.#how;
      expect(await refusalOf(this.#world.post({ mode, driver, ...request }))).toBe("HK409");
    } else await this.#ask(request, again ? "another" : undefined);
  }

  async play(id: string, event: PostingEvent): Promise<void> {
    const mine = this.#playHere(id, event);
    const { rows } = await this.#world.database.admin.query<{ code: string | null }>(
      "select private.play($1, $2) as code",
      [id, JSON.stringify(event)],
    );
    expect([event.kind, rows[0]!.code]).toEqual([event.kind, mine.ok ? null : mine.code]);
    await this.#expectSame(event.kind);
  }

  async #expectSame(after: string): Promise<void> {
    const kept = await this.#world.postings();
    for (const posting of this.#postings.values())
      expect({ after, ...kept.get(posting.id) }).toEqual({ after, ...posting });
  }

  /** What a driver of this posting is told of the others at its login. */
  async sameBooks(id: string): Promise<void> {
    const others = [...this.#postings.values()].filter((other) => other.id !== id);
    const now = this.#world.clock.now();
    const books = booksOf(await call(this.#world.worker, "login_books", { p_target_id: id }));
    expect(books.owned).toEqual(ownedAmong(others));
    expect(byId(books.rivals)).toEqual(byId(rivalsAmong(others, now)));
    const watched = [...this.#postings.values()].filter((posting) => isWatched(posting, now));
    expect(byId(books.watched)).toEqual(byId(watched));
  }

  #playHere(id: string, event: PostingEvent, lease: Lease | null = this.#lease): Applied {
    const posting = this.#postings.get(id)!;
    const now = this.#world.clock.now();
    const live = isLive(lease, now) ? lease : null;
    const others = [...this.#postings.values()].filter((other) => other.id !== id);
    const claims = [...this.#postings.values()].flatMap(({ claimedAt }) => claimedAt ?? []);
    const keeper = keeperOf(posting, others, {
      now,
      liveFence: live?.fence ?? null,
      leaseUntil: live?.until ?? null,
      gone: null,
      cloudReady: true,
      servedAt: claims.length > 0 ? Math.max(...claims) : null,
    });
    const applied = apply(posting, event, keeper);
    if (applied.ok) {
      this.#postings.set(id, applied.posting);
      if (applied.reopens) this.#playHere(applied.reopens, { kind: "row-lost" });
    }
    return applied;
  }

  /** By the function drivers call: it ends what lapsed, and takes the lease only for what is driven then. */
  async claim(id: string, driver: "tab" | "cloud"): Promise<void> {
    const now = this.#world.clock.now();
    const { fence: held } = this.#postings.get(id)!;
    const busy = isLive(this.#lease, now);
    if (held !== null && !(busy && this.#lease?.fence === held)) this.#playHere(id, { kind: "lapse" });
    const who = driver === "cloud" ? "worker" : "operator";
    const answer = await this.#world.claim(id, `h/${randomUUID()}`, who);
    const lease = takeLease(
      this.#lease,
      { holder: "h", posting: id, fence: answer.claimed ? answer.fence : -1 },
      now,
    );
    if (lease === null) expect(answer).toMatchObject({ claimed: false, reason: "account_busy" });
    else {
      this.#playHere(id, { kind: "claim", driver, fence: lease.fence }, lease);
      const isMine = this.#postings.get(id)!.fence === lease.fence;
      expect([driver, answer.claimed, answer.reason]).toEqual([driver, isMine, answer.reason]);
      if (isMine) this.#lease = lease;
    }
    await this.#expectSame(`${driver} claims`);
  }

  /** As far as the permit, as drivers do it. */
  async drive(id: string, driver: "tab" | "cloud", b: number): Promise<void> {
    await this.claim(id, driver);
    const { fence } = this.#postings.get(id)!;
    if (fence === null) return;
    const marker = MARKERS[b % 3]!;
    const twin = twinKeyOf(marker);
    const policy = { windowMs: [0, 60_000, 120_000][b % 3]!, absenceProves: b % 2 === 0 };
    await this.play(id, { kind: "looked", fence, baseline: ["r9"] });
    await this.play(id, { kind: "fill", fence, marker, twin });
    await this.#world.clock.pass(1_000);
    await this.play(id, { kind: "permit", fence, marker, twin, policy, hash: "h" });
  }
}
