/**
 * Carries one posting on in the cloud: it looks, fills, presses once and reads back, or looks for what may have been posted.
 * Which of these it is the record says; the story is core/host/carry-out.ts.
 */
import { givingBack, withLease } from "../data/leases.ts";
import { claimTarget } from "../data/postings.ts";
import { runPosting } from "../posting/run-posting.ts";
import type { WorkerContext } from "../worker-context.ts";
import { targetPayloadSchema, type Task } from "./task.ts";

export const runTarget =
  (context: WorkerContext): Task =>
  async (payload, run) => {
    const { targetId } = targetPayloadSchema.parse(payload);
    await givingBack(context, run.holder, async () => {
      const claim = await claimTarget(context, targetId, run.holder);
      // A busy account needs nothing here: the database has put the posting back to wait for it.
      if (!claim.claimed) return context.log.debug({ targetId, reason: claim.reason }, "not claimed");
      context.reach("claimed", targetId);
      const lease = { accountId: claim.place.account_id, fence: claim.fence, outer: run.signal };
      await withLease(context.db, lease, (signal) => runPosting(context, claim, signal));
    });
  };
