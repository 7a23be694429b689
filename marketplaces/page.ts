/**
 * What is put into a marketplace's page: the engine with the signs and gestures of every folder, as one global. Running it
 * again in the same world changes nothing. No plan, no schema and no item logic comes along; conformance.test.ts keeps it small.
 */
import { createEngine } from "#core/fill/engine.ts";
import type { PageEngine } from "#core/plan/page-protocol.ts";
import { account as craigslistAccount } from "./craigslist/account.ts";
import { outcome as craigslistOutcome } from "./craigslist/outcome.ts";
import { account as facebookAccount } from "./facebook/account.ts";
import { outcome as facebookOutcome } from "./facebook/outcome.ts";
import { deliveryMethod } from "./facebook/page/delivery-method.ts";
import { shippingLabel as facebookLabel } from "./facebook/page/shipping-label.ts";
import { account as mercariAccount } from "./mercari/account.ts";
import { outcome as mercariOutcome } from "./mercari/outcome.ts";
import { shipFrom } from "./mercari/page/ship-from.ts";
import { shippingLabel as mercariLabel } from "./mercari/page/shipping-label.ts";

const world = globalThis as typeof globalThis & { __hawkerPage?: PageEngine };

world.__hawkerPage ??= createEngine({
  marketplaces: {
    facebook: { outcome: facebookOutcome, account: facebookAccount },
    mercari: { outcome: mercariOutcome, account: mercariAccount },
    craigslist: { outcome: craigslistOutcome, account: craigslistAccount },
  },
  gestures: {
    "facebook.deliveryMethod": deliveryMethod,
    "facebook.shippingLabel": facebookLabel,
    "mercari.shipFrom": shipFrom,
    "mercari.shippingLabel": mercariLabel,
  },
});
