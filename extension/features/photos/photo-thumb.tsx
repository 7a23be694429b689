/** A stored photo's small picture; the object URL lives as long as the element. */
import { useLiveQuery } from "dexie-react-hooks";
import { ImageOff } from "lucide-react";
import { useEffect, useState } from "react";
import { database } from "#extension/store/database.ts";
import { classNames } from "#extension/ui/class-names.ts";

export function PhotoThumb({
  photoId,
  alt = "",
  className,
  large = false,
}: {
  photoId: string | undefined;
  alt?: string;
  className?: string;
  large?: boolean;
}) {
  const row = useLiveQuery(() => (photoId ? database.photoBlobs.get(photoId) : undefined), [photoId]);
  const blob = row ? (large ? (row.full ?? row.thumb) : (row.thumb ?? row.full)) : null;
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!blob) return setUrl(null);
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  const box = classNames("shrink-0 overflow-hidden rounded-sm border border-line bg-sunken", className);
  if (!url) {
    return (
      <span aria-hidden className={classNames(box, "inline-flex items-center justify-center text-ink-3")}>
        {photoId ? null : <ImageOff className="size-4" />}
      </span>
    );
  }
  return <img src={url} alt={alt} draggable={false} className={classNames(box, "bg-white object-cover")} />;
}
