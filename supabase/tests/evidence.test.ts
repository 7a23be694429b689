/** What the site showed is true whoever brings it, however late; a row proves one posting. */
import { describe, expect, it } from "vitest";
import { twinKeyOf } from "#core/posting/index.ts";
import { call } from "../testing.ts";
import { MINUTE, PRESSED_BY_PERSON, withPostings, type PostingWorld } from "./posting-world.ts";

const CANDIDATE = { externalId: "m7", url: null, title: "Brass lamp", priceText: "$45", status: "active" };

describe("evidence", () => {
  it("is taken without a fence, late, and reopens what had failed", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      await world.must(id, { kind: "fail", fence, ending: { code: "item", message: "too many photos" } });
      await world.release(fence);
      await world.clock.pass(20 * MINUTE);
      await world.must(id, { kind: "said-listed", externalId: "m7", url: null }, "operator");
      expect(await world.posting(id)).toMatchObject({ state: "unknown", sign: { externalId: "m7" } });
      await world.must(id, { kind: "found", externalId: "m7", url: null, by: "id" });
      expect(await world.state(id)).toBe("done");
    });
  });

  it("reopens what was cancelled, from a browser that lost its claim long ago", async () => {
    await withPostings(async (world) => {
      const { id, job } = await world.post({ driver: "tab" });
      await world.fill(id, "tab:d1/1", "operator");
      await world.clock.pass(6 * MINUTE);
      await world.sweep();
      await world.cancelJob(job);
      expect(await world.state(id)).toBe("cancelled");
      await world.must(id, PRESSED_BY_PERSON, "operator");
      expect(await world.posting(id)).toMatchObject({ state: "unknown", presses: 1 });
    });
  });

  it("of another driver's run does not take the run away from who drives now", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const old = await world.fill(id, "w1/1");
      await world.must(id, world.permitEvent(old));
      await world.clock.pass(3 * MINUTE);
      const looking = await world.claim(id, "w2/1");
      await world.must(id, { kind: "said-listed", externalId: "m7", url: null });
      expect(await world.posting(id)).toMatchObject({ state: "unknown", fence: looking.fence });
    });
  });

  it("says nothing new about what a person settled", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.pressInVain(id);
      await world.answer(id, 1, { kind: "not-there", again: false });
      expect(await world.tell(id, { kind: "pressed", attempt: 1 })).toMatchObject({
        ok: false,
        code: "already-known",
      });
      expect(await world.state(id)).toBe("failed");
    });
  });

  it("of a late row asks a person, who may still say that it is not it", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.pressInVain(id);
      await world.answer(id, 1, { kind: "not-there", again: false });
      await world.must(id, { kind: "late-row", candidates: [CANDIDATE] });
      expect(await world.posting(id)).toMatchObject({
        state: "needs_human",
        question: { kind: "there", number: 2, candidates: [CANDIDATE] },
      });
      await world.answer(id, 2, { kind: "not-there", again: false });
      expect(await world.posting(id)).toMatchObject({ state: "failed", dismissed: ["m7"] });
    });
  });
});

describe("a row of the account's own list", () => {
  it("proves one posting: another one that looks like it is refused", async () => {
    await withPostings(async (world) => {
      const [one, two] = [await pressed(world), await pressed(world, "Green chair")];
      await world.must(one, { kind: "found", externalId: "m7", url: null, by: "id" });
      for (const by of ["id", "likeness"] as const)
        expect(await world.tell(two, { kind: "found", externalId: "m7", url: null, by })).toMatchObject({
          ok: false,
          code: "row-taken",
        });
    });
  });

  it("held by likeness is taken by the site's own word, and the one that held it is looked for again", async () => {
    await withPostings(async (world) => {
      const [one, two] = [await pressed(world), await pressed(world, "Green chair")];
      await world.must(one, { kind: "found", externalId: "m7", url: null, by: "likeness" });
      await world.must(two, { kind: "found", externalId: "m7", url: null, by: "id" });
      expect(await world.state(two)).toBe("done");
      expect(await world.posting(one)).toMatchObject({ state: "unknown", listing: null });
      const { rows } = await world.database.admin.query(
        `select t.id as of, l.item_id = t.item_id as its_item from public.listings l
         join public.job_targets t on t.listing_id = l.id`,
      );
      expect(rows).toEqual([{ of: two, its_item: true }]);
    });
  });

  it("is nobody's again when the site named another one, so that its owner can find it", async () => {
    await withPostings(async (world) => {
      const [one, two] = [await pressed(world), await pressed(world, "Green chair")];
      await world.must(one, { kind: "found", externalId: "m7", url: null, by: "likeness" });
      await world.must(one, { kind: "said-listed", externalId: "m8", url: null });
      expect(await world.posting(one)).toMatchObject({ state: "unknown", listing: null });
      const books = await call<{ owned: { externalId: string }[] }>(world.worker, "login_books", {
        p_target_id: two,
      });
      expect(books.owned).toEqual([]);
      await world.must(two, { kind: "found", externalId: "m7", url: null, by: "likeness" });
    });
  });
});

const pressed = async (world: PostingWorld, title = "Brass lamp"): Promise<string> => {
  const { id } = await world.post();
  const fence = await world.fill(id);
  const marker = { title, priceText: "$45" };
  await world.must(id, world.permitEvent(fence, { marker, twin: twinKeyOf(marker) }));
  await world.must(id, { kind: "pressed", attempt: 1 });
  await world.release(fence);
  return id;
};
