/**
 * What each site's ledger must hold for the items of the demo, field by field, written down by hand from the sample
 * inventory and the sites' own words. The product is not asked: this is the judge.
 */
import type { ListingNow } from "#practice/ledger-entry.ts";
import { SAMPLE_ITEMS, SAMPLE_POSTAL_CODE, type SampleItem } from "../sample/items.ts";

export type Site = "facebook" | "mercari" | "craigslist";
type Expected = string | boolean | readonly string[] | RegExp;

/** Item number (1-based) -> the words each site has for what differs by site. */
const WORDS: Record<number, { facebook: [category: string, weight: string]; mercari: [category: RegExp, size: RegExp | ""]; craigslist: string }> = {
  1: { facebook: ["Men's clothing & shoes", "1-2 lbs"], mercari: [/^Men > Coats & jackets > /, /^M \(/], craigslist: "clothing & accessories - by owner" },
  2: { facebook: ["Electronics & computers", "2-5 lbs"], mercari: [/^Electronics > Cameras & photography > /, ""], craigslist: "photo+video - by owner" },
  5: { facebook: ["Electronics & computers", "0.5-1 lbs"], mercari: [/^Electronics > TV, audio & surveillance > /, ""], craigslist: "electronics - by owner" },
  11: { facebook: ["Musical Instruments", "5-10 lbs"], mercari: [/^Other > Musical instruments > /, ""], craigslist: "musical instruments - by owner" },
}; // oxfmt-ignore

const CONDITION: Record<string, { facebook: string; mercari: string; craigslist: readonly string[] }> = {
  "Used - like new": {
    facebook: "Used - Like New",
    mercari: "Like new",
    craigslist: ["like new", "excellent"],
  },
  "Used - good": { facebook: "Used - Good", mercari: "Good", craigslist: ["good"] },
};

/** Text of the HTML body as a buyer reads it: tags gone, entities read, white space folded. */
const plain = (html: string): string =>
  html
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ")
    .trim();

/** Sites that ask by category show a brand field only there; Mercari alone requires one. */
export function expectedFields(site: Site, number: number): Record<string, Expected> {
  const item = SAMPLE_ITEMS[number - 1] as SampleItem;
  const words = WORDS[number];
  const condition = CONDITION[item.condition];
  if (!words || !condition) throw new Error(`The demo has no expectations for sample item ${number}.`);
  const dollars = item.price.replace(/\.00$/, "");
  if (site === "facebook") {
    const [category, weight] = words.facebook;
    return {
      title: item.title, description: plain(item.body), price: item.price, category, condition: condition.facebook,
      color: item.color ?? "", sku: item.sku, location: "San Francisco, California", weight, shipping: true,
      allowOffers: false, hideFromFriends: false,
    }; // oxfmt-ignore
  }
  if (site === "mercari") {
    const [category, size] = words.mercari;
    return {
      title: item.title, description: plain(item.body), price: item.price, category, condition: condition.mercari,
      brand: item.vendor, size, zip: SAMPLE_POSTAL_CODE, delivery: "MERCARI", freeShipping: false, smartPricing: false,
    }; // oxfmt-ignore
  }
  return {
    PostingTitle: item.title, PostingBody: plain(item.body), price: dollars, postal: SAMPLE_POSTAL_CODE,
    category: words.craigslist, conditionLabel: condition.craigslist, type: "for sale by owner",
    sale_manufacturer: item.vendor,
  }; // oxfmt-ignore
}

const fold = (value: unknown) =>
  String(value ?? "")
    .replace(/\s+/g, " ")
    .trim();
const money = (value: string) =>
  /^\$?\d+(\.\d{1,2})?$/.test(value) ? String(Number(value.replace("$", ""))) : value;

function agrees(actual: unknown, expected: Expected): boolean {
  if (typeof expected === "boolean") return actual === expected;
  if (expected instanceof RegExp) return expected.test(fold(actual));
  if (typeof expected === "string") return money(fold(actual)) === money(fold(expected));
  return expected.some((each) => agrees(actual, each));
}

export type FieldCheck = { expected: number; correct: number; wrong: string[] };

/** Names every field that is not as meant, with both values: sample data only, so it may be printed. */
export function checkFields(site: Site, number: number, listing: ListingNow): FieldCheck {
  const expected = Object.entries(expectedFields(site, number));
  const wrong = expected
    .filter(([name, value]) => !agrees(listing.fields[name], value))
    .map(
      ([name, value]) =>
        `${name}: ${JSON.stringify(listing.fields[name])} instead of ${value instanceof RegExp ? String(value) : JSON.stringify(value)}`,
    );
  return { expected: expected.length, correct: expected.length - wrong.length, wrong };
}
