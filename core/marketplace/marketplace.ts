/**
 * What a marketplace folder answers. `defineMarketplace` joins the pieces; core knows no marketplace but its id.
 * All of it is data or pure functions: it runs in the extension, the API and the worker alike.
 */
import type { Item, ItemFields, ListingField } from "../item/item.ts";
import type { PLATFORMS } from "../job/job.ts";
import type { Locator, Plan } from "../plan/plan.ts";
import type { Problem } from "../plan/problem.ts";
import type { AccountRules } from "./account-rules.ts";

export type { AccountRules, ListingsPage, LoginRule, SettleRules } from "./account-rules.ts";

export type ChannelId = (typeof PLATFORMS)[number];

export type Identity = {
  id: ChannelId;
  name: string;
  /** Two letters and a colour for the monogram tile. */
  monogram: { text: string; color: string };
  /** Optional host permissions asked for at connect: ["https://*.mercari.com/*"]. */
  hostPermissions: string[];
  hosts: string[];
  countries: string[];
  status: { kind: "working"; verified: string } | { kind: "broken"; reason: string; since: string };
  urls: {
    home: string;
    login: string;
    create: string;
    activeListings: string;
    listing(externalId: string): string;
  };
  /** External id of the item page at this URL, or null when it is no item page. */
  recognizeListing(url: string): string | null;
};

/** How each item field is treated: every field must be answered, so a new one does not compile until all have replied. */
export type FieldRule =
  | {
      kind: "supported";
      need: "required" | "optional";
      /** Limits shown in the editor; the same numbers `problemsOf` uses. */
      maxLength?: number;
      minWords?: number;
      max?: number;
      min?: number;
      note?: string;
    }
  | { kind: "unsupported"; reason: string };
export type FieldRules = Record<ListingField, FieldRule>;

/** Photos are sent as JPEG, which every marketplace takes. */
export type PhotoRule = {
  min: number;
  max: number;
  maxBytes: number;
  maxEdge: number;
};

export type OutcomeSigns = {
  /** What the site shows when it says that it listed. A sign, not proof: proof is the row in a reading. */
  listed: (
    | { urlPattern: string; idGroup?: number }
    | { visible: Locator[] }
    | { linkPattern: string; idGroup?: number }
  )[];
  /** The form's own errors, after which nothing was listed. */
  rejected: Locator[];
  /** What stands as long as the form does. An error counts as a refusal only together with one of these. */
  form: Locator[];
  stops: {
    kind: "login" | "captcha" | "checkpoint" | "block" | "limit";
    urlIncludes?: string[];
    /** Case-insensitive text of visible headings, dialogs or main content. */
    texts?: string[];
    visible?: Locator[];
  }[];
};

export type ItemPageSigns = {
  /** Present only on the seller's own item pages. Empty: the page does not tell; ids seen in the seller's own list do. */
  own: Locator[];
  title: Locator[];
  price: Locator[];
  description: Locator[];
  photos: string;
  /** Where the in-page Crosspost button goes: beside this element. */
  anchor: Locator[];
};

export type PlanContext = {
  photoIds: string[];
  /** "https://sfbay.craigslist.org"-style choices a seller made for the account. */
  account?: { city?: string };
};

export type Marketplace = {
  identity: Identity;
  fields: FieldRules;
  photos: PhotoRule;
  account: AccountRules;
  outcome: OutcomeSigns;
  itemPage: ItemPageSigns;
  /** All that hinders this item here, with fixes; the same sentences everywhere. Empty = `planFor` is total. */
  problemsOf(item: Item): Problem[];
  planFor(item: Item, context: PlanContext): Plan;
  /** What will be sent, per field as the site will show it: the preview. */
  previewOf(item: Item): { field: string; label: string; value: string }[];
  /** How this listing is recognised in the account's own list (never-twice read-back). */
  markerOf(item: Item): Marker;
};

/** `quantity`: of a line in a cart. */
export type Marker = { title: string; priceText: string; sku?: string; quantity?: number };

/** Said to be broken: nothing is posted there, for a wrong listing is worse than none. */
const brokenProblems = ({ name, status }: Identity): Problem[] =>
  status.kind === "working"
    ? []
    : [
        {
          field: "channel",
          severity: "error",
          code: "channel-broken",
          message: `Hawker does not post to ${name} at the moment, since ${status.since}: ${status.reason}`,
        },
      ];

export const defineMarketplace = (m: Marketplace): Marketplace =>
  Object.freeze({
    ...m,
    problemsOf: (item: Item) => [...brokenProblems(m.identity), ...m.problemsOf(item)],
  });

/** The item as this channel gets it: its overrides applied over its own fields. */
export const itemFor = (item: Item, channel: ChannelId): Item => ({
  ...item,
  ...(item.overrides[channel] as Partial<ItemFields> | undefined),
});
