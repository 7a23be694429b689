/** What a login's drivers are told of its rows: whose they are, and that the record follows the better proof. */
import { describe, expect, it } from "vitest";
import { booksOf, type LoginBooks } from "#core/posting/wire.ts";
import { call } from "../testing.ts";
import { MARKER, withPostings, type PostingWorld } from "./posting-world.ts";

const books = async (world: PostingWorld, target: string): Promise<LoginBooks> =>
  booksOf(await call(world.worker, "login_books", { p_target_id: target }));

const recorded = async (world: PostingWorld) => {
  const { rows } = await world.database.admin.query<{ row: string; item: string | null; of: string | null }>(
    `select l.external_id as row, l.item_id as item, t.id as of from public.listings l
     left join public.job_targets t on t.listing_id = l.id order by l.external_id`,
  );
  return rows;
};

describe("the books of a login", () => {
  it("follow a listing from the row it looked like to the one the site named", async () => {
    await withPostings(async (world) => {
      const { id, item } = await world.post();
      await world.press(id);
      await world.must(id, { kind: "found", externalId: "m7", url: null, by: "likeness" });
      await world.must(id, { kind: "found", externalId: "m8", url: null, by: "id" });
      expect((await world.posting(id)).listing).toMatchObject({ externalId: "m8", by: "id" });
      expect(await recorded(world)).toEqual([
        { row: "m7", item: null, of: null },
        { row: "m8", item, of: id },
      ]);
      const other = await world.post();
      expect((await books(world, other.id)).owned).toEqual(
        new Map([["m8", { posting: id, item, by: "id" }]]),
      );
    });
  });

  it("say whose a recorded row is, also where another posting was told that it is none of its own", async () => {
    await withPostings(async (world) => {
      const owner = world.small.itemId;
      await world.database.admin.query(
        `insert into public.listings (workspace_id, account_id, platform, external_id, item_id, status)
         select $1, $2, 'mercari', 'm7', $3, 'active'`,
        [world.small.workspaceId, world.small.accountId, owner],
      );
      const { id } = await world.post();
      const { fence } = await world.claim(id);
      const candidates = [{ externalId: "m7", url: null, ...MARKER, status: "active" }];
      await world.must(id, {
        kind: "ask",
        fence,
        question: "alike",
        ending: { code: "several", count: 1 },
        candidates,
      });
      await world.release(fence);
      await world.answer(id, 1, { kind: "another-thing" });
      const next = await world.post();
      expect((await books(world, next.id)).owned.get("m7")).toEqual({
        ...{ posting: null, item: owner, by: "record" },
      });
    });
  });
});
