/** What was asked for in tabs is the cloud's only by the fallback the person allowed, and never once a tab came for it. */
import { describe, expect, it } from "vitest";
import type { PostingEvent } from "#core/posting/index.ts";
import { BESIDE, workingWorld, type Posted } from "../testing/working-world.ts";

const at = workingWorld();

type Claimed = { claimed: boolean; reason?: string; fence: number };
/** As the worker would: whatever brought it here. */
const claimForCloud = ({ targetId }: Posted): Promise<Claimed> =>
  at.worker.context.db.call("claim_target", { p_target_id: targetId, p_holder: "test/1" });
const claimForTab = ({ targetId }: Posted): Promise<Claimed> =>
  at.world.call("claim_target", { p_target_id: targetId, p_holder: "a tab" });
const releaseTab = ({ account }: Posted, { fence }: Claimed): Promise<boolean> =>
  at.world.call("release_lease", { p_account_id: account.id, p_fence: fence });
/** As though the time of the fallback had come, and the queue had been told. */
const fallBack = async (post: Posted): Promise<void> => {
  await at.world.admin.query(
    "update public.job_targets set fallback_at = now() - interval '1 second' where id = $1",
    [post.targetId],
  );
  await post.lookNow();
};

describe.concurrent("a target asked for in tabs", BESIDE, () => {
  it("when no fallback was allowed: the cloud may not have it, whoever sends it there", async () => {
    const post = await at.post("mercari", { driver: "tab" });
    await post.lookNow();
    expect(await claimForCloud(post)).toMatchObject({ claimed: false });
    expect(await at.world.target(post.targetId)).toMatchObject({ state: "queued", driver: "tab" });
    expect(await post.submits()).toBe(0);
  });

  it("when the fallback was allowed and no tab came: the cloud posts it, once", async () => {
    const post = await at.post("facebook", { driver: "tab", fallbackAfterSeconds: 60 });
    expect(await claimForCloud(post)).toMatchObject({ claimed: false });
    await fallBack(post);
    expect(await post.settled()).toMatchObject({ state: "done", driver: "cloud", tabClaimed: false });
    expect(await post.listed()).toHaveLength(1);
    expect(await post.submits()).toBe(1);
  });

  it("when a tab came for it first and gave it back: it stays the tabs'", async () => {
    const post = await at.post("craigslist", { driver: "tab", fallbackAfterSeconds: 60 });
    const tab = await claimForTab(post);
    expect(tab).toMatchObject({ claimed: true });
    const { fence } = tab;
    const ending = { code: "interrupted" } as const;
    const back: PostingEvent = { kind: "requeue", fence, ending, inMs: 0, usesAttempt: false };
    expect(await at.world.tell(post.targetId, back)).toMatchObject({ ok: true });
    await releaseTab(post, tab);
    await fallBack(post);
    expect(await claimForCloud(post)).toMatchObject({ claimed: false });
    expect(await post.submits()).toBe(0);
  });

  it("when a captcha stopped the tab and the person says to go on: it is not the cloud that does", async () => {
    const post = await at.post("mercari", { driver: "tab", fallbackAfterSeconds: 60 });
    const tab = await claimForTab(post);
    const ending = { code: "stop", stop: "captcha" } as const;
    const { fence } = tab;
    const ask: PostingEvent = { kind: "ask", fence, question: "stop", ending, candidates: [] };
    expect(await at.world.tell(post.targetId, ask)).toMatchObject({ ok: true });
    await releaseTab(post, tab);
    await at.world.answer(post.targetId, { kind: "go-on" });
    await fallBack(post);
    expect(await claimForCloud(post)).toMatchObject({ claimed: false });
    expect(await at.world.target(post.targetId)).toMatchObject({ state: "queued", driver: "tab" });
    expect(await post.submits()).toBe(0);
  });
});
