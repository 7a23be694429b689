/** What keeps failing rests for a while: a seller's account for itself, a channel only when several sellers fail there. */
import { describe, expect, it } from "vitest";
import { asUser, call, refusalOf } from "../testing.ts";
import { connectRequest } from "./sample-workspace.ts";
import { HOUR, MINUTE, SECOND, withPostings, type PostingWorld } from "./posting-world.ts";

const note = (world: PostingWorld, account: string, ok: boolean) =>
  call(world.worker, "worker_breaker_note", { p_account_id: account, p_ok: ok });
/** How long it rests from now, in milliseconds. */
const rest = async (world: PostingWorld, account: string): Promise<number> => {
  const until = await call<Date | null>(world.worker, "worker_breaker", { p_account_id: account });
  return until === null ? 0 : until.getTime() - world.clock.now();
};
const fail = async (world: PostingWorld, account: string, times = 3): Promise<void> => {
  for (let n = 0; n < times; n += 1) await note(world, account, false);
};
/** An account of a seller of their own. */
const seller = async (world: PostingWorld): Promise<string> => {
  const { userId, workspaceId } = await world.database.signUp();
  const request = connectRequest(workspaceId, { handle: `seller-${userId}` });
  await asUser(world.database.admin, userId, (sql) => call(sql, "connect_account", { p: request }));
  return String(request["accountId"]);
};

describe("an account that fails three times in a row", () => {
  it("rests, longer each time, until a success", async () => {
    await withPostings(async (world) => {
      const { accountId } = world.small;
      await fail(world, accountId, 2);
      expect(await rest(world, accountId)).toBe(0);
      await fail(world, accountId, 1);
      expect(await rest(world, accountId)).toBe(30 * SECOND);
      await fail(world, accountId, 1);
      expect(await rest(world, accountId)).toBe(MINUTE);
      await fail(world, accountId, 9);
      expect(await rest(world, accountId)).toBe(30 * MINUTE);
      await note(world, accountId, true);
      expect(await rest(world, accountId)).toBe(0);
      await fail(world, accountId, 2);
      expect(await rest(world, accountId)).toBe(0);
    });
  });

  it("does not, when the failures lie an hour apart", async () => {
    await withPostings(async (world) => {
      const { accountId } = world.small;
      await fail(world, accountId, 2);
      await world.clock.pass(HOUR + SECOND);
      await fail(world, accountId, 1);
      expect(await rest(world, accountId)).toBe(0);
    });
  });
});

describe("a channel", () => {
  it("is never rested by one seller's failures, however many accounts they are at", async () => {
    await withPostings(async (world) => {
      const other = await seller(world);
      const mine = [world.small.accountId];
      for (const handle of ["b", "c", "d"]) mine.push(await world.connect({ handle }));
      for (const account of mine) await fail(world, account);
      expect(await rest(world, mine[0]!)).toBe(30 * SECOND);
      expect(await rest(world, other)).toBe(0);
    });
  });

  it("nor by two accounts of two sellers", async () => {
    await withPostings(async (world) => {
      const [one, two, other] = [await seller(world), await seller(world), await seller(world)];
      for (const account of [one, two]) await fail(world, account);
      expect(await rest(world, other)).toBe(0);
    });
  });

  it("rests while three accounts of two workspaces do, and no longer", async () => {
    await withPostings(async (world) => {
      const other = await seller(world);
      const elsewhere = await world.connect({ platform: "craigslist", handle: "maria" });
      for (const account of [
        world.small.accountId,
        await world.connect({ handle: "b" }),
        await seller(world),
      ])
        await fail(world, account);
      expect(await rest(world, other)).toBe(30 * SECOND);
      expect(await rest(world, elsewhere)).toBe(0);
      await world.clock.pass(30 * SECOND);
      expect(await rest(world, other)).toBe(0);
    });
  });
});

describe("a circuit breaker", () => {
  it("is the worker's: a signed-in person is refused", async () => {
    await withPostings(async (world) => {
      const asked = world.as("owner", (sql) =>
        call(sql, "worker_breaker_note", { p_account_id: world.small.accountId, p_ok: true }),
      );
      expect(await refusalOf(asked)).toBe("42501");
    });
  });
});
