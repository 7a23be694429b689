/** Logins, captchas, checks, blocks and limits: on the way to the form, and as the answer to the press. */
import { describe, expect, it } from "vitest";
import type { ChannelId } from "#core/marketplace/index.ts";
import type { FaultOptions } from "#practice/control-client.ts";
import type { FaultName } from "#practice/server/fault-request.ts";
import { BESIDE, workingWorld, type Posted } from "../testing/working-world.ts";

const at = workingWorld({ scale: 0.02 });

const healthOf = async ({ account }: Posted) => {
  const { rows } = await at.world.admin.query<{ status: string }>(
    "select status from public.platform_accounts where id = $1",
    [account.id],
  );
  return rows[0]?.status;
};

describe.concurrent("a stop page before anything is pressed", BESIDE, () => {
  it.each<[ChannelId, FaultName, string, RegExp]>([
    ["facebook", "captcha", "needs_human", /captcha/],
    ["facebook", "checkpoint", "needs_human", /check that it is you/],
    ["mercari", "block", "blocked", /blocked/],
    ["craigslist", "block", "blocked", /blocked/],
  ])(
    "when %s shows %s: a person is asked, nothing is pressed, no attempt is used up, and the next post waits",
    async (channel, fault, status, reason) => {
      const post = await at.post(channel, { faults: [[fault, { at: "load", times: 20 }]] });
      const target = await post.settled();
      expect(target).toMatchObject({
        state: "needs_human",
        question: { kind: "stop" },
        attempt: 0,
        permits: 0,
      });
      expect(target.reason).toMatch(reason);
      expect(await healthOf(post)).toBe(status);
      // One captcha is enough: what else is asked of this login waits until it works again.
      const next = await at.post(channel, { account: post.account });
      const resting = await next.until("resting", ({ ending }) => ending?.code === "account");
      expect(resting).toMatchObject({ state: "queued", attempt: 0 });
      expect(await post.submits()).toBe(0);
    },
  );

  it("when the site asks to log in though the session is fresh: the cloud is not used for it any more, which is said", async () => {
    const { world } = at;
    const account = await world.freshAccount("craigslist");
    const faults = [["session-expired", { at: "load", times: 20 }]] as const;
    const post = await at.post("craigslist", { account, faults });
    const next = await at.post("craigslist", { account });
    const [target, other] = [await post.settled(), await next.settled()];
    expect(target).toMatchObject({
      state: "needs_human",
      ending: { code: "stop", stop: "login" },
      attempt: 0,
    });
    expect(target.reason).toMatch(/log in/);
    expect(other).toMatchObject({
      state: "needs_human",
      ending: { code: "stuck", last: { code: "cloud-off" } },
      attempt: 0,
      permits: 0,
    });
    await expect(at.post("craigslist", { account })).rejects.toThrow("may not be used from the cloud");
    expect(await post.submits()).toBe(0);
  });

  it("when the site has let this login post as much as it allows: asked, the account stays as it is", async () => {
    const post = await at.post("mercari", { faults: [["limit-reached", { times: 20 }]] });
    const target = await post.settled();
    expect(target).toMatchObject({
      state: "needs_human",
      ending: { code: "stop", stop: "limit" },
      attempt: 0,
    });
    expect(await healthOf(post)).toBe("connected");
    expect(await post.listed()).toEqual([]);
  });

  it("when the account works again: what waited for it goes on by itself, and what asked after an answer", async () => {
    const { world } = at;
    const post = await at.post("facebook", { faults: [["captcha", { at: "load", times: 1 }]] });
    await post.settled();
    const next = await at.post("facebook", { account: post.account });
    await next.until("resting", ({ ending }) => ending?.code === "account");
    const { id: accountId, handle } = post.account;
    await world.connect("facebook", { accountId, handle, sessionVersion: 2 });
    expect(await next.until("done", ({ state }) => state === "done")).toMatchObject({ presses: 1 });
    await world.answer(post.targetId, { kind: "go-on" });
    expect(await post.until("done", ({ state }) => state === "done")).toMatchObject({ presses: 1 });
  });
});

describe.concurrent("a stop page after the press", BESIDE, () => {
  const submit = { at: "submit" } as const;
  /** One of each kind; that each site's own pages are known for what they are is in marketplaces/. */
  const stops: [ChannelId, FaultName, FaultOptions][] = [
    ["mercari", "captcha", submit],
    ["facebook", "block", submit],
    ["craigslist", "limit-reached", {}],
    ["facebook", "session-expired", submit],
    ["mercari", "checkpoint", submit],
  ];
  it.each(stops)(
    "when %s answers the press with %s, and made nothing: a person is asked, nothing is pressed again by itself",
    async (channel, fault, how) => {
      const post = await at.post(channel, { faults: [[fault, how]] });
      const target = await post.settled();
      expect(target).toMatchObject({
        state: "needs_human",
        question: { kind: expect.stringMatching(/stop|there/) },
        presses: 1,
      });
      // Whether the site acted before it stopped is not known.
      expect(target.unsettledAt).not.toBeNull();
      expect(await post.listed()).toEqual([]);
      expect(await post.submits()).toBe(1);
    },
  );

  it.each(stops)(
    "when %s answers the press with %s although it made the listing: one listing, found now or when it works again",
    async (channel, fault, how) => {
      const { world } = at;
      const post = await at.post(channel, { faults: [[fault, { ...how, commit: true }]] });
      const target = await post.settled();
      if (target.state !== "done") {
        const { id: accountId, handle } = post.account;
        await world.connect(channel, { accountId, handle, sessionVersion: 2 });
        await world.answer(post.targetId, { kind: target.question?.kind === "there" ? "wait" : "go-on" });
      }
      const done = await post.until("done", ({ state }) => state === "done");
      const [listing, ...more] = await post.listed();
      expect(more).toEqual([]);
      expect(done).toMatchObject({ presses: 1, listing: { externalId: listing?.externalId } });
    },
  );

  it("when it made nothing, and the person says so and asks for it again: posted, one listing", async () => {
    const { world } = at;
    const post = await at.post("craigslist", { faults: [["captcha", { at: "submit" }]] });
    expect(await post.settled()).toMatchObject({ question: { kind: "stop" }, presses: 1 });
    // Nobody can know before the window is over, however long this test took until here: it is asked again then.
    await world.admin.query("update public.job_targets set window_ms = 3600000 where id = $1", [
      post.targetId,
    ]);
    await world.answer(post.targetId, { kind: "not-there", again: true });
    expect(await world.target(post.targetId)).toMatchObject({ state: "unknown", presses: 1 });
    await world.admin.query("update public.job_targets set window_ms = 0, run_at = now() where id = $1", [
      post.targetId,
    ]);
    await post.lookNow();
    expect(await post.settled()).toMatchObject({ presses: 1, ending: { code: "not-found" } });
    await world.answer(post.targetId, { kind: "not-there", again: true });
    expect(await post.until("done", ({ state }) => state === "done")).toMatchObject({ presses: 2 });
    expect(await post.listed()).toHaveLength(1);
  });
});
