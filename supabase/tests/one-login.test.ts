/** A login is one, however many accounts are proven to be it, and whatever it is called. */
import { describe, expect, it } from "vitest";
import { asUser, call, refusalOf, type Sql } from "../testing.ts";
import { connectRequest, createJob, jobRequest } from "./sample-workspace.ts";
import { MINUTE, withPostings, type PostingWorld } from "./posting-world.ts";

/** The same login in a workspace of its own, with a posting there; both workspaces have shown that it is theirs. */
const elsewhere = async (world: PostingWorld) => {
  const { userId, workspaceId } = await world.database.signUp();
  const theirs = connectRequest(workspaceId);
  const accountId = String(theirs["accountId"]);
  const as = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => asUser(world.database.admin, userId, work);
  await as((sql) => call(sql, "connect_account", { p: theirs }));
  for (const account of [accountId, world.small.accountId]) expect(await world.see(account)).toBe(true);
  const request = jobRequest(workspaceId, crypto.randomUUID(), [accountId], {
    item: { id: crypto.randomUUID(), title: "A secret", fieldTimes: {} },
    runAt: new Date(world.clock.now()).toISOString(),
  });
  const { targets } = await createJob(world.database, userId, request);
  return { id: targets[0]!.id, accountId, as };
};

describe("one login, proven in two workspaces", () => {
  it("shares one lease", async () => {
    await withPostings(async (world) => {
      const other = await elsewhere(world);
      const { id } = await world.post();
      const { fence } = await world.claim(id, "w1/1");
      expect(await world.claim(other.id, "w2/1")).toMatchObject({ claimed: false, reason: "account_busy" });
      await world.release(fence);
      expect((await world.entry(other.id))?.dueInMs).toBe(0); // woken across workspaces, too
      expect(await world.claim(other.id, "w2/1")).toMatchObject({ claimed: true });
      expect(await world.claim(id, "w1/1")).toMatchObject({ claimed: false, reason: "account_busy" });
    });
  });

  it("proves a row once", async () => {
    await withPostings(async (world) => {
      const other = await elsewhere(world);
      await world.must(other.id, { kind: "found", externalId: "m1", url: null, by: "id" });
      const { id } = await world.post();
      expect(
        await world.tell(id, { kind: "found", externalId: "m1", url: null, by: "likeness" }),
      ).toMatchObject({
        ok: false,
        code: "row-taken",
      });
    });
  });

  it("tells neither workspace about the other's rows and postings", async () => {
    await withPostings(async (world) => {
      const other = await elsewhere(world);
      const marker = { title: "A secret", priceText: "$99" };
      const twin = { title: "asecret", cents: [9900] };
      const fence = await world.fill(other.id, "w2/1");
      await world.must(other.id, world.permitEvent(fence, { marker, twin }));
      await world.must(other.id, { kind: "pressed", attempt: 1 });
      await call(world.worker, "release_lease", { p_account_id: other.accountId, p_fence: fence });
      const { id } = await world.post();
      await world.press(id);
      const books = async () => JSON.stringify(await call(world.worker, "login_books", { p_target_id: id }));
      expect(await books()).not.toMatch(/secret|9900|old-1.*old-1/);
      await world.must(other.id, { kind: "found", externalId: "their-row", url: null, by: "id" });
      expect(await books()).not.toContain("their-row");
      await world.must(id, { kind: "found", externalId: "my-row", url: null, by: "id" });
      const mine = await other.as((sql) => call(sql, "login_books", { p_target_id: other.id }));
      expect(JSON.stringify(mine)).not.toContain("my-row");
      expect(await refusalOf(other.as((sql) => call(sql, "login_books", { p_target_id: id })))).toBe("HK404");
    });
  });

  it("is warned of the other's unclear look-alike, in its own words", async () => {
    await withPostings(async (world) => {
      const other = await elsewhere(world);
      await world.press(other.id, "w2/1");
      await call(world.worker, "release_lease", { p_account_id: other.accountId, p_fence: 0 });
      await world.database.admin.query("delete from public.account_leases");
      const { id } = await world.post();
      await world.clock.pass(MINUTE);
      await world.database.admin.query(
        'update public.job_targets set twin = \'{"title": "brass", "cents": []}\' where id = $1',
        [id],
      );
      const { rivals } = await call<{ rivals: { twin: unknown }[] }>(world.worker, "login_books", {
        p_target_id: id,
      });
      expect(rivals.map(({ twin }) => twin)).toEqual([{ title: "brass", cents: [] }]);
    });
  });
});

describe("logins of one display name", () => {
  const facebook = (workspaceId: string, loginId: string, displayName = "Maria Silva") =>
    connectRequest(workspaceId, { platform: "facebook", handle: displayName, displayName, loginId });
  const withConsent = (request: Record<string, unknown>) => ({
    ...request,
    consent: { ...(request["consent"] as object), id: crypto.randomUUID() },
  });

  it("can both be connected; their handles tell them apart", async () => {
    await withPostings(async (world) => {
      const { workspaceId } = world.small;
      const connect = (request: Record<string, unknown>) =>
        world.as("operator", (sql) =>
          call<{ handle: string; login_key: string }>(sql, "connect_account", { p: request }),
        );
      const one = await connect(facebook(workspaceId, "100012345"));
      const two = await connect(facebook(workspaceId, "100067890"));
      const three = await connect(facebook(workspaceId, "200067890"));
      expect([one, two, three].map(({ handle }) => handle)).toEqual([
        "Maria Silva",
        "Maria Silva (…7890)",
        "Maria Silva (…00067890)",
      ]);
      expect([one, two].map(({ login_key }) => login_key)).toEqual([
        "facebook:100012345",
        "facebook:100067890",
      ]);
    });
  });

  it("one that was renamed reconnects as the same account", async () => {
    await withPostings(async (world) => {
      const { workspaceId } = world.small;
      const connect = (request: Record<string, unknown>) =>
        world.as("operator", (sql) =>
          call<{ id: string; handle: string }>(sql, "connect_account", { p: request }),
        );
      const first = facebook(workspaceId, "100012345");
      const before = await connect(first);
      const renamed = {
        ...withConsent(first),
        handle: "Maria Souza",
        displayName: "Maria Souza",
        sessionVersion: 2,
      };
      const after = await connect(renamed);
      expect([after.id, after.handle]).toEqual([before.id, "Maria Souza"]);
      // Renamed to what another login is called: told apart again.
      await connect(facebook(workspaceId, "100067890"));
      const back = await connect({ ...withConsent(first), sessionVersion: 3 });
      expect([back.id, back.handle]).toEqual([before.id, "Maria Silva (…2345)"]);
      // And what is connected again keeps the handle it has.
      const again = await connect({ ...withConsent(first), sessionVersion: 4 });
      expect(again.handle).toBe("Maria Silva (…2345)");
    });
  });

  it("is still one account: connected as a second one it is refused, and as another's, too", async () => {
    await withPostings(async (world) => {
      const { workspaceId } = world.small;
      const connect = (request: Record<string, unknown>) =>
        world.as("operator", (sql) => call(sql, "connect_account", { p: request }));
      const first = facebook(workspaceId, "100012345");
      await connect(first);
      expect(await refusalOf(connect(facebook(workspaceId, "100012345", "Maria S.")))).toBe("HK409");
      const other = { ...withConsent(first), loginId: "100067890", sessionVersion: 2 };
      expect(await refusalOf(connect(other))).toBe("HK409");
    });
  });
});
