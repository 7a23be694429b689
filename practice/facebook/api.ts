/** What the page's script calls: photo uploads, and one endpoint with operations named by `fb_api_req_friendly_name`. */
import { z } from "zod";
import type { ListingFields } from "../ledger-entry.ts";
import { listingUrl, newListingId } from "../server/listing-address.ts";
import type { SiteApp, SiteContext } from "../server/site-context.ts";
import type { Session } from "../server/sessions.ts";
import { takeSubmit, type Stop } from "../server/submit.ts";
import type { World } from "../server/world.ts";
import { centsOf, isShipped, listingProblemsOf, type ListingInput } from "./listing.ts";
import { sellingPage, sellingQuery } from "./selling-list.ts";
import {
  brandCategories,
  locations,
  locationsByPostalCode,
  suggestCategories,
  weightClasses,
} from "./options.ts";

const listingSchema = z.strictObject({
  photoIds: z.array(z.string()).max(50),
  title: z.string(),
  price: z.string(),
  category: z.string(),
  condition: z.string(),
  brand: z.string(),
  color: z.string(),
  material: z.string(),
  sku: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  location: z.string(),
  availability: z.string(),
  meetups: z.array(z.string()),
  hideFromFriends: z.boolean(),
  shipping: z.boolean(),
  pickup: z.boolean(),
  weight: z.string(),
  allowOffers: z.boolean(),
  minimumPrice: z.string(),
  groups: z.array(z.string()),
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const latency = { search: 150, suggest: 180, attributes: 120, weight: 250 } as const;

/** A listing as the ledger keeps it: what the server received, with what the delivery choice makes void left empty. */
function fieldsOf(input: ListingInput): ListingFields {
  const { photoIds: _photoIds, ...fields } = input;
  const cents = centsOf(input.price);
  const shipped = isShipped(input);
  return {
    ...fields,
    price: cents === null ? input.price : (cents / 100).toFixed(2),
    shipping: shipped,
    weight: shipped ? input.weight : "",
    allowOffers: shipped && input.allowOffers,
    minimumPrice: shipped && input.allowOffers ? ((centsOf(input.minimumPrice) ?? 0) / 100).toFixed(2) : "",
  };
}

/** The code by which the page's script knows each way to be stopped. */
const stops: Readonly<Record<Stop, string>> = {
  "session-expired": "login",
  captcha: "captcha",
  checkpoint: "checkpoint",
  block: "block",
  "limit-reached": "limit",
};

export function apiRoutes(app: SiteApp, world: World, drafts: Map<string, ListingInput>): void {
  const failed = (
    c: SiteContext,
    code: string,
    message: string,
    status: 200 | 400 | 401 | 403 | 422 | 500 = 200,
  ) => c.json({ errors: [{ code, message }] }, status);

  app.post("/ajax/react_composer/attachments/photo/upload/", async (c) => {
    const session = c.get("session");
    const body = await c.req.parseBody();
    if (!session || body["fb_dtsg"] !== session.csrf) return failed(c, "login", "Please log in", 401);
    const file = body["farr"];
    if (!(file instanceof File)) return failed(c, "invalid", "No photo was sent", 400);
    try {
      const { id, photo } = await world.photos.receive(file);
      return c.json({ payload: { photoID: id, sha256: photo.sha256 } });
    } catch (error) {
      return failed(c, "invalid", `Your photo couldn't be uploaded (${(error as Error).message})`, 422);
    }
  });

  app.post("/api/graphql/", async (c) => {
    const session = c.get("session");
    const body = await c.req.parseBody();
    const field = (name: string) => (typeof body[name] === "string" ? body[name] : "");
    if (!session || field("fb_dtsg") !== session.csrf) return failed(c, "login", "Please log in", 401);
    const operation = operations[field("fb_api_req_friendly_name")];
    if (!operation) return failed(c, "invalid", "Unknown operation", 400);
    return operation(c, session, JSON.parse(field("variables") || "{}"));
  });

  type Operation = (c: SiteContext, session: Session, variables: unknown) => Promise<Response>;
  const own = (session: Session, id: string) => {
    const listing = world.listing("facebook", id);
    return listing?.account === session.account.handle && listing.status !== "deleted" ? listing : null;
  };
  const withId = z.strictObject({ id: z.string() });

  const operations: Readonly<Record<string, Operation>> = {
    async MarketplaceCategorySuggestionsQuery(c, _session, variables) {
      const { text } = z.strictObject({ text: z.string() }).parse(variables);
      await pause(latency.suggest);
      return c.json({ data: { categories: suggestCategories(text) } });
    },
    async MarketplaceCategoryAttributesQuery(c, _session, variables) {
      const { category } = z.strictObject({ category: z.string() }).parse(variables);
      await pause(latency.attributes);
      return c.json({
        data: {
          attributes: [...(brandCategories.includes(category) ? ["brand"] : []), "color", "material", "sku"],
        },
      });
    },
    async MarketplaceLocationSearchQuery(c, _session, variables) {
      const { query } = z.strictObject({ query: z.string() }).parse(variables);
      await pause(latency.search);
      const wanted = query.trim().toLowerCase();
      const byCode = locationsByPostalCode[wanted];
      const found = byCode
        ? [byCode]
        : locations.filter((each) => wanted && each.toLowerCase().startsWith(wanted)).slice(0, 8);
      return c.json({ data: { locations: found } });
    },
    async MarketplaceShippingLabelQuery(c, _session, variables) {
      const { weight } = z.strictObject({ weight: z.string() }).parse(variables);
      await pause(latency.weight);
      const label = weightClasses.find((each) => each.label === weight);
      return label
        ? c.json({ data: { carrier: "USPS Ground Advantage", cents: label.labelCents } })
        : failed(c, "invalid", "Unknown weight", 400);
    },
    async MarketplaceYouSellingQuery(c, session, variables) {
      const { titleSearch, cursor } = sellingQuery.parse(variables);
      return c.json({ data: sellingPage(world, session, titleSearch, cursor) });
    },
    async MarketplaceSaveDraftMutation(c, session, variables) {
      drafts.set(session.account.handle, z.strictObject({ input: listingSchema }).parse(variables).input);
      return c.json({ data: { saved: true } });
    },
    async MarketplaceListingCreateMutation(c, session, variables) {
      return create(c, session, z.strictObject({ input: listingSchema }).parse(variables).input);
    },
    async MarketplaceListingEditMutation(c, session, variables) {
      const { id, input } = z.strictObject({ id: z.string(), input: listingSchema }).parse(variables);
      const problem = own(session, id) ? listingProblemsOf(input)[0] : "This listing is gone";
      if (problem) return failed(c, "invalid", problem, 422);
      await world.edit(session, id, fieldsOf(input), world.photos.pick(input.photoIds));
      return c.json({ data: { id } });
    },
    async MarketplaceListingDeleteMutation(c, session, variables) {
      const { id } = withId.parse(variables);
      if (!own(session, id)) return failed(c, "invalid", "This listing is gone", 422);
      await world.setStatus(session, id, "deleted");
      return c.json({ data: { id } });
    },
    async MarketplaceMarkAsSoldMutation(c, session, variables) {
      const { id } = withId.parse(variables);
      const listing = own(session, id);
      if (!listing) return failed(c, "invalid", "This listing is gone", 422);
      await world.setStatus(session, id, listing.status === "sold" ? "active" : "sold");
      return c.json({ data: { id } });
    },
  };

  const create = async (c: SiteContext, session: Session, input: ListingInput): Promise<Response> => {
    const { handle } = session.account;
    const fields = fieldsOf(input);
    const photos = world.photos.pick(input.photoIds);
    const problems = listingProblemsOf(input);
    if (photos.length !== input.photoIds.length) problems.push("Some photos are still uploading");
    const externalId = newListingId.facebook();
    const commit = async () => {
      const url = listingUrl.facebook(externalId);
      await world.commit(session, { externalId, url, fields, photos });
      drafts.delete(handle);
    };
    return takeSubmit(
      c,
      world,
      { session, fields, photos: photos.length, problems, commit },
      {
        stopped: (stop) => failed(c, stops[stop], "This can't be done right now"),
        refused: ([problem = ""]) => failed(c, "invalid", problem),
        made: () => c.json({ data: { marketplace_listing_create: { listing: { id: externalId } } } }),
        broken: () => failed(c, "server", "Internal error", 500),
      },
    );
  };
}
