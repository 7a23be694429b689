/** Whose login it is: who may take a session back, who may allow its use, and what stays when a person leaves. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { asUser, call, refusalOf, withDatabase, type TestDatabase } from "../testing.ts";
import { connectRequest, createJob, DEVICE_KEY, jobRequest, sampleWorkspace } from "./sample-workspace.ts";

const setRole = (database: TestDatabase, userId: string, workspaceId: string, role: string) =>
  database.admin.query(
    "update public.workspace_members set role = $3 where user_id = $1 and workspace_id = $2",
    [userId, workspaceId, role],
  );
const leave = (database: TestDatabase, by: string, who: string, workspaceId: string) =>
  asUser(database.admin, by, (sql) =>
    sql.query("delete from public.workspace_members where user_id = $1 and workspace_id = $2", [
      who,
      workspaceId,
    ]),
  );
const accountNow = async (database: TestDatabase, accountId: string) =>
  (
    await database.admin.query(
      `select a.status, a.session_payload_encrypted as sealed, a.session_meta as meta, a.cloud_allowed,
         c.revoked_at is not null as revoked
       from public.platform_accounts a join public.consents c on c.id = a.consent_id where a.id = $1`,
      [accountId],
    )
  ).rows[0];
const ENDED = { status: "disconnected", sealed: null, meta: null, cloud_allowed: false, revoked: true };

describe("a person's own login", () => {
  it("can be taken back by them whatever their role, and by no other viewer", async () => {
    await withDatabase(async (database) => {
      const { people, workspaceId, accountId } = await sampleWorkspace(database);
      const disconnect = (userId: string) =>
        asUser(database.admin, userId, (sql) => call(sql, "disconnect_account", { p_account_id: accountId }));
      await setRole(database, people.operator, workspaceId, "viewer");
      expect(await refusalOf(disconnect(people.viewer))).toBe("HK403");
      await disconnect(people.operator);
      expect(await accountNow(database, accountId)).toEqual(ENDED);
    });
  });

  it("can be disconnected by id also after they left", async () => {
    await withDatabase(async (database) => {
      const { people, workspaceId, accountId } = await sampleWorkspace(database);
      await leave(database, people.operator, people.operator, workspaceId);
      const disconnect = asUser(database.admin, people.operator, (sql) =>
        call(sql, "disconnect_account", { p_account_id: accountId }),
      );
      expect(await refusalOf(disconnect)).toBe("ok");
    });
  });

  it("may be stopped for the cloud by others, and allowed again by them alone", async () => {
    await withDatabase(async (database) => {
      const { people, accountId } = await sampleWorkspace(database);
      const allow = (userId: string, allowed: boolean) =>
        asUser(database.admin, userId, (sql) =>
          sql.query("update public.platform_accounts set cloud_allowed = $2 where id = $1", [
            accountId,
            allowed,
          ]),
        );
      await allow(people.owner, false);
      expect(await refusalOf(allow(people.owner, true))).toBe("HK403");
      expect(await refusalOf(allow(people.operator, true))).toBe("ok");
    });
  });
});

describe("leaving a workspace", () => {
  it.each(["by themselves", "put out by the owner"])(
    "%s: their sessions end and queued work stops",
    async (how) => {
      await withDatabase(async (database) => {
        const { people, workspaceId, accountId } = await sampleWorkspace(database);
        const { targets } = await createJob(
          database,
          people.operator,
          jobRequest(workspaceId, randomUUID(), [accountId]),
        );
        const theirs = connectRequest(workspaceId, { handle: "owner's own" });
        await asUser(database.admin, people.owner, (sql) => call(sql, "connect_account", { p: theirs }));
        await leave(
          database,
          how === "by themselves" ? people.operator : people.owner,
          people.operator,
          workspaceId,
        );
        expect(await accountNow(database, accountId)).toEqual(ENDED);
        expect(await accountNow(database, String(theirs["accountId"]))).toMatchObject({
          status: "connected",
          revoked: false,
        });
        const { rows } = await database.admin.query("select state from public.job_targets where id = $1", [
          targets[0]?.id,
        ]);
        expect(rows).toEqual([{ state: "cancelled" }]);
        const audit = await database.admin.query(
          "select 1 from public.audit_log where action = 'account.disconnect' and subject_id = $1",
          [accountId],
        );
        expect(audit.rowCount).toBe(1);
      });
    },
  );

  it("ends consents that no account uses any more, too", async () => {
    await withDatabase(async (database) => {
      const { people, workspaceId } = await sampleWorkspace(database);
      await leave(database, people.operator, people.operator, workspaceId);
      const { rows } = await database.admin.query(
        "select count(*)::int as n from public.consents where user_id = $1 and revoked_at is null",
        [people.operator],
      );
      expect(rows).toEqual([{ n: 0 }]);
    });
  });

  it("ends with it the answers kept for repeated requests, and those of other workspaces stay", async () => {
    await withDatabase(async (database) => {
      const { people, workspaceId, accountId } = await sampleWorkspace(database);
      const { rows } = await database.admin.query<{ id: string }>(
        "select id from public.workspaces where created_by = $1",
        [people.operator],
      );
      const own = rows[0]!.id;
      const ownAccount = connectRequest(own);
      await asUser(database.admin, people.operator, (sql) => call(sql, "connect_account", { p: ownAccount }));
      const [here, elsewhere] = [
        jobRequest(workspaceId, randomUUID(), [accountId]),
        jobRequest(own, randomUUID(), [String(ownAccount["accountId"])]),
      ];
      await createJob(database, people.operator, here, "key-here");
      const kept = await createJob(database, people.operator, elsewhere, "key-elsewhere");
      await leave(database, people.owner, people.operator, workspaceId);
      expect(await refusalOf(createJob(database, people.operator, here, "key-here"))).toBe("HK404");
      const again = await createJob(database, people.operator, elsewhere, "key-elsewhere");
      expect(again).toMatchObject({ replayed: true, job: { id: kept.job.id } });
    });
  });

  it("is not in the way when a person or a workspace is deleted", async () => {
    await withDatabase(async (database) => {
      const { people, workspaceId } = await sampleWorkspace(database);
      await database.admin.query("delete from auth.users where id = $1", [people.operator]);
      await database.admin.query("delete from public.workspaces where id = $1", [workspaceId]);
      const left = await database.admin.query(
        "select 1 from public.platform_accounts where workspace_id = $1",
        [workspaceId],
      );
      expect(left.rowCount).toBe(0);
    });
  });
});

describe("connecting again", () => {
  it("ends the consent it replaces", async () => {
    await withDatabase(async (database) => {
      const { userId, workspaceId } = await database.signUp();
      const first = connectRequest(workspaceId);
      const consent = { ...(first["consent"] as object), id: randomUUID() };
      const connect = (p: object) =>
        asUser(database.admin, userId, (sql) => call(sql, "connect_account", { p }));
      await connect(first);
      await connect({ ...first, sessionVersion: 2, consent });
      const { rows } = await database.admin.query<{ id: string }>(
        "select id from public.consents where revoked_at is null",
      );
      expect(rows).toEqual([{ id: consent.id }]);
    });
  });
});

describe("devices", () => {
  const { x: _x, ...withoutX } = DEVICE_KEY;
  const NO_KEYS: [string, unknown][] = [
    ["nothing", {}],
    ["no crv", { kty: "EC", x: DEVICE_KEY.x, y: DEVICE_KEY.y }],
    ["no x", withoutX],
    ["null for y", { ...DEVICE_KEY, y: null }],
    ["another curve", { ...DEVICE_KEY, crv: "P-384" }],
    ["a short x", { ...DEVICE_KEY, x: "x" }],
    ["letters that are not base64url", { ...DEVICE_KEY, x: "+".repeat(43) }],
    ["a private half", { ...DEVICE_KEY, d: "d".repeat(43) }],
    ["something beside the key", { ...DEVICE_KEY, note: "x".repeat(10_000) }],
    ["a list", [DEVICE_KEY]],
    ["a text", "EC"],
    ["JSON null", null],
  ];

  it("take no key that is not a whole public one and nothing more, by either way in", async () => {
    await withDatabase(async (database) => {
      const { userId, workspaceId } = await database.signUp();
      for (const [what, publicKey] of NO_KEYS) {
        const insert = asUser(database.admin, userId, (sql) =>
          sql.query(
            "insert into public.devices (user_id, workspace_id, public_key) values ($1, $2, $3::jsonb)",
            [userId, workspaceId, JSON.stringify(publicKey)],
          ),
        );
        expect([what, await refusalOf(insert)]).toEqual([what, "23514"]);
        const request = connectRequest(workspaceId, {
          device: { id: randomUUID(), name: "Laptop", publicKey },
        });
        const connect = asUser(database.admin, userId, (sql) => call(sql, "connect_account", { p: request }));
        expect([what, await refusalOf(connect)]).toEqual([what, "HK400"]);
      }
    });
  });

  it("stay revoked once they are, for their own person too", async () => {
    await withDatabase(async (database) => {
      const { people, deviceId } = await sampleWorkspace(database);
      const revoke = (at: string | null) =>
        asUser(database.admin, people.operator, (sql) =>
          sql.query("update public.devices set revoked_at = $2 where id = $1", [deviceId, at]),
        );
      expect(await refusalOf(revoke("2026-01-01T00:00:00Z"))).toBe("ok");
      expect(await refusalOf(revoke(null))).toBe("HK409");
      expect(await refusalOf(revoke("2030-01-01T00:00:00Z"))).toBe("HK409");
      const rename = asUser(database.admin, people.operator, (sql) =>
        sql.query("update public.devices set name = 'Stolen' where id = $1", [deviceId]),
      );
      expect(await refusalOf(rename)).toBe("ok");
    });
  });
});
