import {
  DndContext,
  KeyboardSensor,
  PointerSensor,
  closestCenter,
  useSensor,
  useSensors,
  type DragEndEvent,
} from "@dnd-kit/core";
import { SortableContext, rectSortingStrategy, sortableKeyboardCoordinates } from "@dnd-kit/sortable";
import { ImagePlus } from "lucide-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Item } from "#core/item/item.ts";
import { movePhoto, removeForUndo } from "#extension/store/item-photos.ts";
import { addPhotos, type AddedPhotos } from "#extension/store/photos/add-photos.ts";
import { Button } from "#extension/ui/button.tsx";
import { classNames } from "#extension/ui/class-names.ts";
import { text } from "#extension/ui/messages.ts";
import { Banner, sentenceOf } from "#extension/ui/notices.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { syncSoon } from "../inventory/sync-soon.ts";
import { PhotoTile } from "./photo-tile.tsx";
import { createTurner } from "./turn-photo.ts";
import { words } from "./words.ts";

/** Many files with the same trouble are one line: "a.jpg, b.jpg and 10 more: An item holds at most 24 photos." */
export const problemLines = (problems: AddedPhotos["problems"]): string[] =>
  [...Map.groupBy(problems, ({ message }) => message)].map(([message, of]) =>
    of.some(({ name }) => message.includes(name))
      ? message
      : words.photoProblem(
          of.map(({ name }) => name),
          message,
        ),
  );

export function PhotosPanel({ item }: { item: Item }) {
  const picker = useRef<HTMLInputElement>(null);
  const adder = useRef<HTMLButtonElement>(null);
  const [reading, setReading] = useState<{ done: number; of: number } | null>(null);
  const [problems, setProblems] = useState<string[]>([]);
  const [over, setOver] = useState(false);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const ids = item.photos.map((p) => p.id);
  const [turn] = useState(() => createTurner(item.id));

  const attempt = async (action: () => Promise<unknown>) => {
    try {
      await action();
      syncSoon();
    } catch (cause) {
      setProblems([sentenceOf(cause)]);
    }
  };
  const add = async (files: File[]) => {
    if (files.length === 0) return;
    setProblems([]);
    setReading({ done: 0, of: files.length });
    await attempt(async () => {
      const added = await addPhotos(item.id, files, (done, of) => setReading({ done, of }));
      setProblems(problemLines(added.problems));
    });
    setReading(null);
  };
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])].filter((f) => f.type.startsWith("image/"));
    if (files.length > 0) void add(files);
  });
  useEffect(() => {
    addEventListener("paste", onPaste);
    return () => removeEventListener("paste", onPaste);
  }, []);
  const move = (photoId: string, to: Parameters<typeof movePhoto>[2]) =>
    void attempt(() => movePhoto(item.id, photoId, to));
  const remove = async (photoId: string) => {
    const undo = await removeForUndo(item.id, photoId);
    adder.current?.focus(); // the button that was pressed is gone
    if (undo) toasts.show(words.removed, { action: { label: text.undo, run: () => void attempt(undo) } });
  };
  const onDragEnd = ({ active, over: target }: DragEndEvent) => {
    if (target && active.id !== target.id) move(String(active.id), { placeOf: String(target.id) });
  };

  return (
    <section
      aria-label={words.photos}
      onDragOver={(e) => {
        if (e.dataTransfer.types.includes("Files")) {
          e.preventDefault();
          setOver(true);
        }
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => {
        e.preventDefault();
        setOver(false);
        void add([...e.dataTransfer.files]);
      }}
      className={classNames("card flex flex-col gap-3 p-3", over && "outline-2 outline-accent")}
    >
      <div className="flex items-center gap-2">
        <h2 className="flex-1 font-semibold">
          {words.photos} <span className="tabular font-normal text-ink-3">{item.photos.length} / 24</span>
        </h2>
        <Button
          small
          ref={adder}
          icon={<ImagePlus aria-hidden className="size-4" />}
          onClick={() => picker.current?.click()}
        >
          {words.addPhotos}
        </Button>
        <input
          ref={picker}
          type="file"
          accept="image/*,.heic,.heif"
          multiple
          aria-label={words.choosePhotos}
          className="sr-only"
          tabIndex={-1}
          onChange={(e) => {
            void add([...(e.target.files ?? [])]);
            e.target.value = "";
          }}
        />
      </div>
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={onDragEnd}>
        <SortableContext items={ids} strategy={rectSortingStrategy}>
          <ol className="grid grid-cols-2 gap-2">
            {item.photos.map((photo, i) => (
              <PhotoTile
                key={photo.id}
                photo={photo}
                index={i}
                total={ids.length}
                onMove={(by) => move(photo.id, { by })}
                onRotate={() => void attempt(() => turn(photo.id))}
                onRemove={() => void attempt(() => remove(photo.id))}
              />
            ))}
            <li className={classNames("flex", ids.length === 0 && "col-span-2")}>
              <button
                type="button"
                tabIndex={-1}
                aria-hidden
                onClick={() => picker.current?.click()}
                className={classNames(
                  "flex min-h-28 flex-1 flex-col items-center justify-center gap-1 rounded border border-dashed p-3 text-center text-sm text-ink-2 transition-colors duration-100",
                  over ? "border-accent bg-accent-soft text-accent" : "border-line-strong hover:bg-sunken",
                )}
              >
                <ImagePlus aria-hidden className="size-5 text-ink-3" />
                {words.dropHere}
              </button>
            </li>
          </ol>
        </SortableContext>
      </DndContext>
      {reading ? (
        <p role="status" className="text-sm text-ink-2">
          {words.reading(Math.min(reading.done, reading.of - 1), reading.of)}
        </p>
      ) : null}
      {problems.map((p) => (
        <Banner key={p} meaning="failed">
          {p}
        </Banner>
      ))}
      <p className="text-sm text-ink-3">{words.photoHint}</p>
    </section>
  );
}
