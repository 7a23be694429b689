/** An account becomes proven to be its login while things go on there: in its own workspace, and in others. */
import { expect, it } from "vitest";
import { asUser, call, refusalOf, type Sql } from "../testing.ts";
import { MINUTE, withPostings, type Claim, type PostingWorld } from "./posting-world.ts";
import { connectRequest, createJob, jobRequest } from "./sample-workspace.ts";

const SEEN = "mercari:maria";

/** Another workspace of this seller, where the login is connected, too, and not proven yet. */
const secondShop = async (world: PostingWorld) => {
  const { userId, workspaceId } = await world.database.signUp();
  const request = connectRequest(workspaceId);
  const accountId = String(request["accountId"]);
  const as = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => asUser(world.database.admin, userId, work);
  await as((sql) => call(sql, "connect_account", { p: request }));
  const post = async () => {
    const job = jobRequest(workspaceId, crypto.randomUUID(), [accountId], {
      item: { id: crypto.randomUUID(), title: "Brass lamp", fieldTimes: {} },
      runAt: new Date(world.clock.now()).toISOString(),
    });
    return (await createJob(world.database, userId, job)).targets[0]!.id;
  };
  return { accountId, request, as, post };
};
const seen = (world: PostingWorld, accountId: string, fence: number, login = SEEN): Promise<boolean> =>
  call(world.worker, "worker_login_seen", { p_account_id: accountId, p_fence: fence, p_login_key: login });
const claim = (world: PostingWorld, id: string, holder: string): Promise<Claim> =>
  call(world.worker, "claim_target", { p_target_id: id, p_holder: holder });
const provenAt = async ({ database: { admin } }: PostingWorld, accountId: string): Promise<Date | null> => {
  const { rows } = await admin.query<{ at: Date | null }>(
    "select login_proven_at as at from public.platform_accounts where id = $1",
    [accountId],
  );
  return rows[0]!.at;
};

it("the run that saw it goes on under its lease and its fence, and nobody else gets the login meanwhile", async () => {
  await withPostings(async (world) => {
    const shop = await secondShop(world);
    await world.see(world.small.accountId);
    const theirs = await shop.post();
    const { id } = await world.post();
    const { fence } = await claim(world, theirs, "w2/1");
    expect(await seen(world, shop.accountId, fence)).toBe(true);
    expect(await world.claim(id)).toMatchObject({ claimed: false, reason: "account_busy" });
    await call(world.worker, "renew_lease", { p_account_id: shop.accountId, p_fence: fence });
    await world.must(theirs, { kind: "looked", fence, baseline: [] });
    await world.must(theirs, {
      kind: "requeue",
      fence,
      ending: { code: "interrupted" },
      inMs: 0,
      usesAttempt: false,
    });
    await call(world.worker, "worker_release", { p_holder: "w2/1" });
    expect((await world.entry(id))?.dueInMs).toBe(0); // woken at once, as one that shares the login
    expect(await world.claim(id)).toMatchObject({ claimed: true });
    expect(await claim(world, theirs, "w2/2")).toMatchObject({ claimed: false, reason: "account_busy" });
  });
});

it("while another workspace drives the login both runs keep what they have, and it is proven the next time", async () => {
  await withPostings(async (world) => {
    const shop = await secondShop(world);
    await world.see(world.small.accountId);
    const [theirs, { id }] = [await shop.post(), await world.post()];
    const mine = await world.claim(id);
    const { fence } = await claim(world, theirs, "w2/1");
    expect(await seen(world, shop.accountId, fence)).toBe(false);
    expect(await provenAt(world, shop.accountId)).toBeNull();
    await world.must(id, { kind: "looked", fence: mine.fence, baseline: [] });
    await world.must(theirs, { kind: "looked", fence, baseline: [] });
    await world.release(mine.fence);
    expect(await seen(world, shop.accountId, fence)).toBe(true);
    expect(await world.claim(id, "w1/2")).toMatchObject({ claimed: false, reason: "account_busy" });
  });
});

it("a login that is only held by a lease that is over is taken over", async () => {
  await withPostings(async (world) => {
    const shop = await secondShop(world);
    await world.see(world.small.accountId);
    const { id } = await world.post();
    const mine = await world.claim(id);
    await world.clock.pass(3 * MINUTE);
    expect(await world.see(shop.accountId)).toBe(true);
    expect(await world.tell(id, { kind: "looked", fence: mine.fence, baseline: [] })).toMatchObject({
      code: "stale-fence",
    });
    await world.sweep();
    expect(await world.state(id)).toBe("queued");
  });
});

it("what both have pressed is unclear for both from then on", async () => {
  await withPostings(async (world) => {
    const shop = await secondShop(world);
    await world.see(world.small.accountId);
    const theirs = await shop.post();
    const { fence } = await claim(world, theirs, "w2/1");
    await world.must(theirs, { kind: "looked", fence, baseline: [] });
    await world.must(theirs, {
      kind: "fill",
      fence,
      marker: { title: "Brass lamp", priceText: "$45" },
      twin: { title: "brasslamp", cents: [4500] },
    });
    await world.must(theirs, world.permitEvent(fence));
    await call(world.worker, "worker_release", { p_holder: "w2/1" });
    expect(await world.see(shop.accountId)).toBe(true);
    const { id } = await world.post();
    const mine = await world.fill(id);
    expect(await world.tell(id, world.permitEvent(mine))).toMatchObject({ ok: false, code: "twin-unclear" });
  });
});

it.each([
  ["likeness", "id", ["unknown", "done"]],
  ["id", "likeness", ["done", "unknown"]],
  ["likeness", "likeness", ["done", "unknown"]],
] as const)(
  "a row that one workspace has by %s and the one that comes by %s proves one posting",
  async (here, there, states) => {
    await withPostings(async (world) => {
      const shop = await secondShop(world);
      await world.see(world.small.accountId);
      const { id } = await world.post();
      await world.press(id);
      await world.must(id, { kind: "found", externalId: "m1", url: null, by: here });
      const theirs = await shop.post();
      await world.must(theirs, { kind: "pressed", attempt: 1 });
      await world.must(theirs, { kind: "found", externalId: "m1", url: null, by: there });
      expect([await world.state(id), await world.state(theirs)]).toEqual(["done", "done"]);
      expect(await world.see(shop.accountId)).toBe(true);
      expect([await world.state(id), await world.state(theirs)]).toEqual(states);
    });
  },
);

it("is no proof: another login than the account's, a lease that is over, somebody who is not the worker", async () => {
  await withPostings(async (world) => {
    const { accountId } = world.small;
    const held = { p_account_id: accountId, p_holder: "w1/1" };
    const { fence } = await call<{ fence: number }>(world.worker, "lease_account", held);
    expect(await refusalOf(seen(world, accountId, fence, "mercari:jonas"))).toBe("HK409");
    expect(await refusalOf(seen(world, accountId, fence + 1))).toBe("HK409");
    const input = { p_account_id: accountId, p_fence: fence, p_login_key: SEEN };
    expect(await refusalOf(world.as("owner", (sql) => call(sql, "worker_login_seen", input)))).toBe("42501");
    await world.clock.pass(3 * MINUTE);
    expect(await refusalOf(seen(world, accountId, fence))).toBe("HK409");
    const write = (sql: Sql) => sql.query("update public.platform_accounts set login_proven_at = now()");
    expect(await refusalOf(world.as("operator", write))).toBe("42501");
    expect(await provenAt(world, accountId)).toBeNull();
  });
});

it("an account that is connected again is proven as before; as another login it is refused", async () => {
  await withPostings(async (world) => {
    const shop = await secondShop(world);
    await world.see(shop.accountId);
    const before = await provenAt(world, shop.accountId);
    expect(before).not.toBeNull();
    const again = (change: object) => {
      const consent = { ...(shop.request["consent"] as object), id: crypto.randomUUID() };
      return shop.as((sql) => call(sql, "connect_account", { p: { ...shop.request, consent, ...change } }));
    };
    await again({ sessionVersion: 2, session: { v: 1, ct: "newer" } });
    expect(await provenAt(world, shop.accountId)).toEqual(before);
    expect(await refusalOf(again({ sessionVersion: 3, loginId: "jonas" }))).toBe("HK409");
  });
});

it("a claim that waited for the login while it became proven goes on in the new one", async () => {
  await withPostings(async (world) => {
    const shop = await secondShop(world);
    const theirs = await shop.post();
    const { fence } = await claim(world, theirs, "w2/1");
    const [prover, claimer] = [
      await world.database.connect("worker"),
      await world.database.connect("worker"),
    ];
    await prover.query("begin");
    const input = { p_account_id: shop.accountId, p_fence: fence, p_login_key: SEEN };
    expect(await call(prover, "worker_login_seen", input)).toBe(true);
    const waiting = call<Claim>(claimer, "claim_target", { p_target_id: theirs, p_holder: "w2/1" });
    const locks = "select from pg_locks where locktype = 'advisory' and not granted";
    await expect.poll(async () => (await world.database.admin.query(locks)).rowCount).toBe(1);
    await prover.query("commit");
    expect(await waiting).toMatchObject({ claimed: true, resumed: true, fence });
  });
});
