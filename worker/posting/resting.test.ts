/** Accounts and channels that keep failing rest for a while: one seller's trouble stays theirs, and costs no attempts. */
import { describe, expect, it } from "vitest";
import type { BrowserPool } from "../browser/pool.ts";
import type { Connected, Seller } from "../testing/seller.ts";
import { BESIDE, workingWorld } from "../testing/working-world.ts";

const UNREACHABLE = " finds no way";

/** Sellers whose session says so reach no site. */
const withDeadEnds = (pool: BrowserPool): BrowserPool => ({
  ...pool,
  withContext: (options, use, seating) =>
    options.userAgent?.endsWith(UNREACHABLE)
      ? Promise.reject(new Error("net::ERR_TUNNEL_CONNECTION_FAILED"))
      : pool.withContext(options, use, seating),
});
const at = workingWorld({ change: (context) => ({ ...context, browsers: withDeadEnds(context.browsers) }) });

const deadEnd = (channel: "facebook" | "mercari", seller?: Seller): Promise<Connected> =>
  at.world.freshAccount(channel, seller, {
    change: (session) => ({ ...session, userAgent: session.userAgent + UNREACHABLE }),
  });
/** As many failures as make it rest for half an hour. */
const failOften = async ({ id }: Connected): Promise<void> => {
  for (let n = 0; n < 12; n += 1)
    await at.worker.context.db.call("worker_breaker_note", { p_account_id: id, p_ok: false });
};

describe("an account that keeps failing", BESIDE, () => {
  it("when three runs failed: the post ends as failed, the account rests, and its next post waits without a try", async () => {
    const account = await deadEnd("facebook");
    const post = await at.post("facebook", { account });
    expect(await post.settled()).toMatchObject({
      state: "failed",
      ending: { code: "unreachable" },
      attempt: 3,
      permits: 0,
    });
    const { rows } = await at.world.admin.query(
      "update private.circuit_breakers set rests_until = now() + interval '30 minutes' where account_id = $1 and rests_until > failed_at returning failures",
      [account.id],
    );
    expect(rows).toEqual([{ failures: 3 }]); // it rests; now longer than the slowest machine takes for the next post
    const next = await at.post("facebook", { account });
    const resting = await next.until("resting", ({ ending }) => ending?.code === "resting");
    expect(resting).toMatchObject({ state: "queued", attempt: 0 });
    const another = await at.post("facebook");
    expect(await another.settled()).toMatchObject({ state: "done" });
    expect(await another.listed()).toHaveLength(1);
    expect(await post.submits()).toBe(0);
  });

  it("when its owner connects it again: what rested goes on", async () => {
    const account = await at.world.freshAccount("mercari");
    await failOften(account);
    const post = await at.post("mercari", { account });
    await post.until("resting", ({ ending }) => ending?.code === "resting");
    const { id: accountId, handle } = account;
    await at.world.connect("mercari", { accountId, handle, sessionVersion: 2 });
    expect(await post.until("done", ({ state }) => state === "done")).toMatchObject({ attempt: 0 });
    expect(await post.listed()).toHaveLength(1);
  });
});

describe("a channel", BESIDE, () => {
  it("when many accounts of one seller fail: nobody else waits; when another seller's fails too: the channel does", async () => {
    const accounts = await Promise.all(["", "", ""].map(() => at.world.freshAccount("craigslist", at.world)));
    for (const account of accounts) await failOften(account);
    const other = await at.world.newSeller();
    const theirs = await at.post("craigslist", { seller: other });
    expect(await theirs.settled()).toMatchObject({ state: "done", attempt: 0 });

    const failing = await at.world.freshAccount("craigslist", other);
    await failOften(failing);
    const waiting = await at.post("craigslist", { seller: other });
    const resting = await waiting.until("resting", ({ ending }) => ending?.code === "resting");
    expect(resting).toMatchObject({ state: "queued", attempt: 0 });
    const elsewhere = await at.post("mercari", { seller: other });
    expect(await elsewhere.settled()).toMatchObject({ state: "done" });
    expect(await waiting.submits()).toBe(0);
  });
});
