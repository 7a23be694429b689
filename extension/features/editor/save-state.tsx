import { spotName } from "./field-text.ts";
import type { Draft } from "./use-draft.ts";
import { words } from "./words.ts";

/** "Saved" is only said when everything in the controls is in the database as it is read there. */
export function SaveState({ draft }: { draft: Draft }) {
  if (draft.unsaved.length > 0)
    return (
      <span role="status" className="text-sm text-attention">
        {words.unsaved(draft.unsaved.map(({ spot }) => spotName(spot)))}
      </span>
    );
  return (
    <span role="status" className="text-sm text-ink-3 max-sm:sr-only">
      {draft.saving ? words.saving : words.saved}
    </span>
  );
}
