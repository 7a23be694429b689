/**
 * What `npm run new:marketplace` writes. The files are questions to the compiler: each is typed and left open, so that
 * `tsc` names, file by file, what the folder has not answered yet. Nothing in them pretends to work.
 */
export type NewFolder = { id: string; name: string; host: string };

const ID = /^[a-z][a-z0-9]{2,19}$/;

/** Why this cannot be the id of a marketplace, or null. */
export const idProblem = (id: string, taken: readonly string[]): string | null => {
  if (!ID.test(id))
    return `"${id}" is no id: 3 to 20 small letters and digits, beginning with a letter, such as "depop".`;
  return taken.includes(id) ? `There is a marketplace "${id}" already.` : null;
};

/** File name -> text, for marketplaces/<id>/. */
export const scaffold = ({ id, name, host }: NewFolder): Record<string, string> => ({
  "README.md": `# ${name}

One sentence: which form, at which address.

## Quirks

- What surprised you on the page, one line each: what overwrites, what is on by default, what exists only after something else.

## Limits

Title, description, photos, price; and which of them are unverified.

## Last verified

Date, against what (live site by whom, practice site), and what nobody has looked at yet.
`,

  "identity.ts": `/** Addresses as they are on the live site; the pattern of an item page must not match anybody else's. */
import type { Identity } from "#core/marketplace/marketplace.ts";

export const identity: Identity = {
  id: "${id}", // add it to PLATFORMS in core/job/job.ts
  name: "${name}",
  hostPermissions: ["https://*.${host.replace(/^www\./, "")}/*"],
  hosts: ["${host}"],
  // Asked: monogram, countries, status, urls, recognizeListing.
};
`,

  "fields.ts": `/** Every field of an item: supported with its limits, or unsupported with the reason a seller may read. */
import type { FieldRules, PhotoRule } from "#core/marketplace/marketplace.ts";

export const fields: FieldRules = {};

export const photos: PhotoRule = {};
`,

  "categories.ts": `/** Canonical category -> the words this site's picker prints. \`npm run inspect -- --url ...\` shows its options. */
import type { CategoryId } from "#core/item/categories.ts";

export const CATEGORIES: Record<CategoryId, string> = {};
`,

  "conditions.ts": `/** First is what the form says today; never a word that sounds better than the item is. */
import type { Condition } from "#core/item/item.ts";

export const CONDITIONS: Record<Condition, readonly [string, ...string[]]> = {};
`,

  "locators.ts": `/** Per field, in this order: stable handle (test id, name, id), visible label, meaning. Per action: its handle or exact name. */
import type { Locator } from "#core/plan/plan.ts";

export const FIELDS: Record<"photos" | "title" | "description" | "price" | "category" | "condition", Locator[]> = {};

export const ACTIONS: Record<"submit", Locator[]> = {};
`,

  "problems.ts": `/** What hinders an item here, in sentences; the general checks read fields.ts. */
import type { Item } from "#core/item/item.ts";
import { fieldProblems } from "#core/marketplace/checks.ts";
import type { Problem } from "#core/plan/problem.ts";
import { fields, photos } from "./fields.ts";

export const problemsOf = (item: Item): Problem[] => fieldProblems({ id: "${id}", name: "${name}", fields, photos, item });
`,

  "plan.ts": `/** Item -> plan. Total for an item without errors: it never throws for one, and leaves no required field out. */
import type { Item } from "#core/item/item.ts";
import { assertListable } from "#core/marketplace/checks.ts";
import type { Marketplace, PlanContext } from "#core/marketplace/marketplace.ts";
import type { Plan } from "#core/plan/plan.ts";
import { problemsOf } from "./problems.ts";

export function planFor(item: Item, context: PlanContext): Plan {
  assertListable("${name}", problemsOf(item));
  // Asked: the steps. Photos first where the site reads them; the last press of submit commits.
}

export const previewOf: Marketplace["previewOf"];
export const markerOf: Marketplace["markerOf"];
`,

  "account.ts": `/** What a live session is made of (nothing more is kept), who is signed in, and the account's own listings. */
import type { AccountRules } from "#core/marketplace/marketplace.ts";

export const account: AccountRules = {};
`,

  "outcome.ts": `/** Proof of listing, proof of refusal, and pages where a person must take over. When in doubt: none of them. */
import type { OutcomeSigns } from "#core/marketplace/marketplace.ts";

export const outcome: OutcomeSigns = {};
`,

  "item-page.ts": `/** The seller's own item page: what only the owner sees, and where title, price, text and photos are. */
import type { ItemPageSigns } from "#core/marketplace/marketplace.ts";

export const itemPage: ItemPageSigns = {};
`,

  "index.ts": `import { defineMarketplace } from "#core/marketplace/marketplace.ts";
import { account } from "./account.ts";
import { fields, photos } from "./fields.ts";
import { identity } from "./identity.ts";
import { itemPage } from "./item-page.ts";
import { outcome } from "./outcome.ts";
import { markerOf, planFor, previewOf } from "./plan.ts";
import { problemsOf } from "./problems.ts";

export const ${id} = defineMarketplace({
  identity,
  fields,
  photos,
  account,
  outcome,
  itemPage,
  problemsOf,
  planFor,
  previewOf,
  markerOf,
});
`,

  [`${id}.site.test.ts`]: `import { siteSuite } from "../testing/site-suite.ts";

siteSuite("${id}");
`,
});

export const nextSteps = ({ id }: NewFolder): string => `Next:
  1. Add "${id}" to PLATFORMS in core/job/job.ts, its line to marketplaces/index.ts and to marketplaces/page.ts.
  2. npx tsc --noEmit -p tsconfig.standards.json     names every question this folder has not answered
  3. npm run inspect -- --url <the form> --json      what each control of the form is, and its options
  4. A practice site in practice/${id}/, faithful to what you saw, and its lines in marketplaces/testing/expected-listings.ts
  5. npm run goldens -- --write                      captures the plans; read them
  6. npx vitest run marketplaces                     the same questions every folder is asked, then the site itself
docs/adding-a-marketplace.md walks through it.`;
