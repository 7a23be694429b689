/** A posting being written, the order of its steps, and what the edit form refuses. */
import { randomBytes } from "node:crypto";
import type { LedgerPhoto, ListingFields } from "../ledger-entry.ts";
import { listingUrl } from "../server/listing-address.ts";
import { areas, categories, conditions, hoods, languages, limits, subareas, types } from "./options.ts";

export const steps = [
  "copyfromanother",
  "area",
  "subarea",
  "hood",
  "type",
  "cat",
  "edit",
  "geoverify",
  "editimage",
  "preview",
  "published",
] as const;
export type Step = (typeof steps)[number];

export interface Draft {
  readonly key: string;
  readonly code: string;
  /** Checked on every form, so that a page from another draft changes nothing. */
  readonly crypted: string;
  /** The handle, or null for a guest. */
  readonly account: string | null;
  /** The posting this draft will change, or null for a new one. */
  readonly editOf: string | null;
  area: string | null;
  subarea: string | null;
  hood: string | null;
  type: string | null;
  category: string | null;
  fields: Record<string, string>;
  photos: LedgerPhoto[];
  publishedUrl: string | null;
}

const random = (bytes: number) => randomBytes(bytes).toString("base64url").replace(/[-_]/g, "x");

export const newDraft = (account: string | null, editOf: string | null = null): Draft => ({
  key: random(18),
  code: random(4),
  crypted: random(24),
  account,
  editOf,
  area: null,
  subarea: null,
  hood: null,
  type: null,
  category: null,
  fields: {},
  photos: [],
  publishedUrl: null,
});

export const stepUrl = (draft: Draft, step: Step): string => `/k/${draft.key}/${draft.code}?s=${step}`;

/** The step that follows: known areas are not asked again, and only the city has neighbourhoods. */
export function stepAfter(draft: Draft, step: Step): Step {
  if (step === "copyfromanother" && draft.area) return "subarea";
  if (step === "area" && draft.area !== areas[0]?.value) return "type";
  if (step === "subarea" && draft.subarea !== subareas[0]?.value) return "type";
  return steps[steps.indexOf(step) + 1] ?? "preview";
}

export const choicesOf = {
  area: areas,
  subarea: subareas,
  hood: hoods,
  type: types,
  cat: categories,
} as const;

export const checkboxes = [
  "crypto_currency_ok",
  "delivery_available",
  "see_my_other",
  "show_address_ok",
  "contact_chat_ok",
  "show_phone_ok",
  "contact_phone_ok",
  "contact_text_ok",
] as const;
export const texts = [
  "PostingTitle",
  "price",
  "geographic_area",
  "postal",
  "PostingBody",
  "condition",
  "sale_manufacturer",
  "sale_model",
  "sale_size",
  "language",
  "FromEMail",
  "contact_phone",
  "contact_name",
  "xstreet0",
  "xstreet1",
  "city",
] as const;

/** What is wrong with the edit form, in the site's words; empty when nothing is. */
export function problemsOf(fields: Readonly<Record<string, string>>, guest: boolean): string[] {
  const problems: string[] = [];
  const title = fields["PostingTitle"]?.trim() ?? "";
  const body = fields["PostingBody"]?.trim() ?? "";
  if (!title) problems.push("You must enter a posting title.");
  if (title.length > limits.title)
    problems.push(`Your posting title is too long: ${limits.title} characters at most.`);
  if (!body) problems.push("You must enter a posting body.");
  if (body.length > limits.body)
    problems.push(`Your posting body is too long: ${limits.body} characters at most.`);
  if (!/^\d{5}$/.test(fields["postal"]?.trim() ?? "")) problems.push("Please enter a valid postal code.");
  if (!/^\$?\d*$/.test(fields["price"]?.trim() ?? ""))
    problems.push("Please enter a price in whole dollars.");
  const condition = fields["condition"] ?? "";
  if (condition && !conditions.some(({ value }) => value === condition))
    problems.push("Please choose a condition.");
  if (fields["language"] && !languages.some(({ value }) => value === fields["language"]))
    problems.push("Please choose a language.");
  if (guest && !/^\S+@\S+\.\S+$/.test(fields["FromEMail"] ?? ""))
    problems.push("Please enter a valid email address.");
  return problems;
}

const labelOf = (
  list: readonly { value: string; label: string }[],
  value: string | null | undefined,
): string => list.find((each) => each.value === value)?.label ?? "";

/** The posting as the ledger keeps it: raw form values, and the words they stand for. */
export function fieldsOf(draft: Draft): ListingFields {
  const received: Record<string, string | boolean> = {};
  for (const name of texts) received[name] = draft.fields[name]?.trim() ?? "";
  for (const name of checkboxes) received[name] = draft.fields[name] === "1";
  return {
    ...received,
    price: (draft.fields["price"] ?? "").replace("$", "").trim(),
    area: labelOf(areas, draft.area),
    subarea: labelOf(subareas, draft.subarea),
    hood: labelOf(hoods, draft.hood),
    type: labelOf(types, draft.type),
    category: labelOf(categories, draft.category),
    categoryId: draft.category ?? "",
    conditionLabel: labelOf(conditions, draft.fields["condition"]),
    languageLabel: labelOf(languages, draft.fields["language"]),
  };
}

/** The public address of a new posting. */
export function postingUrl(draft: Draft, id: string): string {
  const host = areas.find(({ value }) => value === draft.area)?.host ?? "sfbay";
  const area = subareas.find(({ value }) => value === draft.subarea)?.code ?? "sfc";
  const category = categories.find(({ value }) => value === draft.category)?.code ?? "for";
  return listingUrl.craigslist(id, draft.fields["PostingTitle"] ?? "", { host, area, category });
}
