/** Brings items in, each whole with its photos or not at all; says what happened to every row. */
import { shortened } from "#core/item/text-length.ts";
import { database } from "#extension/store/database.ts";
import { attachPhotos, type ReadyPhoto } from "#extension/store/item-photos.ts";
import { createItems, type NewItem } from "#extension/store/items.ts";
import { preparePhoto } from "#extension/store/photos/prepare-photo.ts";
import { sentenceOf } from "#extension/ui/notices.tsx";

export type ImportRow = { line: number; fields: NewItem; photos: { name: string; alt: string }[] };
export type RowProblem = { line: number; title: string; message: string };
export type ImportReport = { items: number; photos: number; problems: RowProblem[] };

/** "https://cdn.example/a/Photo%201.JPG?v=2" -> "photo 1.jpg": how a picture is matched to a file. */
export const photoKey = (source: string): string => {
  const last = source.split(/[?#]/)[0]?.split(/[\\/]/).at(-1) ?? "";
  try {
    return decodeURIComponent(last).toLowerCase();
  } catch (cause) {
    // A stray % in a file name is no encoding: the name is taken as it stands.
    if (cause instanceof URIError) return last.toLowerCase();
    throw cause;
  }
};

export const filesByKey = (files: readonly File[]): Map<string, File> =>
  new Map(files.map((f) => [photoKey(f.name), f]));

/** A row with its pictures made ready: what is left to do is writing it. */
export type ReadyRow = { row: ImportRow; photos: ReadyPhoto[] };

const readied = async (row: ImportRow, files: ReadonlyMap<string, File>): Promise<ReadyRow> => {
  const photos: ReadyPhoto[] = [];
  // One at a time: a 12-megapixel picture is 48 MB decoded.
  for (const { name, alt } of row.photos) {
    const file = files.get(photoKey(name));
    if (!file) continue;
    const prepared = await preparePhoto(file, file.name);
    const photo = { ...prepared.photo, alt: shortened(alt, 500) };
    photos.push({ ...prepared, photo, name: file.name, original: file });
  }
  return { row, photos };
};

/** All of them, each with its photos, or none. */
const write = (rows: readonly ReadyRow[]): Promise<void> =>
  database.transaction("rw", database.items, database.outbox, database.photoBlobs, async () => {
    const items = await createItems(rows.map(({ row }) => row.fields));
    for (const [i, { photos }] of rows.entries())
      if (photos.length > 0) await attachPhotos(items[i]!.id, photos);
  });

/** Every screen that shows items reads them anew after each write, so that a write per row slows down with each row. */
const BATCH_ROWS = 100;
/** Pictures wait in memory until they are written. */
const BATCH_PHOTOS = 24;

type Import = {
  rows: readonly ImportRow[];
  files: ReadonlyMap<string, File>;
  onProgress: (done: number, title: string) => void;
  signal: AbortSignal;
  /** In one transaction. */
  writeAll?: (rows: readonly ReadyRow[]) => Promise<void>;
};

/** Stops between rows; what was made ready until then is brought in. */
export const runImport = async ({
  rows,
  files,
  onProgress,
  signal,
  writeAll = write,
}: Import): Promise<ImportReport> => {
  const report: ImportReport = { items: 0, photos: 0, problems: [] };
  let batch: ReadyRow[] = [];
  const refuse = ({ line, fields }: ImportRow, cause: unknown) =>
    report.problems.push({ line, title: fields.title, message: sentenceOf(cause) });
  const keep = async (some: readonly ReadyRow[]) => {
    await writeAll(some);
    report.items += some.length;
    report.photos += some.reduce((sum, { photos }) => sum + photos.length, 0);
  };
  const flush = async (done: number) => {
    const ready = batch;
    batch = [];
    if (ready.length === 0) return;
    // One bad row takes no other with it: then they are written one by one.
    await keep(ready).catch(async () => {
      for (const one of ready) await keep([one]).catch((cause: unknown) => refuse(one.row, cause));
    });
    onProgress(done, rows[done]?.fields.title ?? "");
  };
  for (const [i, row] of rows.entries()) {
    if (signal.aborted) break;
    if (row.photos.length > 0 || i === 0) onProgress(i, row.fields.title);
    await readied(row, files).then(
      (ready) => batch.push(ready),
      (cause: unknown) => refuse(row, cause),
    );
    const photos = batch.reduce((sum, one) => sum + one.photos.length, 0);
    if (batch.length >= BATCH_ROWS || photos >= BATCH_PHOTOS) await flush(i + 1);
  }
  await flush(rows.length);
  return report;
};
