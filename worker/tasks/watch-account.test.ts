/** What ended without proof is watched for: a listing that comes up late is asked about, and never posted beside. */
import { describe, expect, it, vi } from "vitest";
import type { Connected } from "../testing/seller.ts";
import type { SiteId } from "#practice/sites.ts";
import { BESIDE, workingWorld, type Posted } from "../testing/working-world.ts";

const at = workingWorld();

/** A post that was lost, looked for, denied by the person, and closed. */
const closedAfterPress = async (channel: SiteId, account?: Connected): Promise<Posted> => {
  const post = await at.post(channel, { faults: [["late-commit"]], ...(account ? { account } : {}) });
  expect(await post.settled()).toMatchObject({ state: "needs_human", ending: { code: "not-found" } });
  await at.world.answer(post.targetId, { kind: "not-there", again: false });
  const closed = await post.until("closed", ({ closedAt }) => closedAt !== null);
  expect(closed).toMatchObject({ state: "failed", presses: 1 });
  return post;
};
/** Rows that were there before, and stand above whatever is made next, as those do which a seller renews. */
const RENEWED = Array.from({ length: 8 }, (_, index) => ({
  title: `Renewed ${index}`,
  price: "9",
  at: new Date(Date.now() + 24 * 3_600_000).toISOString(),
}));

const untilListed = (post: Posted): Promise<void> =>
  vi.waitFor(async () => expect(await post.listed()).toHaveLength(1), { timeout: 60_000, interval: 200 });
const watchNow = ({ account }: Posted): Promise<void> =>
  at.worker.context.db.call("worker_watch_again", { p_account_id: account.id, p_after_seconds: 0 });

describe.concurrent("watch_account", BESIDE, () => {
  it.each(["facebook", "craigslist"] as const)(
    "when %s makes the listing after its posting was closed, under renewed ones: a person is asked about the row, one listing",
    async (channel) => {
      const account = await at.world.freshAccount(channel);
      await at.world.control.list(channel, account.handle, RENEWED);
      const post = await closedAfterPress(channel, account);
      await post.release("late-commit");
      await untilListed(post);
      await watchNow(post);
      const asked = await post.until("asked", ({ question }) => question !== null);
      const [listing] = await post.listed();
      expect(asked).toMatchObject({
        state: "needs_human",
        ending: { code: "late-row" },
        question: { kind: "there", candidates: [{ externalId: listing?.externalId }] },
      });
      const { externalId } = listing!;
      await at.world.answer(post.targetId, { kind: "is-it", externalId, url: null });
      expect(await post.until("done", ({ state }) => state === "done")).toMatchObject({
        presses: 1,
        listing: { externalId },
      });
      expect(await post.submits()).toBe(1);
    },
  );

  it("when the login is out of order while it is to be looked at: it is looked again later, and at once when it works", async () => {
    const post = await closedAfterPress("craigslist");
    const { admin } = at.world;
    const { id } = post.account;
    const is = (status: string) =>
      admin.query("update public.platform_accounts set status = $2 where id = $1", [id, status]);
    const dueInMs = async (): Promise<number | null> => {
      const { rows } = await admin.query<{ ms: string }>(
        "select extract(epoch from run_at - now()) * 1000 as ms from graphile_worker.jobs where key = $1 and locked_at is null",
        [`watch:${id}`],
      );
      return rows[0] ? Number(rows[0].ms) : null;
    };
    await is("expired");
    await watchNow(post);
    await admin.query("update graphile_worker._private_jobs set run_at = now() where key = $1", [
      `watch:${id}`,
    ]);
    // Taken, and put back for later: nothing of it was lost.
    await vi.waitFor(async () => expect(await dueInMs()).toBeGreaterThan(600_000), { timeout: 60_000 });
    await post.release("late-commit");
    await untilListed(post);
    await is("connected");
    expect(await post.until("asked", ({ question }) => question !== null)).toMatchObject({
      ending: { code: "late-row" },
    });
  });

  it("when another item is posted at the login meanwhile: its reading finds the late row too", async () => {
    const post = await closedAfterPress("mercari");
    await post.release("late-commit");
    await untilListed(post);
    const next = await at.post("mercari", { account: post.account });
    expect(await next.settled()).toMatchObject({ state: "done" });
    expect(await post.until("asked", ({ question }) => question !== null)).toMatchObject({
      ending: { code: "late-row" },
    });
    expect(await post.listed()).toHaveLength(1);
    expect(await next.listed()).toHaveLength(1);
  });
});
