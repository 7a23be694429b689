/** The label dialog's classes, lightest first. Above 70 lb Facebook ships nothing. */
const GRAMS_PER_POUND = 453.59237;

const CLASSES = [
  { under: 0.5, label: "Under 0.5 lbs" },
  { under: 1, label: "0.5-1 lbs" },
  { under: 2, label: "1-2 lbs" },
  { under: 5, label: "2-5 lbs" },
  { under: 10, label: "5-10 lbs" },
  { under: 70, label: "10-70 lbs" },
] as const;

/** The class a parcel falls in (on a border the heavier one), or null when it is too heavy to ship. */
export const weightClassOf = (grams: number): string | null =>
  CLASSES.find(({ under }) => grams / GRAMS_PER_POUND < under)?.label ?? null;
