/** A stranger signs up and connects an account with a seller's public handle as its login, and a session that opens nothing. */
import { expect, it } from "vitest";
import { asUser, call, type Sql } from "../testing.ts";
import {
  HOUR,
  MINUTE,
  PRESSED_BY_PERSON,
  withPostings,
  type PostingWorld,
  type Told,
} from "./posting-world.ts";
import { connectRequest, createJob, jobRequest } from "./sample-workspace.ts";

const ROW = { kind: "found", externalId: "m777", url: null, by: "id" } as const;

const stranger = async (world: PostingWorld) => {
  const { userId, workspaceId } = await world.database.signUp();
  const request = connectRequest(workspaceId, { session: { v: 1, ct: "garbage" } });
  const accountId = String(request["accountId"]);
  const as = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => asUser(world.database.admin, userId, work);
  await as((sql) => call(sql, "connect_account", { p: request }));
  const post = async () => {
    const job = jobRequest(workspaceId, crypto.randomUUID(), [accountId], {
      driver: "tab",
      item: { id: crypto.randomUUID(), title: "x", fieldTimes: {} },
      runAt: new Date(world.clock.now()).toISOString(),
    });
    return (await createJob(world.database, userId, job)).targets[0]!.id;
  };
  const tell = (id: string, event: object): Promise<Told> =>
    as((sql) =>
      call(sql, "posting_event", { p_target_id: id, p_event: event, p_event_id: crypto.randomUUID() }),
    );
  const lease = () =>
    as((sql) =>
      call<{ held: boolean; fence: number }>(sql, "lease_account", {
        p_account_id: accountId,
        p_holder: "x",
      }),
    );
  const release = (fence: number) =>
    as((sql) => call<boolean>(sql, "release_lease", { p_account_id: accountId, p_fence: fence }));
  const renew = (fence: number) =>
    as((sql) => call(sql, "renew_lease", { p_account_id: accountId, p_fence: fence }));
  return { accountId, post, tell, lease, release, renew };
};

/** Whether the seller has shown that the login is theirs changes nothing: the stranger has not. */
const SELLERS = [
  ["whose login is proven", (world: PostingWorld) => world.see(world.small.accountId)],
  ["who posts from tabs alone", () => Promise.resolve(false)],
] as const;

it.each(SELLERS)("their word takes no proved listing away from a seller %s", async (_, begin) => {
  await withPostings(async (world) => {
    await begin(world);
    const { id } = await world.post();
    await world.press(id);
    await world.must(id, { ...ROW, by: "likeness" });
    const other = await stranger(world);
    expect(await other.tell(await other.post(), ROW)).toMatchObject({ ok: true }); // in their own books
    expect(await world.posting(id)).toMatchObject({ state: "done", listing: { externalId: "m777" } });
    const { rows } = await world.database.admin.query(
      "select item_id is null as is_nobodys from public.listings where workspace_id = $1",
      [world.small.workspaceId],
    );
    expect(rows).toEqual([{ is_nobodys: false }]);
  });
});

it.each(SELLERS)("their word keeps no row from proving the posting of a seller %s", async (_, begin) => {
  await withPostings(async (world) => {
    await begin(world);
    const other = await stranger(world);
    for (const externalId of ["m777", "m778"])
      expect(await other.tell(await other.post(), { ...ROW, externalId })).toMatchObject({ ok: true });
    const [found, answered] = [await world.post(), await world.post()];
    await world.press(answered.id);
    await world.clock.pass(2 * HOUR);
    await world.sweep();
    const { question } = await world.posting(answered.id);
    const isIt = { kind: "is-it", externalId: "m777", url: null } as const;
    expect(await world.answer(answered.id, question!.number, isIt)).toMatchObject({ ok: true });
    await world.press(found.id);
    expect(await world.tell(found.id, { ...ROW, externalId: "m778" })).toMatchObject({ ok: true });
  });
});

it.each(SELLERS)("they hold up nothing of a seller %s by holding the login", async (_, begin) => {
  await withPostings(async (world) => {
    await begin(world);
    const other = await stranger(world);
    const { id } = await world.post();
    const { id: waiting } = await world.post();
    expect(await other.lease()).toMatchObject({ held: true });
    const { fence, claimed } = await world.claim(id);
    expect(claimed).toBe(true);
    // And the other way round: what the seller drives holds up nobody else.
    await world.clock.pass(3 * MINUTE);
    expect(await world.claim(id, "w2/1")).toMatchObject({ claimed: true });
    expect(await other.lease()).toMatchObject({ held: true });
    await world.release(fence);
    // What is driven there says nothing of when a person of the seller is called.
    await world.clock.pass(HOUR);
    await world.sweep();
    expect(await world.state(waiting)).toBe("needs_human");
  });
});

it.each(SELLERS)("their made-up press makes no permit unclear for a seller %s", async (_, begin) => {
  await withPostings(async (world) => {
    await begin(world);
    const other = await stranger(world);
    const anything = {
      ...PRESSED_BY_PERSON,
      marker: { title: "", priceText: "" },
      twin: { title: "", cents: [] },
    };
    expect(await other.tell(await other.post(), anything)).toMatchObject({ ok: true });
    const { id } = await world.post();
    const fence = await world.fill(id);
    expect(await call(world.worker, "login_books", { p_target_id: id })).toMatchObject({ rivals: [] });
    expect(await world.tell(id, world.permitEvent(fence))).toMatchObject({ ok: true });
  });
});

it.each(SELLERS)("they break or renew no lease of a seller %s by counting", async (_, begin) => {
  await withPostings(async (world) => {
    await begin(world);
    const other = await stranger(world);
    const { fence: first } = await other.lease();
    expect(await other.release(first)).toBe(true);
    const { id } = await world.post();
    const fence = await world.fill(id);
    for (let guess = Number(first) + 1; guess < Number(fence) + 3; guess += 1) {
      expect([guess, await other.release(guess)]).toEqual([guess, false]);
      await expect(other.renew(guess)).rejects.toMatchObject({ code: "HK409" });
    }
    expect(await world.tell(id, world.permitEvent(fence))).toMatchObject({ ok: true });
  });
});

it("nor does the other proven workspace of a login: a lease is its own account's to give back", async () => {
  await withPostings(async (world) => {
    const other = await stranger(world);
    for (const account of [other.accountId, world.small.accountId])
      expect(await world.see(account)).toBe(true);
    const { id } = await world.post();
    const fence = await world.fill(id);
    expect(await other.release(fence)).toBe(false);
    await expect(other.renew(fence)).rejects.toMatchObject({ code: "HK409" });
    expect(await world.tell(id, world.permitEvent(fence))).toMatchObject({ ok: true });
  });
});

it("their watch over what closed there is not the seller's watch", async () => {
  await withPostings(async (world) => {
    const { id } = await world.post();
    const other = await stranger(world);
    await call(world.worker, "worker_watch_again", { p_account_id: other.accountId, p_after_seconds: 60 });
    await world.pressInVain(id);
    await world.answer(id, 1, { kind: "not-there", again: false });
    expect(await world.entry(`watch:${world.small.accountId}`)).toMatchObject({ task: "watch_account" });
  });
});
