import { describe, expect, it } from "vitest";
import type { PanelView } from "#extension/store/rows.ts";
import { itemToShow } from "./item-to-show.ts";

const at = (minute: number): string => `2026-01-01T00:${String(minute).padStart(2, "0")}:00.000Z`;
const chose = (itemId: string, minute: number): PanelView => ({ itemId, from: null, at: at(minute) });
const posted = (itemId: string, minute: number) => ({ itemId, createdAt: at(minute) });
const shown = (itemId: string, minute: number) => ({ itemId, at: at(minute) });

describe("the item of the side panel", () => {
  it("does not become another one while forms of it stand to be published, whatever is posted or done elsewhere", () => {
    const underWay = new Set(["lamp"]);
    const newest = posted("vase", 5);
    expect(itemToShow(shown("lamp", 1), { panel: undefined, newest, underWay })).toEqual(shown("lamp", 1));
    expect(itemToShow(null, { panel: chose("lamp", 2), newest, underWay })).toEqual(shown("lamp", 2));
  });

  it("is the one the person chose, whatever of the one before is under way", () => {
    const known = { panel: chose("vase", 6), newest: posted("chair", 5), underWay: new Set(["lamp"]) };
    expect(itemToShow(shown("lamp", 1), known)).toEqual(shown("vase", 6));
  });

  it("follows what was posted last once nothing of it is under way", () => {
    const known = { panel: chose("lamp", 2), newest: posted("vase", 5), underWay: new Set(["vase"]) };
    expect(itemToShow(shown("lamp", 2), known)).toEqual(shown("vase", 5));
    expect(itemToShow(shown("vase", 5), known)).toEqual(shown("vase", 5));
  });

  it("holds an item that was chosen after the last one was posted, though nothing of it was", () => {
    const known = { panel: chose("lamp", 7), newest: posted("vase", 5), underWay: new Set(["vase"]) };
    expect(itemToShow(null, known)).toEqual(shown("lamp", 7));
  });

  it("is none where nothing was chosen or posted", () => {
    expect(itemToShow(null, { panel: undefined, newest: undefined, underWay: new Set() })).toBeNull();
  });
});
