/** Opens an account's session and looks who is signed in: the health shown to the seller. */
import { reportHealth, type AccountRow } from "../data/accounts.ts";
import { leaseAccount, withLease } from "../data/leases.ts";
import { readAccount } from "../data/accounts.ts";
import { claimTarget, targetWriter, type TargetWriter } from "../data/targets.ts";
import type { WorkerContext } from "../worker-context.ts";
import { withSignedInPage } from "./attempt.ts";
import { endTarget, endingOf } from "./endings.ts";
import { accountPayloadSchema, type Run, type Task } from "./task.ts";

type Lease = { fence: number; writer: TargetWriter | null; attempt: number };

const takeLease = async (
  context: WorkerContext,
  payload: { accountId: string; targetId?: string | undefined },
  run: Run,
): Promise<Lease | null> => {
  if (!payload.targetId) {
    const lease = await leaseAccount(context.db, payload.accountId, run.holder);
    if (lease.held) return { fence: lease.fence, writer: null, attempt: 1 };
    if (lease.retryAt) await run.snooze(lease.retryAt);
    return null;
  }
  const claim = await claimTarget(context.db, payload.targetId, run.holder);
  if (claim.claimed)
    return {
      fence: claim.fence,
      writer: targetWriter(context.db, payload.targetId, claim.fence),
      attempt: claim.target.attempt,
    };
  return null; // a busy account is waited for: the database has seen to it
};

export const verifyAccount =
  (context: WorkerContext): Task =>
  async (payload, run) => {
    const ids = accountPayloadSchema.parse(payload);
    const account = await readAccount(context.db, ids.accountId);
    if (!account) return; // deleted since
    const lease = await takeLease(context, ids, run);
    if (!lease) return;
    await withLease(
      context.db,
      { accountId: account.id, fence: lease.fence, outer: run.signal },
      async (signal) => {
        try {
          await verify(context, account, lease, signal);
        } catch (error) {
          if (lease.writer)
            return endTarget(
              context,
              { writer: lease.writer, account, attempt: lease.attempt, report: {} },
              error,
            );
          const ending = endingOf(error);
          if (ending.kind !== "needs_human") throw error;
          if (ending.health) await reportHealth(context.db, account.id, lease.fence, ending.health);
        }
      },
    );
  };

const verify = async (
  context: WorkerContext,
  account: AccountRow,
  { fence, writer }: Lease,
  signal: AbortSignal,
): Promise<void> => {
  await writer?.move("claimed", "filling", {
    progress: { percent: 20, message: "Looking who is signed in" },
  });
  const marketplace = context.marketplaces[account.platform];
  const report = {};
  const signedIn = { account, marketplace, fence, writer, report, signal };
  await withSignedInPage(context, signedIn, () => Promise.resolve());
  await reportHealth(context.db, account.id, fence, { status: "connected", reason: null, replay: "yes" });
  await writer?.move("filling", "done", { report });
};
