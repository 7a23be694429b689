import { classNames } from "#extension/ui/class-names.ts";
import { spotName } from "./field-text.ts";
import type { Draft } from "./use-draft.ts";
import { words } from "./words.ts";

/** A line of its own where there is little room, so that nothing moves when it says more. */
const PLACE = "text-sm max-sm:order-last max-sm:basis-full";

/** "Saved" is only said when everything in the controls is in the database as it is read there. */
export function SaveState({ draft }: { draft: Draft }) {
  if (draft.unsaved.length > 0)
    return (
      <span role="status" className={classNames(PLACE, "text-attention")}>
        {words.unsaved(draft.unsaved.map(({ spot }) => spotName(spot)))}
      </span>
    );
  return (
    <span role="status" className={classNames(PLACE, "text-ink-3")}>
      {draft.saving ? words.saving : words.saved}
    </span>
  );
}
