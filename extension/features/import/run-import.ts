/** Brings items in one at a time, each whole with its photos or not at all; says what happened to every row. */
import { shortened } from "#core/item/text-length.ts";
import { database } from "#extension/store/database.ts";
import { attachPhotos, type ReadyPhoto } from "#extension/store/item-photos.ts";
import { createItem, type NewItem } from "#extension/store/items.ts";
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

const importRow = async (row: ImportRow, files: ReadonlyMap<string, File>): Promise<number> => {
  const wanted = row.photos.flatMap((p) => {
    const file = files.get(photoKey(p.name));
    return file ? [{ file, alt: p.alt }] : [];
  });
  // One at a time: a 12-megapixel picture is 48 MB decoded.
  const ready: ReadyPhoto[] = [];
  for (const { file, alt } of wanted) {
    const prepared = await preparePhoto(file, file.name);
    ready.push({
      ...prepared,
      photo: { ...prepared.photo, alt: shortened(alt, 500) },
      name: file.name,
      original: file,
    });
  }
  await database.transaction("rw", database.items, database.outbox, database.photoBlobs, async () => {
    const item = await createItem(row.fields);
    if (ready.length > 0) await attachPhotos(item.id, ready);
  });
  return ready.length;
};

export const runImport = async (
  rows: readonly ImportRow[],
  files: ReadonlyMap<string, File>,
  onProgress: (done: number, title: string) => void,
  signal: AbortSignal,
): Promise<ImportReport> => {
  const report: ImportReport = { items: 0, photos: 0, problems: [] };
  for (const [i, row] of rows.entries()) {
    if (signal.aborted) break;
    onProgress(i, row.fields.title);
    try {
      report.photos += await importRow(row, files);
      report.items += 1;
    } catch (cause) {
      report.problems.push({ line: row.line, title: row.fields.title, message: sentenceOf(cause) });
    }
  }
  onProgress(rows.length, "");
  return report;
};
