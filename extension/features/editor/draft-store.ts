/**
 * What is being typed into one item, between the keys and the database.
 *
 * Invariants:
 * - A control shows what was typed into it, letter for letter, until it is left and the database shows what was saved.
 * - What is saved is read from the controls and joined with the item as it is stored at that moment, not as it was drawn.
 * - Nothing counts as saved before the database has it; what does not make a value yet is named.
 */
import type { Item } from "#core/item/item.ts";
import type { Edit } from "#extension/store/items.ts";
import { sentenceOf } from "#extension/ui/notices.tsx";
import { editOf, groupOf, keyOf, partsOf, rawOf, readField, spotOf } from "./spots.ts";
import type { Raw, Reading, Spot } from "./spots.ts";

/** Writes what the edit makes of the stored item. Answers the item as it then is. */
export type Save = (edit: Edit) => Promise<Item>;

type Typed = {
  raw: Raw;
  /** The field's time once this was saved; null before. */
  savedAt: string | null;
};

/** What the screen draws. A new object after every change. */
export type DraftView = {
  /** With everything typed that makes a value. Undefined while reading, null when there is no such item. */
  item: Item | null | undefined;
  show: (key: string) => Raw;
  wrong: (key: string) => string | undefined;
  saving: boolean;
  /** Fields whose controls hold something that is not saved and cannot be yet. */
  unsaved: Spot[];
};

const SETTLE_MS = 300;

export class DraftStore {
  readonly #save: Save;
  readonly #typed = new Map<string, Typed>();
  readonly #listeners = new Set<() => void>();
  readonly #failed = new Map<string, string>();
  #stored: Item | null | undefined;
  #held: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saves: Promise<void> = Promise.resolve();
  #view: DraftView;

  constructor(save: Save) {
    this.#save = save;
    this.#view = this.#draw();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly view = (): DraftView => this.#view;

  /** What the database holds now. */
  readonly store = (item: Item | null): void => {
    this.#stored = item;
    this.#changed();
  };

  /** Shown at once, saved a moment later and in any case when the control is left. */
  readonly type = (key: string, raw: Raw): void => {
    this.#typed.set(key, { raw, savedAt: null });
    this.#failed.delete(groupOf(key));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), SETTLE_MS);
    this.#changed();
  };

  /** A choice is whole as it is made: saved at once. */
  readonly choose = (key: string, raw: Raw): void => {
    this.type(key, raw);
    void this.flush();
  };

  /** The person is in this control. */
  readonly hold = (key: string): void => {
    this.#held = key;
    this.#changed();
  };

  readonly letGo = (key: string): void => {
    if (this.#held === key) this.#held = null;
    void this.flush();
    this.#changed();
  };

  /** Saves what was typed so far. Resolves when it is in the database or named as unsaved. */
  readonly flush = (): Promise<void> => {
    clearTimeout(this.#timer);
    for (const group of new Set(this.#unsavedKeys().map(groupOf))) {
      const sent = this.#rawsOf(group);
      this.#saves = this.#saves.then(() => this.#saveGroup(group, sent));
    }
    return this.#saves;
  };

  /** An edit that is no typing, such as a button's, after everything typed. The controls of these groups show it at once. */
  readonly change = async (edit: Edit, forgetting: readonly string[] = []): Promise<void> => {
    await this.flush();
    for (const key of [...this.#typed.keys()]) if (forgetting.includes(groupOf(key))) this.#typed.delete(key);
    this.store(await this.#save(edit));
  };

  async #saveGroup(group: string, sent: ReadonlyMap<string, Raw>): Promise<void> {
    const spot = spotOf(group);
    let made = false;
    try {
      const item = await this.#save((stored) => {
        const read = readField(stored, spot, (part) => {
          const key = keyOf({ ...spot, part });
          return sent.get(key) ?? rawOf(stored, spotOf(key));
        });
        made = "value" in read;
        return "value" in read ? editOf(stored, spot, read.value) : null;
      });
      this.#failed.delete(group);
      const savedAt = item.fieldTimes[spot.channel ? "overrides" : spot.field] ?? item.createdAt;
      for (const [key, raw] of made ? sent : []) {
        const typed = this.#typed.get(key);
        if (typed && typed.raw === raw) this.#typed.set(key, { raw, savedAt });
      }
    } catch (cause) {
      this.#failed.set(group, sentenceOf(cause));
    }
    this.#changed();
  }

  #unsavedKeys(): string[] {
    return [...this.#typed].filter(([, typed]) => typed.savedAt === null).map(([key]) => key);
  }

  #rawsOf(group: string): Map<string, Raw> {
    return new Map(
      [...this.#typed].filter(([key]) => groupOf(key) === group).map(([key, { raw }]) => [key, raw]),
    );
  }

  /** Typed text is done with once its control was left and the database shows what was saved of it, or something later. */
  #prune(): void {
    for (const [key, { savedAt }] of this.#typed) {
      if (key === this.#held || savedAt === null || !this.#stored) continue;
      const { channel, field } = spotOf(key);
      const storedAt = this.#stored.fieldTimes[channel ? "overrides" : field] ?? this.#stored.createdAt;
      if (Date.parse(storedAt) >= Date.parse(savedAt)) this.#typed.delete(key);
    }
  }

  #changed(): void {
    this.#prune();
    this.#view = this.#draw();
    for (const listener of this.#listeners) listener();
  }

  #draw(): DraftView {
    let item = this.#stored;
    const readings = new Map<string, Reading>();
    for (const group of item ? new Set(this.#unsavedKeys().map(groupOf)) : []) {
      if (!item) break;
      const read = this.#read(item, group);
      readings.set(group, read);
      if ("value" in read) item = { ...item, ...editOf(item, spotOf(group), read.value) };
    }
    const wrongGroups = [...readings].filter(([group, read]) => "wrong" in read || this.#failed.has(group));
    const typed = new Map([...this.#typed].map(([key, { raw }]) => [key, raw]));
    const [held, failed, drawn] = [this.#held, new Map(this.#failed), item];
    return {
      item,
      show: (key) => typed.get(key) ?? (drawn ? rawOf(drawn, spotOf(key)) : ""),
      wrong: (key) => {
        const group = groupOf(key);
        const read = readings.get(group);
        const first = partsOf(spotOf(key).field)[0] ?? null;
        if (!read || "value" in read) return spotOf(key).part === first ? failed.get(group) : undefined;
        if (read.unfinished && held !== null && groupOf(held) === group) return undefined;
        return (read.part ?? first) === spotOf(key).part ? read.wrong : undefined;
      },
      saving: readings.size > wrongGroups.length,
      unsaved: wrongGroups.map(([group]) => spotOf(group)),
    };
  }

  #read(item: Item, group: string): Reading {
    const spot = spotOf(group);
    return readField(item, spot, (part) => {
      const key = keyOf({ ...spot, part });
      return this.#typed.get(key)?.raw ?? rawOf(item, spotOf(key));
    });
  }
}
