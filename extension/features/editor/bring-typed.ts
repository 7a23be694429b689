/** What was typed last in a page that is gone: brought in as if its last moment had not been cut off. */
import { database } from "#extension/store/database.ts";
import { saveTyped } from "#extension/store/typing.ts";
import { bringWhatWasLeft, type Entry } from "#extension/store/typing-journal.ts";
import { syncSoon } from "../inventory/sync-soon.ts";
import { editFrom, groupOf, spotOf, storedField } from "./spots.ts";

const bring = async (itemId: string, group: string, entries: readonly Entry[]): Promise<void> => {
  const [first] = entries;
  if (!first || !(await database.items.get(itemId))) return;
  const spot = spotOf(group);
  const kept = await database.drafts.where("itemId").equals(itemId).toArray();
  const held = new Map(
    [...kept.filter(({ key }) => groupOf(key) === group), ...entries].map(({ key, raw }) => [key, raw]),
  );
  await saveTyped({
    itemId,
    held,
    edit: editFrom(spot, held),
    seen: { field: storedField(spot), over: first.over },
    typedAt: entries.at(-1)?.at ?? first.at,
  });
};

/** Call once in every page that may be typed into. */
export const bringTyped = (): void =>
  bringWhatWasLeft(async (left) => {
    const fields = Map.groupBy(left, ({ itemId, key }) => `${itemId} ${groupOf(key)}`);
    for (const entries of fields.values())
      await bring(entries[0]?.itemId ?? "", groupOf(entries[0]?.key ?? ""), entries);
    if (left.length > 0) syncSoon();
  });
