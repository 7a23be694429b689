/**
 * Which of Craigslist's sites a posting goes to. Only "sfo" is confirmed by the sources of this folder; the other codes
 * are the ones in use for years and are checked by the wizard itself, which asks for the area when a code means nothing.
 */
export type Area = { code: string; host: string; label: string; zips: readonly string[] };

export const AREAS: readonly Area[] = [
  { code: "sfo", host: "sfbay", label: "san francisco bay area", zips: ["940-951", "954-954"] },
  { code: "sea", host: "seattle", label: "seattle-tacoma", zips: ["980-984"] },
  { code: "pdx", host: "portland", label: "portland", zips: ["970-972"] },
  { code: "sac", host: "sacramento", label: "sacramento", zips: ["956-958"] },
  { code: "lax", host: "losangeles", label: "los angeles", zips: ["900-918"] },
  { code: "sdo", host: "sandiego", label: "san diego", zips: ["919-921"] },
  { code: "nyc", host: "newyork", label: "new york city", zips: ["100-104", "110-119"] },
  { code: "chi", host: "chicago", label: "chicago", zips: ["600-608"] },
  { code: "bos", host: "boston", label: "boston", zips: ["017-024"] },
  { code: "den", host: "denver", label: "denver", zips: ["800-804"] },
  { code: "aus", host: "austin", label: "austin", zips: ["786-787"] },
];

/** Sub-areas of the bay area and the ZIPs in them; other areas have none that we know. */
const SUBAREAS: readonly { label: string; zips: readonly string[] }[] = [
  { label: "city of san francisco", zips: ["941-941"] },
  { label: "south bay area", zips: ["950-951"] },
  { label: "east bay area", zips: ["945-948"] },
  { label: "peninsula", zips: ["940-940", "943-944"] },
  { label: "north bay / marin", zips: ["949-949", "954-954"] },
];

const within = (zips: readonly string[], zip: string): boolean => {
  const prefix = Number(zip.slice(0, 3));
  return zips.some((range) => prefix >= Number(range.slice(0, 3)) && prefix <= Number(range.slice(4)));
};
/** Santa Cruz has its own sub-area inside the 950s. */
const SANTA_CRUZ = /^950(?:0[13567]|10|1[789]|6\d|7[36])/;

/** The area of the account's chosen city ("https://sfbay.craigslist.org"), else of the ZIP; null when neither says. */
export function areaOf(city: string | undefined, zip: string): Area | null {
  const host = city?.replace(/^https?:\/\//, "").split(".")[0];
  return AREAS.find((area) => area.host === host) ?? AREAS.find((area) => within(area.zips, zip)) ?? null;
}

export const subareaOf = (zip: string): string | null =>
  SANTA_CRUZ.test(zip) ? "santa cruz co" : (SUBAREAS.find(({ zips }) => within(zips, zip))?.label ?? null);
