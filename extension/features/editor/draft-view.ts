/** What the editor draws of an item while it is typed into. Pure: a new view for every change. */
import type { Item } from "#core/item/item.ts";
import type { DraftRow, Raw } from "#extension/store/rows.ts";
import {
  editOf,
  groupOf,
  keyOf,
  partsOf,
  rawOf,
  readField,
  spotOf,
  type Reading,
  type Spot,
} from "./spots.ts";

export type DraftView = {
  /** With everything typed that makes a value. Undefined while reading, null when there is no such item. */
  item: Item | null | undefined;
  show: (key: string) => Raw;
  wrong: (key: string) => string | undefined;
  saving: boolean;
  /** Fields whose controls hold something that is not saved and cannot be yet, each with the reason. */
  unsaved: { spot: Spot; why: string }[];
};

export type Drawing = {
  item: Item | null | undefined;
  /** What controls hold that is not the item's value in the database. */
  raws: ReadonlyMap<string, Raw>;
  /** What controls show although the database may not yet. */
  shown: ReadonlyMap<string, Raw>;
  /** Sentences of groups the database refused. */
  failed: ReadonlyMap<string, string>;
  /** The control the person is in. */
  held: string | null;
};

const readGroup = (item: Item, group: string, raws: ReadonlyMap<string, Raw>): Reading => {
  const spot = spotOf(group);
  return readField(item, spot, (part) => {
    const key = keyOf({ ...spot, part });
    return raws.has(key) ? (raws.get(key) ?? null) : rawOf(item, spotOf(key));
  });
};

export const drawDraft = ({ item: stored, raws, shown, failed, held }: Drawing): DraftView => {
  const readings = new Map<string, Reading>();
  let item = stored;
  for (const group of new Set([...raws.keys()].map(groupOf))) {
    if (!item) break;
    const read = readGroup(item, group, raws);
    readings.set(group, read);
    if ("value" in read) item = { ...item, ...editOf(item, spotOf(group), read.value) };
  }
  const drawn = item;
  const unsaved = [...readings].flatMap(([group, read]) => {
    const why = "wrong" in read ? read.wrong : failed.get(group);
    return why === undefined ? [] : [{ spot: spotOf(group), why }];
  });
  const wrong = (key: string): string | undefined => {
    const [group, { field, part }] = [groupOf(key), spotOf(key)];
    const [first = null] = partsOf(field);
    const read = readings.get(group);
    if (!read || "value" in read) return part === first ? failed.get(group) : undefined;
    if (read.unfinished && held !== null && groupOf(held) === group) return undefined; // still at it
    return (read.part ?? first) === part ? read.wrong : undefined;
  };
  return {
    item,
    show: (key) => (shown.has(key) ? (shown.get(key) ?? null) : drawn ? rawOf(drawn, spotOf(key)) : ""),
    wrong,
    saving: readings.size > unsaved.length,
    unsaved,
  };
};

/** What was typed into this item and kept, but is no value yet. */
export const unsavedOf = (item: Item, rows: readonly DraftRow[]): DraftView["unsaved"] => {
  const raws = new Map(rows.filter(({ itemId }) => itemId === item.id).map(({ key, raw }) => [key, raw]));
  return drawDraft({ item, raws, shown: raws, failed: new Map(), held: null }).unsaved;
};
