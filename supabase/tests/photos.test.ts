/** Photos: which paths a row may name, and which objects are no longer needed. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { asUser, call, refusalOf, withDatabase, type TestDatabase } from "../testing.ts";

type Place = { userId: string; workspaceId: string; itemId: string };

const placeIn = async (database: TestDatabase): Promise<Place> => {
  const person = await database.signUp();
  const itemId = randomUUID();
  await database.admin.query("insert into public.items (id, workspace_id, title) values ($1, $2, 'Lamp')", [
    itemId,
    person.workspaceId,
  ]);
  return { ...person, itemId };
};

describe("the path of a photo's row", () => {
  it("is the photo's own, in its workspace's folder, and nothing else", async () => {
    await withDatabase(async (database) => {
      const mine = await placeIn(database);
      const theirs = await placeIn(database);
      const id = randomUUID();
      const folder = `${mine.workspaceId}/${mine.itemId}`;
      const add = (path: string) =>
        refusalOf(
          asUser(database.admin, mine.userId, (sql) =>
            sql.query(
              "insert into public.item_photos (id, item_id, workspace_id, storage_path, mime) values ($1, $2, $3, $4, 'image/jpeg')",
              [id, mine.itemId, mine.workspaceId, path],
            ),
          ),
        );
      for (const path of [
        `${folder}/../../${theirs.workspaceId}/${theirs.itemId}/${id}.jpg`,
        `${folder}/../${theirs.itemId}/${id}.jpg`,
        `${folder}/./${id}.jpg`,
        `${folder}/${randomUUID()}.jpg`,
        `${folder}/${id}.jpg/../../../../../auth/v1/admin/users`,
        `${folder}/${id}.svg`,
        `${folder}/${id}.jpg\n`,
        `${theirs.workspaceId}/${theirs.itemId}/${id}.jpg`,
      ])
        expect([path, await add(path)]).toEqual([path, "23514"]);
      expect(await add(`${folder}/${id}.jpg`)).toBe("ok");
      const move = asUser(database.admin, mine.userId, (sql) =>
        sql.query("update public.item_photos set storage_path = $2 where id = $1", [
          id,
          `${folder}/../../${theirs.workspaceId}/${theirs.itemId}/${id}.jpg`,
        ]),
      );
      expect(await refusalOf(move)).toBe("23514");
    });
  });
});

const DAY = "1 day";
const MONTH = "31 days";

/** An object as the storage interface writes it, this old. */
const storeObject = (database: TestDatabase, path: string, age: string) =>
  database.admin.query(
    "insert into storage.objects (bucket_id, name, created_at) values ('listing-photos', $1, now() - $2::interval)",
    [path, age],
  );

const photoOf = async (
  database: TestDatabase,
  { workspaceId, itemId }: Place,
  options: { objectAge?: string; removed?: string } = {},
): Promise<string> => {
  const id = randomUUID();
  const path = `${workspaceId}/${itemId}/${id}.jpg`;
  await storeObject(database, path, options.objectAge ?? "60 days");
  await database.admin.query(
    `insert into public.item_photos (id, item_id, workspace_id, storage_path, mime, deleted_at)
     values ($1, $2, $3, $4, 'image/jpeg', now() - $5::interval)`,
    [id, itemId, workspaceId, path, options.removed ?? null],
  );
  return path;
};

const unused = async (database: TestDatabase): Promise<string[]> =>
  (await call<string[]>(await database.connect("worker"), "worker_unused_photos", {})).sort();

const idIn = (path: string): string => path.split("/")[2]!.split(".")[0]!;

describe("worker_unused_photos", () => {
  it("when a photo is shown, or was removed lately: kept; when it was removed a month ago: named", async () => {
    await withDatabase(async (database) => {
      const place = await placeIn(database);
      await photoOf(database, place);
      await photoOf(database, place, { removed: "29 days" });
      const gone = await photoOf(database, place, { removed: MONTH });
      expect(await unused(database)).toEqual([gone]);
    });
  });

  it("when an object has no row: named after a day, because the row is written after the upload", async () => {
    await withDatabase(async (database) => {
      const { workspaceId, itemId } = await placeIn(database);
      const [young, old] = [randomUUID(), randomUUID()].map((id) => `${workspaceId}/${itemId}/${id}.png`);
      await storeObject(database, young!, "23 hours");
      await storeObject(database, old!, DAY);
      expect(await unused(database)).toEqual([old]);
    });
  });

  it("when the item was deleted: kept for a month, then named; when its rows are gone with it: named", async () => {
    await withDatabase(async (database) => {
      const [lately, longAgo, erased] = [
        await placeIn(database),
        await placeIn(database),
        await placeIn(database),
      ];
      await photoOf(database, lately);
      const paths = [await photoOf(database, longAgo), await photoOf(database, erased)];
      const forget = (age: string, itemId: string) =>
        database.admin.query("update public.items set deleted_at = now() - $1::interval where id = $2", [
          age,
          itemId,
        ]);
      await forget("29 days", lately.itemId);
      await forget(MONTH, longAgo.itemId);
      await database.admin.query("delete from public.items where id = $1", [erased.itemId]);
      expect(await unused(database)).toEqual(paths.sort());
    });
  });

  it.each([
    ["queued", "60 days", false],
    ["needs_human", "60 days", false],
    ["failed", "29 days", false],
    ["failed", MONTH, true],
    ["done", "0 days", true],
    ["cancelled", "0 days", true],
  ])("when a job that names it is %s since %s: named %s", async (state, since, expected) => {
    await withDatabase(async (database) => {
      const place = await placeIn(database);
      const path = await photoOf(database, place, { removed: MONTH });
      await jobNaming(database, place, idIn(path), state, since);
      expect(await unused(database)).toEqual(expected ? [path] : []);
    });
  });

  it("is the worker's to ask, nobody else's", async () => {
    await withDatabase(async (database) => {
      const { userId } = await database.signUp();
      const ask = asUser(database.admin, userId, (sql) => call(sql, "worker_unused_photos", {}));
      expect(await refusalOf(ask)).toBe("42501");
    });
  });
});

/** A job as it is stored, with one target in this state for this long. */
const jobNaming = async (
  { admin }: TestDatabase,
  { userId, workspaceId, itemId }: Place,
  photoId: string,
  state: string,
  since: string,
) => {
  const [jobId, accountId] = [randomUUID(), randomUUID()];
  await admin.query(
    "insert into public.platform_accounts (id, user_id, workspace_id, platform, handle, login_key) values ($1, $2, $3, 'mercari', 'maria', 'mercari:maria')",
    [accountId, userId, workspaceId],
  );
  const payload = {
    item: { id: itemId, photos: [{ id: randomUUID() }, { id: photoId, mime: "image/jpeg" }] },
  };
  await admin.query(
    `insert into public.listing_jobs (id, user_id, workspace_id, inventory_item_id, action, payload, driver, mode, platforms)
     values ($1, $2, $3, $4, 'list', $5, 'cloud', 'publish', '["mercari"]')`,
    [jobId, userId, workspaceId, itemId, payload],
  );
  // The times of a row are its triggers'; a row this old is told so past them.
  await admin.query("set session_replication_role = replica");
  await admin.query(
    `insert into public.job_targets (job_id, workspace_id, account_id, login_scope, platform, action, driver, mode, state,
       op_key, updated_at, decide_by)
     values ($1, $2::uuid, $3, $2 || ' mercari:maria', 'mercari', 'list', 'cloud', 'publish', $4, $5, now() - $6::interval, now())`,
    [jobId, workspaceId, accountId, state, randomUUID(), since],
  );
  await admin.query("set session_replication_role = origin");
};
