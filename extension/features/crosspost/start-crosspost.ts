import type { Mode } from "#core/job/job.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { MessageError, send } from "#extension/messages/send.ts";

export type Destination = {
  platform: ChannelId;
  accountId: string | null;
  /** Chosen although it is live there: one more, on purpose. */
  again: boolean;
};

/** `left`: how many were left out, because they are live there. */
export type Started = { posts: number; left: number };

/** Starts posting in tabs. @throws MessageError */
export const startInTabs = async (itemIds: string[], to: Destination[], mode: Mode): Promise<Started> => {
  const channels = to.map(({ platform, accountId, again }) => ({
    platform,
    again,
    ...(accountId ? { accountId } : {}),
  }));
  const { postIds, alreadyLive } = await send("post.start", { itemIds, channels, mode });
  return { posts: postIds.length, left: alreadyLive.length };
};

/** What keeps a form that is sent twice from making two jobs: made when the form opens. */
export type Keys = { first: string; again: string };
export const newKeys = (itemIds: readonly string[]): ReadonlyMap<string, Keys> =>
  new Map(itemIds.map((id) => [id, { first: crypto.randomUUID(), again: crypto.randomUUID() }]));

export type Refused = { itemId: string; reason: string };
export type Scheduled = { done: string[]; refused: Refused[] };
type Schedule = { mode: Mode; runAt: string | null; keys: ReadonlyMap<string, Keys> };

/** Whatever else is asked then is answered the same: not reached, not signed in, or too much at once. */
const ALL_OR_NONE = ["unavailable", "signed-out", "unauthenticated", "rate_limited", "no-answer"];

/** One cloud job per item, and one more for what is asked for beside a live one. One refusal holds up no other item. */
export const scheduleInCloud = async (
  itemIds: readonly string[],
  to: Destination[],
  schedule: Schedule,
): Promise<Scheduled> => {
  const result: Scheduled = { done: [], refused: [] };
  for (const [at, itemId] of itemIds.entries()) {
    try {
      await scheduleItem(itemId, to, schedule);
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

const scheduleItem = async (
  itemId: string,
  to: Destination[],
  { mode, runAt, keys }: Schedule,
): Promise<void> => {
  const own = keys.get(itemId);
  if (!own) throw new Error("This form is out of date. Close it and open it again.");
  for (const again of [false, true]) {
    const accountIds = to.filter((one) => one.again === again).flatMap((one) => one.accountId ?? []);
    if (accountIds.length === 0) continue;
    const idempotencyKey = again ? own.again : own.first;
    const when = runAt ? { runAt } : {};
    await send("jobs.schedule", { itemId, accountIds, mode, again, idempotencyKey, ...when });
  }
};
