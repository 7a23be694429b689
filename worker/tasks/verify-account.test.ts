/** "Check now": who is signed in with the stored session, and what the seller is told of it. */
import { describe, expect, it } from "vitest";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import { siteIds } from "#practice/sites.ts";
import { OVER } from "../testing/targets.ts";
import { BESIDE, workingWorld } from "../testing/working-world.ts";
import type { Connected } from "../testing/seller.ts";

const at = workingWorld();

const check = async (account: Connected) => {
  const { world } = at;
  const { targetIds } = await world.createJob(SAMPLES.jeans, [account], { action: "verify" });
  const [target] = await world.waitFor(targetIds, OVER);
  return target!;
};
const healthOf = async ({ id }: Connected): Promise<string | undefined> => {
  const { rows } = await at.world.admin.query<{ status: string }>(
    "select status from public.platform_accounts where id = $1",
    [id],
  );
  return rows[0]?.status;
};
const isProven = async ({ id }: Connected): Promise<boolean | undefined> => {
  const { rows } = await at.world.admin.query<{ proven: boolean }>(
    "select login_proven_at is not null as proven from public.platform_accounts where id = $1",
    [id],
  );
  return rows[0]?.proven;
};

describe.concurrent("verify_account", BESIDE, () => {
  it.each(siteIds)(
    "when the session is live on %s: connected; when it has ended: expired, and the seller is told",
    async (channel) => {
      const account = await at.world.freshAccount(channel);
      expect(await isProven(account)).toBe(false);
      expect(await check(account)).toMatchObject({ state: "done", permits: 0 });
      expect(await healthOf(account)).toBe("connected");
      expect(await isProven(account)).toBe(true);
      await at.world.control.fault(channel, "session-expired", { times: 20, account: account.handle });
      const ended = await check(account);
      expect(ended).toMatchObject({ state: "failed", ending: { code: "stop", stop: "login" } });
      expect(ended.reason).toMatch(/log in/i);
      expect(await healthOf(account)).toBe("expired");
    },
  );

  it("when the site is signed in as somebody else: the seller is told, and the account waits", async () => {
    const account = await at.world.freshAccount("mercari");
    await at.world.control.fault("mercari", "other-login", { as: "jonas", account: account.handle });
    expect(await check(account)).toMatchObject({ state: "failed", ending: { code: "wrong-login" } });
    expect(await healthOf(account)).toBe("needs_human");
    expect(await isProven(account)).toBe(false);
  });

  it("when the site is down: nothing is said of the account, it is tried again", async () => {
    const account = await at.world.freshAccount("facebook");
    const { handle } = account;
    const down = await at.world.control.fault("facebook", "site-down", { account: handle });
    const { targetIds } = await at.world.createJob(SAMPLES.jeans, [account], { action: "verify" });
    const [targetId = ""] = targetIds;
    await at.world.waitForEnding(targetId, "list-unreadable");
    expect(await healthOf(account)).toBe("connected");
    await at.world.control.release({ id: down.id });
    await at.world.admin.query("update public.job_targets set run_at = now() where id = $1", [targetId]);
    await at.world.admin.query(
      "select private.enqueue_target(t, now()) from public.job_targets t where id = $1",
      [targetId],
    );
    expect(await at.world.waitFor([targetId], OVER)).toMatchObject([{ state: "done" }]);
  });
});
