/**
 * What is being typed into one item, between the keys and the database.
 *
 * Invariants:
 * - A control shows what was typed into it, letter for letter, until it is left and the database shows what became of it.
 * - What is saved is read from the controls and joined with the item as it is stored at that moment, not as it was drawn.
 * - Nothing counts as saved before the database has it. What makes no value yet is kept as typed, and named.
 */
import type { Item } from "#core/item/item.ts";
import type { Edit } from "#extension/store/items.ts";
import { fieldTime, isLater } from "#extension/store/merge.ts";
import type { DraftRow, Raw } from "#extension/store/rows.ts";
import { sentenceOf } from "#extension/ui/notices.tsx";
import { drawDraft, type DraftView } from "./draft-view.ts";
import { groupOf, spotOf, storedField, type Spot } from "./spots.ts";

export type Keep = {
  /** Brings what the controls of one field hold to the database: as a value, or as typed. */
  save: (spot: Spot, held: ReadonlyMap<string, Raw>, over: string) => Promise<Kept>;
  /** An edit that is no typing. */
  write: (edit: Edit) => Promise<Item>;
  /** Writes a key down in the turn it is pressed, and strikes it out again. */
  note: (key: string, raw: Raw, over: string) => void;
  forget: (key: string, raw: Raw) => void;
};
type Kept = { item: Item; saved: boolean };

/** What was typed here and the database does not show yet. */
export type Typed = {
  raw: Raw;
  /** In the database: as the field's value of that time, or as typed. */
  kept: { savedAt: string } | "as-typed" | null;
};

const SETTLE_MS = 300;

export class DraftStore {
  readonly #keep: Keep;
  readonly #typed = new Map<string, Typed>();
  /** Per group the time of the stored value that typing began over. */
  readonly #over = new Map<string, string>();
  readonly #failed = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  #stored: Item | null | undefined;
  #rows: ReadonlyMap<string, DraftRow> = new Map();
  #held: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saves: Promise<void> = Promise.resolve();
  #view: DraftView = drawDraft({
    item: undefined,
    raws: new Map(),
    shown: new Map(),
    failed: new Map(),
    held: null,
  });

  constructor(keep: Keep) {
    this.#keep = keep;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly view = (): DraftView => this.#view;

  /** What the database holds now. */
  readonly store = ({ item, drafts }: { item: Item | null; drafts: readonly DraftRow[] }): void => {
    this.#stored = item;
    this.#rows = new Map(drafts.map((row) => [row.key, row]));
    this.#changed();
  };

  /** Shown at once, saved a moment later and in any case when the control is left. */
  readonly type = (key: string, raw: Raw): void => {
    const group = groupOf(key);
    this.#failed.delete(group);
    if (!this.#over.has(group)) this.#over.set(group, this.#seenTime(group));
    this.#keep.note(key, raw, this.#over.get(group) ?? "");
    this.#typed.set(key, { raw, kept: null });
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

  /** Resolves when everything typed so far is in the database, or named as not. */
  readonly flush = (): Promise<void> => {
    clearTimeout(this.#timer);
    const fresh = [...this.#typed].filter(([, { kept }]) => kept === null).map(([key]) => groupOf(key));
    for (const group of new Set(fresh)) {
      const held = this.#rawsOf(group);
      this.#saves = this.#saves.then(() => this.#saveGroup(group, held));
    }
    return this.#saves;
  };

  /** An edit that is no typing, such as a button's, after everything typed. The controls of `groups` show it at once. */
  readonly change = async (edit: Edit, groups: readonly string[] = []): Promise<void> => {
    await this.flush();
    await this.#keep.write(edit);
    for (const key of [...this.#typed.keys()]) if (groups.includes(groupOf(key))) this.#typed.delete(key);
    this.#changed();
  };

  async #saveGroup(group: string, held: ReadonlyMap<string, Raw>): Promise<void> {
    const spot = spotOf(group);
    try {
      const { item, saved } = await this.#keep.save(spot, held, this.#over.get(group) ?? "");
      this.#failed.delete(group);
      const kept = saved ? { savedAt: fieldTime(item, storedField(spot)) } : "as-typed";
      for (const [key, raw] of held) {
        this.#keep.forget(key, raw);
        if (this.#typed.get(key)?.raw === raw) this.#typed.set(key, { raw, kept });
      }
      if (kept !== "as-typed") this.#over.set(group, kept.savedAt);
    } catch (cause) {
      this.#failed.set(group, sentenceOf(cause));
    }
    this.#changed();
  }

  /** The time of the value a person sees who begins to type now. */
  #seenTime(group: string): string {
    const row = [...this.#rows.values()].find(({ key }) => groupOf(key) === group);
    if (row) return row.over;
    return this.#stored ? fieldTime(this.#stored, storedField(spotOf(group))) : "";
  }

  /** Everything unsaved in a group's controls: what is typed here, and what was kept as typed before. */
  #rawsOf(group: string): Map<string, Raw> {
    return new Map([...this.#unsaved()].filter(([key]) => groupOf(key) === group));
  }

  #unsaved(): Map<string, Raw> {
    const raws = new Map<string, Raw>([...this.#rows].map(([key, { raw }]) => [key, raw]));
    for (const [key, { raw, kept }] of this.#typed)
      if (kept === null || kept === "as-typed") raws.set(key, raw);
      else raws.delete(key);
    return raws;
  }

  /** Typed text is done with once its control was left and the database shows what became of it, or something later. */
  #prune(): void {
    for (const [key, { kept }] of this.#typed) {
      if (key === this.#held || kept === null || !this.#stored) continue;
      const storedAt = fieldTime(this.#stored, storedField(spotOf(key)));
      const isShown = kept === "as-typed" ? this.#rows.has(key) : !isLater(kept.savedAt, storedAt);
      if (isShown) this.#typed.delete(key);
    }
    const groups = new Set([...this.#typed.keys()].map(groupOf));
    for (const group of this.#over.keys()) if (!groups.has(group)) this.#over.delete(group);
  }

  #changed(): void {
    this.#prune();
    const raws = this.#unsaved();
    const shown = new Map([...raws, ...[...this.#typed].map(([key, { raw }]) => [key, raw] as const)]);
    const failed = new Map(this.#failed);
    this.#view = drawDraft({ item: this.#stored, raws, shown, failed, held: this.#held });
    for (const listener of this.#listeners) listener();
  }
}
