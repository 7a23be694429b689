/** What hinders these items on these sites, each with its fix as a button. */
import type { Item } from "#core/item/item.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { mended } from "#core/marketplace/overrides.ts";
import type { Fix, Problem } from "#core/plan/problem.ts";
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

type Press = (found: FoundProblem, fix: Fix) => Promise<unknown>;

/** Applies the fix to the item as it is stored by then. */
const mendStored: Press = async ({ item }, fix) => {
  await editItem(item.id, (stored) => ({ overrides: mended(stored, fix).overrides }));
  syncSoon();
};

export function ProblemsList({
  found,
  showItem,
  showChannel = true,
  onFix = mendStored,
}: {
  found: FoundProblem[];
  showItem: boolean;
  showChannel?: boolean;
  onFix?: Press;
}) {
  const press = (f: FoundProblem, fix: Fix) => {
    onFix(f, fix).catch((cause: unknown) => toasts.show(sentenceOf(cause), { meaning: "failed" }));
  };
  return (
    <ul className="divide-y divide-line rounded border border-line bg-surface">
      {found.map((f) => {
        const { fix } = f.problem;
        return (
          <li
            key={`${f.item.id} ${f.channel} ${f.problem.field} ${f.problem.code}`}
            className="flex items-start gap-2 px-3 py-1.5"
          >
            <MeaningIcon
              meaning={f.problem.severity === "error" ? "failed" : "attention"}
              className="mt-1.5"
            />
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
              <span className="flex min-w-0 flex-wrap gap-1">
                {fix ? (
                  <Button small className="h-auto min-h-7 max-w-full text-left" onClick={() => press(f, fix)}>
                    {fix.label}
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
        );
      })}
    </ul>
  );
}
