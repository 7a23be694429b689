/**
 * Two devices' edits of one item, joined field by field: the later edit of each field wins, whoever syncs first.
 *
 * Invariants (tested): commutative, idempotent, associative in everything but the order of photos; a value never appears
 * that neither side had; `fieldTimes` only grows.
 *
 * Photos join as a set, so that photos added on two devices are all kept: `fieldTimes["photo:<id>"]` says when a photo was
 * last added, changed or removed, `fieldTimes.photos` when the order was last chosen.
 */
import { itemFieldsSchema, type Item, type ItemFields, type Photo } from "#core/item/item.ts";

export const MERGED_FIELDS = [
  ...(Object.keys(itemFieldsSchema.shape) as (keyof ItemFields)[]),
  "deletedAt",
] as const;
export type MergedField = (typeof MERGED_FIELDS)[number];

export const photoTimeKey = (photoId: string): string => `photo:${photoId}`;

/** When this field, or this photo, was last edited as far as the item tells. */
export const fieldTime = (item: Item, key: string): string => item.fieldTimes[key] ?? item.createdAt;
const instant = (iso: string): number => Date.parse(iso);
export const isLater = (a: string, b: string): boolean => instant(a) > instant(b);
/** Two values of one field. */
export const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** Positive when a's edit of `key` is to be kept, negative when b's; ties are broken the same way on every device. */
const later = (a: Item, b: Item, key: string, valueOf: (item: Item) => unknown): number => {
  const byTime = instant(fieldTime(a, key)) - instant(fieldTime(b, key));
  if (byTime !== 0) return byTime;
  const left = JSON.stringify(valueOf(a)) ?? "";
  const right = JSON.stringify(valueOf(b)) ?? "";
  return left < right ? -1 : left > right ? 1 : 0;
};

const mergePhotos = (a: Item, b: Item): Photo[] => {
  const ids = new Set([...a.photos, ...b.photos].map((photo) => photo.id));
  const photoIn = (item: Item, id: string) => item.photos.find((photo) => photo.id === id) ?? null;
  const kept = new Map<string, Photo>();
  for (const id of ids) {
    const key = photoTimeKey(id);
    // A side that never heard of the photo has no say in it.
    const heard = (item: Item) => key in item.fieldTimes || photoIn(item, id) !== null;
    const winner = !heard(a) ? b : !heard(b) ? a : later(a, b, key, (item) => photoIn(item, id)) >= 0 ? a : b;
    const photo = photoIn(winner, id);
    if (photo) kept.set(id, photo);
  }
  const first = later(a, b, "photos", (item) => item.photos.map((photo) => photo.id)) >= 0 ? a : b;
  const ordered = first.photos.filter((photo) => kept.has(photo.id)).map((photo) => photo.id);
  const added = [...kept.keys()].filter((id) => !ordered.includes(id));
  const addedAt = (id: string) =>
    [a, b]
      .map((item) => item.fieldTimes[photoTimeKey(id)] ?? "")
      .sort()
      .at(-1) ?? "";
  added.sort((x, y) => addedAt(x).localeCompare(addedAt(y)) || x.localeCompare(y));
  return [...ordered, ...added].flatMap((id) => kept.get(id) ?? []);
};

const latest = (a: string, b: string): string => (instant(a) >= instant(b) ? a : b);

/** @throws Error when the two are not the same item. */
export const mergeItems = (a: Item, b: Item): Item => {
  if (a.id !== b.id) throw new Error("Only two versions of the same item can be merged.");
  const fieldTimes: Record<string, string> = {};
  for (const key of [...new Set([...Object.keys(a.fieldTimes), ...Object.keys(b.fieldTimes)])].sort()) {
    const [left, right] = [a.fieldTimes[key], b.fieldTimes[key]];
    fieldTimes[key] = left === undefined ? right! : right === undefined ? left : latest(left, right);
  }
  const merged: Record<string, unknown> = {};
  for (const field of MERGED_FIELDS) {
    merged[field] = (later(a, b, field, (item) => item[field]) >= 0 ? a : b)[field];
  }
  return {
    ...(merged as Pick<Item, MergedField>),
    id: a.id,
    photos: mergePhotos(a, b),
    fieldTimes,
    createdAt: instant(a.createdAt) <= instant(b.createdAt) ? a.createdAt : b.createdAt,
    updatedAt: latest(a.updatedAt, b.updatedAt),
  };
};

/**
 * Times as the service may believe them: nothing was edited after the service was told of it, whatever clock said so. A
 * computer whose clock runs a day ahead would win for a day.
 */
export const boundedBy = (item: Item, heardAt: string, keys = Object.keys(item.fieldTimes)): Item => {
  const bound = (iso: string) => (isLater(iso, heardAt) ? heardAt : iso);
  const bounded = keys.flatMap((key) => {
    const time = item.fieldTimes[key];
    return time === undefined ? [] : [[key, bound(time)] as const];
  });
  return {
    ...item,
    fieldTimes: { ...item.fieldTimes, ...Object.fromEntries(bounded) },
    createdAt: bound(item.createdAt),
    updatedAt: bound(item.updatedAt),
  };
};
