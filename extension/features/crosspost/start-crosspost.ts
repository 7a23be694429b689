import type { Mode } from "#core/job/job.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { send } from "#extension/messages/send.ts";

export type Destination = { platform: ChannelId; accountId: string | null };

/** Starts posting in tabs; answers how many posts. @throws MessageError */
export const startInTabs = async (itemIds: string[], to: Destination[], mode: Mode): Promise<number> => {
  const channels = to.map(({ platform, accountId }) => ({ platform, ...(accountId ? { accountId } : {}) }));
  return (await send("post.start", { itemIds, channels, mode })).postIds.length;
};

/** One cloud job per item. `keys` are made when the form opens, so that pressing twice makes one job. @throws MessageError */
export const scheduleInCloud = async (
  itemIds: string[],
  to: Destination[],
  mode: Mode,
  runAt: string | null,
  keys: ReadonlyMap<string, string>,
): Promise<number> => {
  const accountIds = to.flatMap((d) => d.accountId ?? []);
  for (const itemId of itemIds) {
    const idempotencyKey = keys.get(itemId);
    if (!idempotencyKey) throw new Error("This form is out of date. Close it and open it again.");
    await send("jobs.schedule", { itemId, accountIds, mode, idempotencyKey, ...(runAt ? { runAt } : {}) });
  }
  return itemIds.length;
};
