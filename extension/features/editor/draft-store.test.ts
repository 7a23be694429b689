import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { itemFieldsSchema, type Item } from "#core/item/item.ts";
import type { DraftRow } from "#extension/store/rows.ts";
import { DraftStore, type Keep } from "./draft-store.ts";
import { editFrom } from "./spots.ts";

const START = "2026-01-01T00:00:00.000Z";
const item: Item = {
  ...itemFieldsSchema.parse({ title: "Lamp", price: { amountMinor: 100, currency: "USD" } }),
  id: "7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0001",
  photos: [],
  fieldTimes: {},
  createdAt: START,
  updatedAt: START,
  deletedAt: null,
};
const key = (field: string) => `/${field}/`;

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A database that takes `writeMs` to write and tells of it `tellMs` later, as live queries do. */
const world = ({ writeMs = 5, tellMs = 20 } = {}) => {
  let stored = item;
  let drafts: DraftRow[] = [];
  const noted = new Map<string, unknown>();
  const tell = () => {
    const told = { item: stored, drafts };
    setTimeout(() => draft.store(told), tellMs);
  };
  const write = (change: Partial<Item>) => {
    const moment = new Date(Date.parse(stored.updatedAt) + 1).toISOString();
    const times = Object.fromEntries(Object.keys(change).map((field) => [field, moment]));
    stored = { ...stored, ...change, fieldTimes: { ...stored.fieldTimes, ...times }, updatedAt: moment };
    tell();
    return stored;
  };
  const keep: Keep = {
    save: async (spot, held, over) => {
      await later(writeMs);
      const change = editFrom(spot, held)(stored);
      drafts = drafts.filter(({ key }) => !held.has(key));
      if (change) return { item: write(change), saved: true };
      drafts = [
        ...drafts,
        ...[...held].map(([key, raw]) => ({ itemId: item.id, key, raw, at: START, over })),
      ];
      tell();
      return { item: stored, saved: false };
    },
    write: async (edit) => (await later(writeMs), write(edit(stored) ?? {})),
    note: (key, raw) => void noted.set(key, raw),
    forget: (key, raw) => void (noted.get(key) === raw && noted.delete(key)),
  };
  const draft = new DraftStore(keep);
  draft.store({ item, drafts: [] });
  return { draft, elsewhere: write, now: () => stored, drafts: () => drafts, noted };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("DraftStore", () => {
  it("shows what is typed, whatever the database says meanwhile, and saves the last of it", async () => {
    const step = fc.record({
      letter: fc.constantFrom(..."4 5.9a,"),
      pause: fc.integer({ min: 0, max: 900 }),
    });
    const run = fc.record({
      field: fc.constantFrom("title", "price", "tags", "description", "brand"),
      steps: fc.array(step, { minLength: 1, maxLength: 12 }),
      writeMs: fc.integer({ min: 0, max: 700 }),
      tellMs: fc.integer({ min: 0, max: 700 }),
      others: fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(run, async ({ field, steps, writeMs, tellMs, others }) => {
        const { draft, elsewhere, now, noted } = world({ writeMs, tellMs });
        for (const at of others) setTimeout(() => void elsewhere({ notes: `a note of ${at}` }), at);
        draft.hold(key(field));
        let typed = "";
        for (const { letter, pause } of steps) {
          draft.type(key(field), (typed += letter));
          await vi.advanceTimersByTimeAsync(pause);
          expect(draft.view().show(key(field))).toBe(typed);
        }
        draft.letGo(key(field));
        await vi.advanceTimersByTimeAsync(10_000);
        const { saving, unsaved, wrong, show } = draft.view();
        expect(saving).toBe(false);
        expect(noted.size).toBe(0);
        if (unsaved.length > 0) {
          expect(show(key(field))).toBe(typed);
          expect(wrong(key(field))).toBeTruthy();
        } else if (field === "title") expect(now().title).toBe(typed.trim());
        else if (field === "description") expect(now().description).toBe(typed);
      }),
      { numRuns: 200 },
    );
  });

  it("keeps showing what was saved until the database shows it too", async () => {
    const { draft } = world({ writeMs: 10, tellMs: 500 });
    draft.hold(key("price"));
    draft.type(key("price"), "4");
    draft.letGo(key("price"));
    for (let ms = 0; ms < 600; ms += 20) {
      expect(["4", "4.00"]).toContain(draft.view().show(key("price")));
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(draft.view().show(key("price"))).toBe("4.00");
  });

  it("shows what another tab wrote once the field was left", async () => {
    const { draft, elsewhere } = world();
    draft.hold(key("brand"));
    draft.type(key("brand"), "Acme");
    await vi.advanceTimersByTimeAsync(1000);
    elsewhere({ brand: "Zed" });
    await vi.advanceTimersByTimeAsync(1000);
    expect(draft.view().show(key("brand"))).toBe("Acme");
    draft.letGo(key("brand"));
    await vi.advanceTimersByTimeAsync(1000);
    expect(draft.view().show(key("brand"))).toBe("Zed");
  });

  it("joins what is typed in one part with the other part as it is stored by then", async () => {
    const { draft, elsewhere, now } = world();
    elsewhere({ location: { postalCode: "94103", city: "San Francisco", country: "US" } });
    await vi.advanceTimersByTimeAsync(100);
    draft.type("/location/city", "Berkeley");
    elsewhere({ location: { postalCode: "94704", city: "San Francisco", country: "US" } });
    await vi.advanceTimersByTimeAsync(1000);
    expect(now().location).toEqual({ postalCode: "94704", city: "Berkeley", country: "US" });
  });

  it("calls nothing saved that is not: half of a size stays as typed and is named", async () => {
    const { draft, now } = world();
    draft.hold("/dimensionsMm/length");
    draft.type("/dimensionsMm/length", "120");
    await vi.advanceTimersByTimeAsync(1000);
    expect(draft.view().unsaved.map(({ spot }) => spot.field)).toEqual(["dimensionsMm"]);
    expect(draft.view().wrong("/dimensionsMm/width")).toBeUndefined(); // still at it
    draft.letGo("/dimensionsMm/length");
    await vi.advanceTimersByTimeAsync(1000);
    expect(draft.view().wrong("/dimensionsMm/width")).toBe("Add all three, or clear all three.");
    expect(draft.view().show("/dimensionsMm/length")).toBe("120");
    expect(now().dimensionsMm).toBeNull();
  });

  it("keeps what makes no value as typed, and lets go of it once it does", async () => {
    const { draft, now, drafts } = world();
    draft.type(key("price"), "2 for 5");
    draft.letGo(key("price"));
    await vi.advanceTimersByTimeAsync(1000);
    expect(drafts()).toMatchObject([{ key: key("price"), raw: "2 for 5" }]);
    expect(draft.view()).toMatchObject({ saving: false, unsaved: [{ spot: { field: "price" } }] });
    draft.type(key("price"), "2.50");
    draft.letGo(key("price"));
    await vi.advanceTimersByTimeAsync(1000);
    expect([drafts(), now().price.amountMinor, draft.view().unsaved]).toEqual([[], 250, []]);
  });

  it("shows what was kept as typed before, and takes it up where it was", async () => {
    const { draft, now } = world();
    const row = { itemId: item.id, key: "/dimensionsMm/length", raw: "120", at: START, over: START };
    draft.store({ item, drafts: [row] });
    expect(draft.view().show(row.key)).toBe("120");
    draft.type("/dimensionsMm/width", "80");
    draft.type("/dimensionsMm/height", "45");
    await vi.advanceTimersByTimeAsync(1000);
    expect(now().dimensionsMm).toEqual({ length: 120, width: 80, height: 45 });
  });

  it("says that it could not be saved when the database refuses", async () => {
    const full = () => Promise.reject(new Error("The disk is full. Free some space."));
    const draft = new DraftStore({ save: full, write: full, note: () => undefined, forget: () => undefined });
    draft.store({ item, drafts: [] });
    draft.type(key("title"), "Old lamp");
    await vi.advanceTimersByTimeAsync(1000);
    expect(draft.view().wrong(key("title"))).toBe("The disk is full. Free some space.");
    expect(draft.view().saving).toBe(false);
    expect(draft.view().show(key("title"))).toBe("Old lamp");
  });
});
