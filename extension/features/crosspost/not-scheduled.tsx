/** Which of several items could not be scheduled, and why: once per reason. */
import type { Item } from "#core/item/item.ts";
import { Banner } from "#extension/ui/notices.tsx";
import type { Refused } from "./start-crosspost.ts";
import { words } from "./words.ts";

export function NotScheduled({
  refused,
  scheduled,
  items,
}: {
  refused: readonly Refused[];
  scheduled: number;
  items: readonly Item[];
}) {
  const titleOf = (itemId: string) => items.find((item) => item.id === itemId)?.title ?? "";
  const byReason = [...Map.groupBy(refused, ({ reason }) => reason)];
  return (
    <Banner meaning="failed">
      <p>{words.notScheduled(refused.length, scheduled)}</p>
      <ul aria-label={words.notScheduledList} className="mt-1 flex max-h-40 flex-col gap-1 overflow-y-auto">
        {byReason.map(([reason, those]) => (
          <li key={reason}>
            {reason}
            <span className="block text-sm text-ink-2">
              {those.map(({ itemId }) => titleOf(itemId)).join(" · ")}
            </span>
          </li>
        ))}
      </ul>
    </Banner>
  );
}
