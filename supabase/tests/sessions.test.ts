import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { asUser, call, refusalOf, withDatabase, type TestDatabase } from "../testing.ts";
import { HOUR, withPostings, type PostingWorld, type Who } from "./posting-world.ts";
import { connectRequest, sampleWorkspace, type SampleWorkspace } from "./sample-workspace.ts";

type Opened = { ok: boolean; reason?: string; envelope?: unknown; high_water?: number | null };

const connect = (database: TestDatabase, userId: string, request: Record<string, unknown>) =>
  asUser(database.admin, userId, (sql) =>
    call<Record<string, unknown>>(sql, "connect_account", { p: request }),
  );

const audited = async (database: TestDatabase, action: string): Promise<number> =>
  (await database.admin.query("select from public.audit_log where action = $1", [action])).rowCount ?? 0;

const leased = async (database: TestDatabase, sample: SampleWorkspace) => {
  await database.admin.query("delete from public.account_leases");
  const worker = await database.connect("worker");
  const { fence } = await call<{ fence: number }>(worker, "lease_account", {
    p_account_id: sample.accountId,
    p_holder: "w1",
  });
  return { worker, args: { p_account_id: sample.accountId, p_fence: fence } };
};

describe("connect_account", () => {
  it("stores the envelope, the consent and the device, and answers without the envelope", async () => {
    await withDatabase(async (database) => {
      const { userId, workspaceId } = await database.signUp();
      const request = connectRequest(workspaceId);
      const answer = await connect(database, userId, request);
      expect(answer).toMatchObject({ id: request["accountId"], status: "connected", session_version: 1 });
      expect(answer).not.toHaveProperty("session_payload_encrypted");
      const { rows } = await database.admin.query(
        `select a.session_payload_encrypted as sealed, c.cookie_names, d.name from public.platform_accounts a
         join public.consents c on c.id = a.consent_id join public.devices d on d.id = a.device_id`,
      );
      expect(rows).toEqual([{ sealed: request["session"], cookie_names: ["_mwus"], name: "Laptop" }]);
      expect(await audited(database, "account.connect")).toBe(1);
    });
  });

  it("takes a newer session version and refuses the same or an older one", async () => {
    await withDatabase(async (database) => {
      const { userId, workspaceId } = await database.signUp();
      const request = connectRequest(workspaceId);
      await connect(database, userId, request);
      const another = { ...request, session: { v: 1, ct: "sealed anew" } };
      expect(await refusalOf(connect(database, userId, another))).toBe("HK409");
      expect(await refusalOf(connect(database, userId, { ...request, cloudAllowed: false }))).toBe("HK409");
      expect(await refusalOf(connect(database, userId, { ...request, sessionVersion: 0 }))).toBe("HK409");
      expect(await connect(database, userId, { ...request, sessionVersion: 2 })).toMatchObject({
        session_version: 2,
      });
    });
  });

  it("told again, because its answer was lost, is answered alike, until it was disconnected", async () => {
    await withDatabase(async (database) => {
      const { userId, workspaceId } = await database.signUp();
      const request = connectRequest(workspaceId);
      const first = await connect(database, userId, request);
      expect(await connect(database, userId, request)).toEqual(first);
      const disconnect = { p_account_id: request["accountId"] };
      await asUser(database.admin, userId, (sql) => call(sql, "disconnect_account", disconnect));
      expect(await refusalOf(connect(database, userId, request))).toBe("HK403");
    });
  });

  it("refuses without consent, with another person's device, and the same login twice", async () => {
    await withDatabase(async (database) => {
      const { userId, workspaceId } = await database.signUp();
      const other = await database.signUp();
      const request = connectRequest(workspaceId);
      expect(await refusalOf(connect(database, userId, { ...request, consent: undefined }))).toBe("HK400");
      const theirs = connectRequest(other.workspaceId);
      await connect(database, other.userId, theirs);
      expect(await refusalOf(connect(database, userId, { ...request, device: theirs["device"] }))).toBe(
        "HK403",
      );
      expect(await refusalOf(connect(database, userId, { ...request, consent: theirs["consent"] }))).toBe(
        "HK403",
      );
      expect(await refusalOf(connect(database, userId, { ...request, accountId: theirs["accountId"] }))).toBe(
        "HK404",
      );
      await connect(database, userId, request);
      expect(await refusalOf(connect(database, userId, { ...request, accountId: randomUUID() }))).toBe(
        "HK409",
      );
    });
  });
});

describe("disconnect_account", () => {
  const disconnect = (world: PostingWorld, who: Who) =>
    world.as(who, (sql) =>
      call<{ status: string }>(sql, "disconnect_account", { p_account_id: world.small.accountId }),
    );

  it("deletes the sealed session at once, ends the consent and writes it down", async () => {
    await withPostings(async (world) => {
      const { database, small, worker } = world;
      expect(await refusalOf(disconnect(world, "stranger"))).toBe("HK404");
      expect(await refusalOf(disconnect(world, "viewer"))).toBe("HK403");
      expect((await disconnect(world, "owner")).status).toBe("disconnected");
      const { rows } = await database.admin.query(
        `select a.session_payload_encrypted as sealed, a.cloud_allowed, c.revoked_at is not null as revoked
         from public.platform_accounts a join public.consents c on c.id = a.consent_id`,
      );
      expect(rows).toEqual([{ sealed: null, cloud_allowed: false, revoked: true }]);
      expect(await audited(database, "account.disconnect")).toBe(1);
      const lease = { p_account_id: small.accountId, p_holder: "w1/1" };
      const { fence } = await call<{ fence: number }>(worker, "lease_account", lease);
      const open = call(worker, "worker_open_session", { p_account_id: small.accountId, p_fence: fence });
      expect(await refusalOf(open)).toBe("HK404");
    });
  });

  it("cancels what is asked for; what is driven is asked to stop, and what may have been posted stays open", async () => {
    await withPostings(async (world) => {
      const pressed = await world.post();
      await world.press(pressed.id);
      const queued = await world.post({ runAt: new Date(world.clock.now() + HOUR).toISOString() });
      const driven = await world.post();
      const fence = await world.fill(driven.id);
      await disconnect(world, "owner");
      expect(await world.state(queued.id)).toBe("cancelled");
      expect(await world.posting(driven.id)).toMatchObject({ state: "filling", cancelAsked: true });
      expect(await world.posting(pressed.id)).toMatchObject({ state: "unknown", cancelAsked: false });
      for (const { id } of [queued, pressed]) expect(await world.entry(id)).toBeNull();
      expect(await world.tell(driven.id, world.permitEvent(fence))).toMatchObject({
        ok: false,
        code: "cancelled",
      });
      const ending = { code: "interrupted" } as const;
      await world.must(driven.id, { kind: "requeue", fence, ending, inMs: 0, usesAttempt: false });
      expect(await world.state(driven.id)).toBe("cancelled");
    });
  });
});

describe("worker_open_session", () => {
  it("gives the envelope to the holder of the lease, and every use is in the audit log", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { worker, args } = await leased(database, sample);
      const opened = await call<Opened>(worker, "worker_open_session", args);
      expect(opened).toMatchObject({ ok: true, envelope: { ct: "sealed" }, high_water: 1 });
      expect(opened).not.toHaveProperty("account.session_payload_encrypted");
      expect(await audited(database, "session.open")).toBe(1);
      await call(worker, "release_lease", args);
      expect(await refusalOf(call(worker, "worker_open_session", args))).toBe("HK409");
    });
  });

  it("refuses a row put back to an older version, and says so in the audit log", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { worker, args } = await leased(database, sample);
      await call(worker, "worker_mark_session_version", { p_account_id: sample.accountId, p_version: 3 });
      await call(worker, "worker_mark_session_version", { p_account_id: sample.accountId, p_version: 2 });
      expect(await call<Opened>(worker, "worker_open_session", args)).toEqual({
        ok: false,
        reason: "rolled-back",
      });
      expect(await audited(database, "session.refused")).toBe(1);
    });
  });

  it("refuses when cloud use, the consent or the device was taken back", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { worker, args } = await leased(database, sample);
      const { admin } = database;
      const refused = () => refusalOf(call(worker, "worker_open_session", args));
      await admin.query("update public.platform_accounts set cloud_allowed = false");
      expect(await refused()).toBe("HK403");
      await asUser(admin, sample.people.operator, (sql) =>
        sql.query("update public.platform_accounts set cloud_allowed = true"),
      );
      await admin.query("update public.consents set revoked_at = now()");
      expect(await refused()).toBe("HK403");
      await admin.query("update public.consents set revoked_at = null");
      await admin.query("update public.devices set revoked_at = now()");
      expect(await refused()).toBe("HK403");
    });
  });

  it("refuses when the person who connected it is no member any more", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { worker, args } = await leased(database, sample);
      // Past the trigger that ends sessions on leaving, as a restored backup might be.
      await database.admin.query("set session_replication_role = replica");
      await database.admin.query("delete from public.workspace_members where user_id = $1", [
        sample.people.operator,
      ]);
      await database.admin.query("set session_replication_role = origin");
      expect(await refusalOf(call(worker, "worker_open_session", args))).toBe("HK403");
    });
  });

  it("is not for signed-in people, whatever their role", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { args } = await leased(database, sample);
      const attempt = asUser(database.admin, sample.people.owner, (sql) =>
        call(sql, "worker_open_session", args),
      );
      expect(await refusalOf(attempt)).toBe("42501");
    });
  });
});
