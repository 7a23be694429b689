/** What hinders these items on these sites, each with its fix as a button. */
import type { Item, ItemFields } from "#core/item/item.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import type { Problem } from "#core/plan/problem.ts";
import { MARKETPLACES } from "#marketplaces/index.ts";
import { editItem } from "#extension/store/items.ts";
import { Button, buttonLook } from "#extension/ui/button.tsx";
import { ChannelTile, channelName } from "#extension/ui/channel-tile.tsx";
import { MeaningIcon, sentenceOf } from "#extension/ui/notices.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { syncSoon } from "../inventory/sync-soon.ts";
import { words } from "./words.ts";

export type FoundProblem = { item: Item; channel: ChannelId; problem: Problem };

export const findProblems = (items: Item[], channels: ChannelId[]): FoundProblem[] =>
  items.flatMap((item) =>
    channels.flatMap((channel) =>
      MARKETPLACES[channel].problemsOf(item).map((problem) => ({ item, channel, problem })),
    ),
  );

/** A fix found for one site changes that site alone. */
export const applyFix = async ({ item, channel, problem }: FoundProblem): Promise<void> => {
  if (!problem.fix) return;
  const own = item.overrides[channel] ?? {};
  const edit: Partial<ItemFields> = {
    overrides: { ...item.overrides, [channel]: { ...own, [problem.fix.field]: problem.fix.value } },
  };
  try {
    await editItem(item.id, () => edit);
    syncSoon();
  } catch (cause) {
    toasts.show(sentenceOf(cause), { meaning: "failed" });
  }
};

export function ProblemsList({
  found,
  showItem,
  showChannel = true,
}: {
  found: FoundProblem[];
  showItem: boolean;
  showChannel?: boolean;
}) {
  return (
    <ul className="divide-y divide-line rounded border border-line bg-surface">
      {found.map((f) => (
        <li
          key={`${f.item.id} ${f.channel} ${f.problem.field} ${f.problem.code}`}
          className="flex items-start gap-2 px-3 py-1.5"
        >
          <MeaningIcon meaning={f.problem.severity === "error" ? "failed" : "attention"} className="mt-1.5" />
          {showChannel ? (
            <span className="mt-1 inline-flex">
              <ChannelTile channel={f.channel} size={20} label={channelName(f.channel)} />
            </span>
          ) : null}
          <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-40 flex-1 py-1">
              {f.problem.message}
              {showItem ? <span className="block truncate text-sm text-ink-3">{f.item.title}</span> : null}
            </span>
            <span className="flex flex-wrap gap-1">
              {f.problem.fix ? (
                <Button small onClick={() => void applyFix(f)}>
                  {f.problem.fix.label}
                </Button>
              ) : null}
              {showItem ? (
                <a href={`#/inventory/${f.item.id}`} className={buttonLook("quiet", true)}>
                  {words.open}
                </a>
              ) : null}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
