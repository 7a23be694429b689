import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { itemFieldsSchema, type Item } from "#core/item/item.ts";
import { DraftStore, type Save } from "./draft-store.ts";

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

/** A database that takes `writeMs` to write and tells of it `tellMs` later, as live queries do. */
const world = ({ writeMs = 5, tellMs = 20 } = {}) => {
  let stored = item;
  const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const write = (change: Partial<Item>) => {
    const moment = new Date(Date.parse(stored.updatedAt) + 1).toISOString();
    const times = Object.fromEntries(Object.keys(change).map((field) => [field, moment]));
    stored = { ...stored, ...change, fieldTimes: { ...stored.fieldTimes, ...times }, updatedAt: moment };
    const told = stored;
    setTimeout(() => draft.store(told), tellMs);
  };
  const save: Save = async (edit) => {
    await later(writeMs);
    const change = edit(stored);
    if (change) write(change);
    return stored;
  };
  const draft = new DraftStore(save);
  draft.store(item);
  return { draft, elsewhere: write, now: () => stored };
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
        const { draft, elsewhere, now } = world({ writeMs, tellMs });
        for (const at of others) setTimeout(() => elsewhere({ notes: `a note of ${at}` }), at);
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
    expect(draft.view().unsaved.map(({ field }) => field)).toEqual(["dimensionsMm"]);
    expect(draft.view().wrong("/dimensionsMm/width")).toBeUndefined(); // still at it
    draft.letGo("/dimensionsMm/length");
    await vi.advanceTimersByTimeAsync(1000);
    expect(draft.view().wrong("/dimensionsMm/width")).toBe("Add all three, or clear all three.");
    expect(draft.view().show("/dimensionsMm/length")).toBe("120");
    expect(now().dimensionsMm).toBeNull();
  });

  it("says that it could not be saved when the database refuses", async () => {
    const draft = new DraftStore(() => Promise.reject(new Error("The disk is full. Free some space.")));
    draft.store(item);
    draft.type(key("title"), "Old lamp");
    await vi.advanceTimersByTimeAsync(1000);
    expect(draft.view().wrong(key("title"))).toBe("The disk is full. Free some space.");
    expect(draft.view().saving).toBe(false);
    expect(draft.view().show(key("title"))).toBe("Old lamp");
  });
});
