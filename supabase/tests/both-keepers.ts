/** Both keepers of the record side by side: the service's functions, and core/posting with a lease of its own. */
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import {
  apply,
  inTheWay,
  isLive,
  isOver,
  isWatched,
  keeperOf,
  newPosting,
  ownedAmong,
  pressedBefore,
  renewLease,
  resumeLease,
  rivalsAmong,
  takeLease,
  twinKeyOf,
  whyGone,
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

type Circumstances = {
  mode: "publish" | "review";
  driver: "tab" | "cloud";
  /** The second one was published by hand before it was asked for. */
  isPressed: boolean;
};

/** What people and sites do besides the postings. */
export type Turn =
  | "sold"
  | "deleted"
  | "there-again"
  | "forgotten"
  | "cloud-off"
  | "cloud-on"
  | "listing-over";

export class BothKeepers {
  readonly #world: PostingWorld;
  readonly #how: Circumstances;
  readonly #postings = new Map<string, Posting>();
  readonly #made: Made[] = [];
  readonly #items = new Map<string, { deletedAt: string | null; quantity: number }>();
  readonly #over = new Set<string>();
  #isCloudReady = true;
  #lease: Lease | null = null;
  /** Whose that is. */
  #holds: "tab" | "cloud" = "tab";

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
    await both.turn("cloud-on");
    await both.#ask({});
    if (how.isPressed && how.driver === "tab") await both.#ask({ pressed: true, runAt: null });
    else await both.#ask(how.driver === "tab" ? { fallbackAfterSeconds: 60 } : {});
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
    const begun = change["pressed"] === true ? pressedBefore(posting, at) : posting;
    this.#made.push(made);
    this.#postings.set(made.id, begun);
    if (!this.#items.has(made.item)) this.#items.set(made.item, { deletedAt: null, quantity: 1 });
    expect(await this.#world.posting(made.id)).toEqual(begun);
  }

  /** The first one's item once more: refused by both while one of them stands, unless another is wanted on purpose. */
  async askAgain(again: boolean): Promise<void> {
    const { item } = this.#made[0]!;
    if (!this.#items.has(item)) return; // nobody has it to ask for
    await this.turn("cloud-on"); // that nothing is asked of a cloud that may not has a test of its own
    const wanted = { action: "list", itemId: item, isBeside: again } as const;
    const standing = inTheWay([...this.#postings.values()], wanted, this.#over);
    const request = { item: { id: item, title: "Brass lamp", fieldTimes: {} }, again };
    if (standing) {
      const { mode, driver } = this.#how;
      expect(await refusalOf(this.#world.post({ mode, driver, ...request }))).toBe("HK409");
    } else await this.#ask(request, again ? "another" : undefined);
  }

  /** Of the first one's item, its listing, or the account. */
  async turn(what: Turn): Promise<void> {
    const admin = this.#world.database.admin;
    const { accountId } = this.#world.small;
    const [first] = this.#made;
    switch (what) {
      case "cloud-off":
      case "cloud-on":
        this.#isCloudReady = what === "cloud-on";
        await admin.query("update public.platform_accounts set replay = $2 where id = $1", [
          accountId,
          this.#isCloudReady ? "unknown" : "no",
        ]);
        return;
      case "sold":
      case "deleted":
      case "there-again": {
        const item = {
          deletedAt: what === "deleted" ? "2026-01-01T00:00:00Z" : null,
          quantity: what === "sold" ? 0 : 1,
        };
        if (!this.#items.has(first!.item)) return;
        this.#items.set(first!.item, item);
        await admin.query(
          `update public.items set deleted_at = $2, data = data || jsonb_build_object('quantity', $3::int) where id = $1`,
          [first!.item, item.deletedAt, item.quantity],
        );
        return;
      }
      case "forgotten": {
        await admin.query("delete from public.items where id = $1", [first!.item]);
        this.#items.delete(first!.item);
        for (const [id, posting] of this.#postings)
          if (posting.itemId === first!.item) this.#postings.set(id, { ...posting, itemId: null });
        return;
      }
      case "listing-over": {
        const { rows } = await admin.query<{ id: string }>(
          `update public.listings l set status = 'ended' from public.job_targets t
           where t.listing_id = l.id and t.state = 'done' returning t.id`,
        );
        for (const { id } of rows) this.#over.add(id);
      }
    }
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
    const keeper = keeperOf(posting, others, {
      now,
      liveFence: live?.fence ?? null,
      leaseUntil: live?.until ?? null,
      gone: whyGone(posting, false, this.#items.get(posting.itemId ?? "")),
      cloudReady: this.#isCloudReady,
      over: this.#over,
    });
    const applied = apply(posting, event, keeper);
    if (applied.ok) {
      this.#postings.set(id, applied.posting);
      this.#keepListing(applied.posting, posting);
      if (applied.reopens) this.#playHere(applied.reopens, { kind: "row-lost" });
    }
    return applied;
  }

  /** The record of the listing it proved, when that is another one. */
  #keepListing({ id, listing }: Posting, before: Posting): void {
    if (JSON.stringify(listing) === JSON.stringify(before.listing)) return;
    if (isOver(listing?.status)) this.#over.add(id);
    else this.#over.delete(id);
  }

  /** By the function drivers call: it ends what lapsed, and takes the lease only for what is driven then. */
  async claim(id: string, driver: "tab" | "cloud"): Promise<void> {
    if (driver === "cloud") await this.turn("cloud-on"); // what becomes of the others has tests of its own
    const now = this.#world.clock.now();
    const { fence: held } = this.#postings.get(id)!;
    const busy = isLive(this.#lease, now);
    if (held !== null && !(busy && this.#lease?.fence === held)) this.#playHere(id, { kind: "lapse" });
    const who = driver === "cloud" ? "worker" : "operator";
    const holder = `h/${randomUUID()}`;
    const answer = await this.#world.claim(id, holder, who);
    const lease = takeLease(
      this.#lease,
      { holder, posting: id, fence: answer.claimed ? answer.fence : -1 },
      now,
    );
    if (lease === null) expect(answer).toMatchObject({ claimed: false, reason: "account_busy" });
    else {
      this.#playHere(id, { kind: "claim", driver, fence: lease.fence }, lease);
      const isMine = this.#postings.get(id)!.fence === lease.fence;
      expect([driver, answer.claimed, answer.reason]).toEqual([driver, isMine, answer.reason]);
      if (!isMine) return this.#expectSame(`${driver} claims`);
      this.#lease = lease;
      this.#holds = driver;
    }
    await this.#expectSame(`${driver} claims`);
  }

  /** The run that has the lease comes again, as after its process was woken; or does no more than renew it. */
  async goOn(id: string, isWoken: boolean): Promise<void> {
    const lease = this.#lease;
    if (lease === null) return;
    const now = this.#world.clock.now();
    const { fence } = this.#postings.get(id)!;
    const resumed = isWoken
      ? resumeLease(lease, lease.holder, fence, now)
      : renewLease(lease, lease.fence, now);
    const who = this.#holds === "cloud" ? "worker" : "operator";
    if (!isWoken && !resumed) expect(await refusalOf(this.#world.renew(lease.fence, who))).toBe("HK409");
    if (!resumed) return; // who claims what is not its own any more is somebody else
    const answer = isWoken
      ? await this.#world.claim(id, lease.holder, who)
      : await this.#world.renew(lease.fence, who);
    expect(answer).toMatchObject(isWoken ? { claimed: true, resumed: true, fence } : {});
    expect(Date.parse(answer.expires_at ?? "")).toBe(resumed.until);
    this.#lease = resumed;
    await this.#expectSame(isWoken ? "is woken" : "renews");
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
