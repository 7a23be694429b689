/**
 * Facebook lists by city and finds it by name: "San Francisco, California". An item may only have a ZIP code, so the
 * state comes from the ZIP's first digits, and the city too where all ZIPs that begin so belong to one.
 */
import type { ItemLocation } from "#core/item/item.ts";

const STATE_NAMES = "Alabama AL Alaska AK Arizona AZ Arkansas AR California CA Colorado CO Connecticut CT Delaware DE District_of_Columbia DC Florida FL Georgia GA Hawaii HI Idaho ID Illinois IL Indiana IN Iowa IA Kansas KS Kentucky KY Louisiana LA Maine ME Maryland MD Massachusetts MA Michigan MI Minnesota MN Mississippi MS Missouri MO Montana MT Nebraska NE Nevada NV New_Hampshire NH New_Jersey NJ New_Mexico NM New_York NY North_Carolina NC North_Dakota ND Ohio OH Oklahoma OK Oregon OR Pennsylvania PA Rhode_Island RI South_Carolina SC South_Dakota SD Tennessee TN Texas TX Utah UT Vermont VT Virginia VA Washington WA West_Virginia WV Wisconsin WI Wyoming WY"; // oxfmt-ignore
const words = STATE_NAMES.split(" ");
const NAME_OF = new Map(
  words.flatMap((word, i) =>
    i % 2 === 1 ? [[word, (words[i - 1] ?? "").replaceAll("_", " ")] as const] : [],
  ),
);

/** First three digits, from-to, state. */
const ZIP_STATES =
  "010-027MA 028-029RI 030-038NH 039-049ME 050-054VT 055-055MA 056-059VT 060-069CT 070-089NJ 100-149NY 150-196PA 197-199DE 200-205DC 206-219MD 220-246VA 247-268WV 270-289NC 290-299SC 300-319GA 320-349FL 350-369AL 370-385TN 386-397MS 398-399GA 400-427KY 430-459OH 460-479IN 480-499MI 500-528IA 530-549WI 550-567MN 570-577SD 580-588ND 590-599MT 600-629IL 630-658MO 660-679KS 680-693NE 700-714LA 716-729AR 730-732OK 733-733TX 734-749OK 750-799TX 800-816CO 820-831WY 832-838ID 840-847UT 850-865AZ 870-884NM 885-885TX 889-898NV 900-961CA 967-968HI 970-979OR 980-994WA 995-999AK" // oxfmt-ignore
    .split(" ")
    .map((part) => ({ from: Number(part.slice(0, 3)), to: Number(part.slice(4, 7)), state: part.slice(7) }));

/** ZIPs that begin so lie in one city. */
const ONE_CITY: Record<string, string> = {
  "100": "New York", "101": "New York", "102": "New York", "112": "Brooklyn", "152": "Pittsburgh", "191": "Philadelphia",
  "606": "Chicago", "787": "Austin", "802": "Denver", "891": "Las Vegas", "941": "San Francisco", "946": "Oakland",
  "947": "Berkeley", "951": "San Jose", "958": "Sacramento", "972": "Portland", "981": "Seattle",
}; // oxfmt-ignore

export const stateOfZip = (zip: string): string | null => {
  const prefix = Number(zip.slice(0, 3));
  const code = /^\d{5}/.test(zip)
    ? ZIP_STATES.find(({ from, to }) => prefix >= from && prefix <= to)?.state
    : undefined;
  return code ? (NAME_OF.get(code) ?? null) : null;
};

export type Place = { city: string; state: string };

/** City and state as Facebook writes them, or null when the item does not say enough to be sure. */
export function placeOf(location: ItemLocation | null): Place | null {
  if (!location || location.country !== "US") return null;
  const zip = location.postalCode.trim();
  const [written = "", stateWritten] = location.city.split(",").map((part) => part.trim());
  const named =
    stateWritten &&
    (NAME_OF.get(stateWritten.toUpperCase()) ??
      [...NAME_OF.values()].find((name) => name.toLowerCase() === stateWritten.toLowerCase()));
  const state = stateOfZip(zip) ?? named ?? null;
  const city = written || ONE_CITY[zip.slice(0, 3)] || "";
  return state && city ? { city, state } : null;
}
