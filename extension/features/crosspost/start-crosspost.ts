import type { Mode } from "#core/job/job.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { MessageError, send } from "#extension/messages/send.ts";

export type Destination = { platform: ChannelId; accountId: string | null };

/** Starts posting in tabs; answers how many posts. @throws MessageError */
export const startInTabs = async (itemIds: string[], to: Destination[], mode: Mode): Promise<number> => {
  const channels = to.map(({ platform, accountId }) => ({ platform, ...(accountId ? { accountId } : {}) }));
  return (await send("post.start", { itemIds, channels, mode })).postIds.length;
};

export type Refused = { itemId: string; reason: string };
export type Scheduled = { done: string[]; refused: Refused[] };

/** Whatever else is asked then is answered the same: not reached, not signed in, or too much at once. */
const ALL_OR_NONE = ["unavailable", "signed-out", "unauthenticated", "rate_limited", "no-answer"];

/**
 * One cloud job per item; one that is refused does not hold up the others.
 * @param keys made when the form opens, so that pressing twice makes one job.
 */
export const scheduleInCloud = async (
  itemIds: readonly string[],
  to: Destination[],
  mode: Mode,
  runAt: string | null,
  keys: ReadonlyMap<string, string>,
): Promise<Scheduled> => {
  const accountIds = to.flatMap((d) => d.accountId ?? []);
  const result: Scheduled = { done: [], refused: [] };
  for (const [at, itemId] of itemIds.entries()) {
    const idempotencyKey = keys.get(itemId);
    if (!idempotencyKey) throw new Error("This form is out of date. Close it and open it again.");
    try {
      await send("jobs.schedule", { itemId, accountIds, mode, idempotencyKey, ...(runAt ? { runAt } : {}) });
      result.done.push(itemId);
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      const reason = error.message;
      if (!ALL_OR_NONE.includes(error.code)) {
        result.refused.push({ itemId, reason });
        continue;
      }
      result.refused.push(...itemIds.slice(at).map((rest) => ({ itemId: rest, reason })));
      break;
    }
  }
  return result;
};
