/** What was typed into these items and is not saved: it would not be what is sent. */
import type { Item } from "#core/item/item.ts";
import { buttonLook } from "#extension/ui/button.tsx";
import { Banner } from "#extension/ui/notices.tsx";
import type { DraftView } from "../editor/draft-view.ts";
import { spotName } from "../editor/field-text.ts";
import { words } from "./words.ts";

type Unsaved = DraftView["unsaved"][number] & { item: Item };

export function UnsavedList({ unsaved, onOpen }: { unsaved: readonly Unsaved[]; onOpen: () => void }) {
  return (
    <Banner meaning="failed">
      <ul className="flex flex-col gap-1">
        {unsaved.map(({ item, spot, why }) => (
          <li
            key={`${item.id} ${spot.channel ?? ""} ${spot.field}`}
            className="flex flex-wrap items-center gap-x-3"
          >
            <span className="min-w-40 flex-1">{words.unsaved(spotName(spot), item.title, why)}</span>
            <a href={`#/inventory/${item.id}`} onClick={onOpen} className={buttonLook("quiet", true)}>
              {words.open}
            </a>
          </li>
        ))}
      </ul>
    </Banner>
  );
}
