import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ChevronLeft, ChevronRight, RotateCw, Trash2 } from "lucide-react";
import type { Photo } from "#core/item/item.ts";
import { IconButton } from "#extension/ui/button.tsx";
import { classNames } from "#extension/ui/class-names.ts";
import { PhotoThumb } from "../photos/photo-thumb.tsx";
import { words } from "./words.ts";

export function PhotoTile({
  photo,
  index,
  total,
  onMove,
  onRotate,
  onRemove,
}: {
  photo: Photo;
  index: number;
  total: number;
  onMove: (by: 1 | -1) => void;
  onRotate: () => void;
  onRemove: () => void;
}) {
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({
    id: photo.id,
  });
  const n = index + 1;
  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Transform.toString(transform), transition }}
      className={classNames(
        "card relative overflow-hidden",
        index === 0 && "col-span-2",
        isDragging && "z-10 shadow-pop",
      )}
    >
      <div
        {...attributes}
        {...listeners}
        aria-label={words.photo(n, total)}
        className="cursor-grab touch-none"
      >
        <PhotoThumb
          photoId={photo.id}
          large={index === 0}
          className={classNames("block w-full rounded-none border-0", index === 0 ? "h-52" : "h-28")}
        />
      </div>
      {index === 0 ? (
        <span className="absolute top-2 left-2 rounded-sm bg-raised px-2 py-0.5 text-xs font-medium">
          {words.cover}
        </span>
      ) : null}
      <div className="flex justify-between border-t border-line px-0.5">
        <IconButton label={words.earlier(n)} disabled={index === 0} onClick={() => onMove(-1)}>
          <ChevronLeft aria-hidden className="size-4" />
        </IconButton>
        <IconButton label={words.rotate(n)} onClick={onRotate}>
          <RotateCw aria-hidden className="size-4" />
        </IconButton>
        <IconButton label={words.remove(n)} onClick={onRemove}>
          <Trash2 aria-hidden className="size-4" />
        </IconButton>
        <IconButton label={words.later(n)} disabled={index === total - 1} onClick={() => onMove(1)}>
          <ChevronRight aria-hidden className="size-4" />
        </IconButton>
      </div>
    </li>
  );
}
