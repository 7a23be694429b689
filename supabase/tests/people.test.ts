import { describe, expect, it } from "vitest";
import { asUser, call, refusalOf, withFreshDatabase } from "../testing.ts";

describe("sign-up", () => {
  it("makes a personal workspace with its owner, and only one", async () => {
    await withFreshDatabase(async (database) => {
      const { userId, workspaceId } = await database.signUp("maria@example.test");
      const { rows } = await asUser(database.admin, userId, (sql) =>
        sql.query(
          "select w.id, w.name, w.personal, m.role from public.workspaces w join public.workspace_members m on m.workspace_id = w.id",
        ),
      );
      expect(rows).toEqual([{ id: workspaceId, name: "maria", personal: true, role: "owner" }]);
    });
  });

  it("keeps an owner in every workspace", async () => {
    await withFreshDatabase(async (database) => {
      const { userId, workspaceId } = await database.signUp();
      const leave = asUser(database.admin, userId, (sql) =>
        sql.query("delete from public.workspace_members where workspace_id = $1", [workspaceId]),
      );
      expect(await refusalOf(leave)).toBe("HK409");
    });
  });

  it("lets nobody make somebody else a member, and an admin give any role but an owner's", async () => {
    await withFreshDatabase(async (database) => {
      const owner = await database.signUp();
      const admin = await database.signUp();
      const guest = await database.signUp();
      const MEMBER = "insert into public.workspace_members values ($1, $2, $3)";
      const theirs = asUser(database.admin, owner.userId, (sql) =>
        sql.query(MEMBER, [owner.workspaceId, guest.userId, "viewer"]),
      );
      expect(await refusalOf(theirs)).toBe("42501");
      await database.admin.query(MEMBER, [owner.workspaceId, admin.userId, "admin"]);
      await database.admin.query(MEMBER, [owner.workspaceId, guest.userId, "viewer"]);
      const make = (role: string) =>
        asUser(database.admin, admin.userId, (sql) =>
          sql.query(
            "update public.workspace_members set role = $3 where user_id = $1 and workspace_id = $2",
            [guest.userId, owner.workspaceId, role],
          ),
        );
      expect(await refusalOf(make("owner"))).toBe("42501");
      expect((await make("operator")).rowCount).toBe(1);
    });
  });
});

describe("idempotency_begin", () => {
  it("is new once, busy until finished, then replays", async () => {
    await withFreshDatabase(async (database) => {
      const { userId } = await database.signUp();
      const begin = (hash = "h") =>
        asUser(database.admin, userId, (sql) =>
          call(sql, "idempotency_begin", { p_key: "k", p_route: "POST /x", p_body_hash: hash }),
        );
      expect(await begin()).toEqual({ state: "new" });
      expect(await begin()).toEqual({ state: "busy" });
      await asUser(database.admin, userId, (sql) =>
        call(sql, "idempotency_finish", {
          p_key: "k",
          p_route: "POST /x",
          p_status: 201,
          p_response: { id: 1 },
        }),
      );
      expect(await begin()).toEqual({ state: "replay", status: 201, response: { id: 1 } });
      expect(await refusalOf(begin("other"))).toBe("HK422");
    });
  });
});
