import { Copy, Send, Trash2, X } from "lucide-react";
import { duplicateItem } from "#extension/store/duplicate-item.ts";
import { deleteItem, restoreItem } from "#extension/store/items.ts";
import { Button, IconButton } from "#extension/ui/button.tsx";
import { text } from "#extension/ui/messages.ts";
import { sentenceOf } from "#extension/ui/notices.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { syncSoon } from "./sync-soon.ts";
import { whatRemains } from "./what-remains.ts";
import { words } from "./words.ts";

const each = async (ids: string[], action: (id: string) => Promise<unknown>) => {
  try {
    for (const id of ids) await action(id);
  } catch (cause) {
    toasts.show(sentenceOf(cause), { meaning: "failed" });
  }
  syncSoon();
};

const duplicateEach = async (ids: string[]): Promise<void> => {
  let missing = 0;
  await each(ids, async (id) => {
    missing += (await duplicateItem(id)).photosMissing;
  });
  if (missing > 0) toasts.show(words.photosMissing(missing), { meaning: "attention" });
};

/** Deletes with a way back. */
export const deleteWithUndo = async (ids: string[]): Promise<void> => {
  const remains = await whatRemains(ids);
  await each(ids, (id) => deleteItem(id));
  const isMore = remains.live.length + remains.underWay.length > 0;
  toasts.show(words.deleted(ids.length, remains), {
    meaning: isMore ? "attention" : "ok",
    action: { label: text.undo, run: () => void each(ids, (id) => restoreItem(id)) },
  });
};

export function BulkBar({
  ids,
  onClear,
  onCrosspost,
}: {
  ids: string[];
  onClear: () => void;
  onCrosspost: () => void;
}) {
  if (ids.length === 0) return null;
  return (
    <section
      aria-label={words.selected}
      className="animate-in flex items-center gap-1 rounded sm:gap-2 border border-line bg-raised p-2 pl-3 shadow-pop"
    >
      <span role="status" className="tabular flex-1 font-medium whitespace-nowrap">
        {words.nSelected(ids.length)}
      </span>
      <Button
        kind="primary"
        icon={<Send aria-hidden className="size-4 max-sm:hidden" />}
        onClick={onCrosspost}
      >
        {words.crosspost}
      </Button>
      <Button
        icon={<Copy aria-hidden className="size-4" />}
        onClick={() => void duplicateEach(ids).then(onClear)}
      >
        <span className="max-sm:sr-only">{words.duplicate}</span>
      </Button>
      <Button
        icon={<Trash2 aria-hidden className="size-4" />}
        onClick={() => void deleteWithUndo(ids).then(onClear)}
      >
        <span className="max-sm:sr-only">{words.delete}</span>
      </Button>
      <IconButton label={words.clear} onClick={onClear}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </section>
  );
}
