/** What the shipping label dialog wants to know about the parcel. */
import type { Item } from "#core/item/item.ts";

export type Parcel = {
  pounds: number;
  ounces: number;
  shoebox: boolean;
  inches: readonly [number, number, number] | null;
};

const GRAMS_PER_OUNCE = 28.349523125;
const MM_PER_INCH = 25.4;
const SHOEBOX_INCHES = [14, 10, 5] as const;
/** The heaviest parcel any of the carriers takes: 150 lb. */
export const MAX_GRAMS = 68_038;

/** Ounces are rounded up: a label for less than the parcel weighs is paid for later. */
export function parcelOf(item: Pick<Item, "weightGrams" | "dimensionsMm">): Parcel {
  const ounces = Math.max(1, Math.ceil((item.weightGrams ?? 0) / GRAMS_PER_OUNCE - 0.05));
  const sides = item.dimensionsMm
    ? Object.values(item.dimensionsMm)
        .map((mm) => Math.max(1, Math.ceil(mm / MM_PER_INCH)))
        .sort((a, b) => b - a)
    : null;
  const shoebox = sides === null || sides.every((side, index) => side <= (SHOEBOX_INCHES[index] ?? 0));
  const [length = 0, width = 0, height = 0] = sides ?? [];
  return {
    pounds: Math.floor(ounces / 16),
    ounces: ounces % 16,
    shoebox,
    inches: shoebox ? null : [length, width, height],
  };
}
