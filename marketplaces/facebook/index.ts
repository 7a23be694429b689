import { defineMarketplace } from "#core/marketplace/marketplace.ts";
import { account } from "./account.ts";
import { fields, photos } from "./fields.ts";
import { identity } from "./identity.ts";
import { itemPage } from "./item-page.ts";
import { outcome } from "./outcome.ts";
import { markerOf, planFor, previewOf } from "./plan.ts";
import { problemsOf } from "./problems.ts";

export const facebook = defineMarketplace({
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
