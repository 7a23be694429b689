import { describe, expect, it } from "vitest";
import { asUser, call, refusalOf, withDatabase } from "../testing.ts";

describe("sign-up", () => {
  it("makes a personal workspace with its owner, and only one", async () => {
    await withDatabase(async (database) => {
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
    await withDatabase(async (database) => {
      const { userId, workspaceId } = await database.signUp();
      const leave = asUser(database.admin, userId, (sql) =>
        sql.query("delete from public.workspace_members where workspace_id = $1", [workspaceId]),
      );
      expect(await refusalOf(leave)).toBe("HK409");
    });
  });

  it("lets an admin invite anyone but an owner", async () => {
    await withDatabase(async (database) => {
      const owner = await database.signUp();
      const admin = await database.signUp();
      const guest = await database.signUp();
      const add = (by: string, user: string, role: string) =>
        asUser(database.admin, by, (sql) =>
          sql.query("insert into public.workspace_members values ($1, $2, $3)", [
            owner.workspaceId,
            user,
            role,
          ]),
        );
      await add(owner.userId, admin.userId, "admin");
      expect(await refusalOf(add(admin.userId, guest.userId, "owner"))).toBe("42501");
      await add(admin.userId, guest.userId, "operator");
      const promote = asUser(database.admin, admin.userId, (sql) =>
        sql.query(
          "update public.workspace_members set role = 'owner' where user_id = $1 and workspace_id = $2",
          [guest.userId, owner.workspaceId],
        ),
      );
      expect(await refusalOf(promote)).toBe("42501");
    });
  });
});

describe("take_rate_limit", () => {
  it("holds over many connections at once", async () => {
    await withDatabase(async (database) => {
      const { userId } = await database.signUp();
      const clients = await Promise.all(Array.from({ length: 8 }, () => database.connect()));
      const take = (at: number) =>
        asUser(clients[at % clients.length] ?? database.admin, userId, (sql) =>
          call<{ allowed: boolean; remaining: number }>(sql, "take_rate_limit", {
            p_bucket: "b",
            p_limit: 10,
            p_window_seconds: 86_400,
          }),
        );
      const answers: { allowed: boolean; remaining: number }[] = [];
      for (let round = 0; round < 3; round++)
        answers.push(...(await Promise.all(clients.map((_, at) => take(at)))));
      expect(answers.filter(({ allowed }) => allowed)).toHaveLength(10);
      expect(answers.every(({ remaining }) => remaining >= 0)).toBe(true);
    });
  });

  it("counts each person and each bucket for itself", async () => {
    await withDatabase(async (database) => {
      const [one, two] = [await database.signUp(), await database.signUp()];
      const take = (user: string, bucket: string) =>
        asUser(database.admin, user, (sql) =>
          call<{ allowed: boolean }>(sql, "take_rate_limit", {
            p_bucket: bucket,
            p_limit: 1,
            p_window_seconds: 86_400,
          }),
        );
      expect((await take(one.userId, "a")).allowed).toBe(true);
      expect((await take(one.userId, "a")).allowed).toBe(false);
      expect((await take(one.userId, "b")).allowed).toBe(true);
      expect((await take(two.userId, "a")).allowed).toBe(true);
    });
  });
});

describe("idempotency_begin", () => {
  it("is new once, busy until finished, then replays", async () => {
    await withDatabase(async (database) => {
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
