import { ArrowLeft, Check, Send, Trash2 } from "lucide-react";
import { Tabs } from "radix-ui";
import { useState } from "react";
import type { Item } from "#core/item/item.ts";
import { CHANNEL_IDS, MARKETPLACES } from "#marketplaces/index.ts";
import { errorsAmong } from "#core/marketplace/checks.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { Button, IconButton, buttonLook } from "#extension/ui/button.tsx";
import { ChannelTile } from "#extension/ui/channel-tile.tsx";
import { EmptyPlace, SkeletonRows } from "#extension/ui/notices.tsx";
import { CrosspostDialog } from "../crosspost/crosspost-dialog.tsx";
import { goTo } from "../dashboard/use-route.ts";
import { deleteWithUndo } from "../inventory/bulk-bar.tsx";
import { ChannelTab } from "./channel-tab.tsx";
import { FieldsForm } from "./fields-form.tsx";
import { PhotosPanel } from "./photos-panel.tsx";
import { SaveState } from "./save-state.tsx";
import { useDraft } from "./use-draft.ts";
import { words } from "./words.ts";

function TabName({ item, channel }: { item: Item; channel: ChannelId }) {
  const errors = errorsAmong(MARKETPLACES[channel].problemsOf(item)).length;
  return (
    <>
      <ChannelTile channel={channel} size={20} />
      {MARKETPLACES[channel].identity.name}
      {errors > 0 ? (
        <span
          className="tabular rounded-full bg-failed-soft px-1.5 text-xs font-semibold text-failed"
          aria-label={words.problems(errors)}
        >
          {errors}
        </span>
      ) : (
        <Check aria-hidden className="size-3.5 text-ok" />
      )}
    </>
  );
}

export function ItemEditor({ itemId }: { itemId: string }) {
  const draft = useDraft(itemId);
  const [posting, setPosting] = useState(false);
  const { item } = draft;
  if (item === undefined)
    return (
      <div className="p-6">
        <SkeletonRows rows={8} />
      </div>
    );
  if (item === null || item.deletedAt) {
    return (
      <EmptyPlace
        title={words.gone}
        action={
          <a href="#/inventory" className={buttonLook("primary")}>
            {words.back}
          </a>
        }
      >
        {words.goneText}
      </EmptyPlace>
    );
  }
  const tab =
    "inline-flex h-9 items-center gap-2 border-b-2 border-transparent px-3 font-medium whitespace-nowrap text-ink-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink";
  return (
    <div className="flex flex-col gap-4 p-3 sm:p-6">
      <header className="flex flex-wrap items-center gap-2">
        <a href="#/inventory" aria-label={words.back} title={words.back} className={buttonLook("quiet")}>
          <ArrowLeft aria-hidden className="size-4" />
        </a>
        <h1 className="min-w-0 flex-1 truncate text-lg sm:text-xl font-semibold" title={item.title}>
          {item.title || "–"}
        </h1>
        <SaveState draft={draft} />
        <IconButton
          label={words.delete}
          onClick={() => void deleteWithUndo([itemId]).then(() => goTo("/inventory"))}
        >
          <Trash2 aria-hidden className="size-4" />
        </IconButton>
        <Button
          kind="primary"
          icon={<Send aria-hidden className="size-4" />}
          onClick={() => {
            void draft.flush().then(() => setPosting(true));
          }}
        >
          {words.crosspost}
        </Button>
      </header>
      <div className="grid max-w-6xl items-start gap-6 lg:grid-cols-[320px_minmax(0,1fr)]">
        <PhotosPanel item={item} />
        <Tabs.Root defaultValue="all" className="min-w-0">
          <Tabs.List
            aria-label={words.sites}
            className="mb-4 flex overflow-x-auto [scrollbar-width:none] border-b border-line"
          >
            <Tabs.Trigger value="all" className={tab}>
              {words.allSites}
            </Tabs.Trigger>
            {CHANNEL_IDS.map((id) => (
              <Tabs.Trigger key={id} value={id} className={tab}>
                <TabName item={item} channel={id} />
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <Tabs.Content value="all">
            <FieldsForm item={item} draft={draft} />
          </Tabs.Content>
          {CHANNEL_IDS.map((id) => (
            <Tabs.Content key={id} value={id}>
              <ChannelTab item={item} channel={id} draft={draft} />
            </Tabs.Content>
          ))}
        </Tabs.Root>
      </div>
      {posting ? (
        <CrosspostDialog
          itemIds={[itemId]}
          onClose={() => setPosting(false)}
          onStarted={() => goTo("/jobs")}
        />
      ) : null}
    </div>
  );
}
