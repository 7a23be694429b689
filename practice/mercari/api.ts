/** What the page's script calls: `/v1/initialize`, photo uploads, and one endpoint with named operations. */
import { getCookie } from "hono/cookie";
import { z } from "zod";
import type { ListingFields } from "../ledger-entry.ts";
import { listingUrl, newListingId } from "../server/listing-address.ts";
import type { SiteApp, SiteContext } from "../server/site-context.ts";
import type { Session } from "../server/sessions.ts";
import { takeSubmit, type Stop } from "../server/submit.ts";
import type { World } from "../server/world.ts";
import type { Drafts } from "./drafts.ts";
import { centsOf, emptyInput, sellProblemsOf, sidesOf, weightOf, type SellInput } from "./listing.ts";
import { listingsPage, tabs } from "./own-listings.ts";
import { brands, carriersFor, conditions, limits } from "./options.ts";

const labelSchema = z.strictObject({
  pounds: z.number(),
  ounces: z.number(),
  shoebox: z.boolean(),
  length: z.number(),
  width: z.number(),
  height: z.number(),
  carrierId: z.string(),
});
const inputSchema = z.strictObject({
  photoIds: z.array(z.string()).max(50),
  title: z.string(),
  description: z.string(),
  category: z.string(),
  brand: z.string(),
  noBrand: z.boolean(),
  condition: z.string(),
  size: z.string(),
  color: z.string(),
  zip: z.string(),
  delivery: z.enum(["", "MERCARI", "OWN"]),
  freeShipping: z.boolean(),
  label: labelSchema.nullable(),
  price: z.string(),
  smartPricing: z.boolean(),
  floor: z.string(),
});
const callSchema = z.discriminatedUnion("operationName", [
  z.strictObject({
    operationName: z.literal("createListing"),
    variables: z.strictObject({ input: inputSchema }),
  }),
  z.strictObject({
    operationName: z.literal("updateListing"),
    variables: z.strictObject({ id: z.string(), input: inputSchema }),
  }),
  z.strictObject({
    operationName: z.literal("saveDraft"),
    variables: z.strictObject({ input: inputSchema }),
  }),
  z.strictObject({
    operationName: z.literal("searchBrands"),
    variables: z.strictObject({ query: z.string() }),
  }),
  z.strictObject({
    operationName: z.literal("recognizePhoto"),
    variables: z.strictObject({ photoId: z.string() }),
  }),
  z.strictObject({
    operationName: z.literal("shippingCarriers"),
    variables: z.strictObject({ label: labelSchema }),
  }),
  z.strictObject({
    operationName: z.literal("deactivateListings"),
    variables: z.strictObject({ ids: z.array(z.string()) }),
  }),
  z.strictObject({
    operationName: z.literal("myListings"),
    variables: z.strictObject({ tab: z.enum(tabs), cursor: z.string() }),
  }),
  z.strictObject({
    operationName: z.literal("deleteListing"),
    variables: z.strictObject({ id: z.string() }),
  }),
]);
type Call = z.infer<typeof callSchema>;

/** What the recogniser believes to see. Wrong for nearly everything, as the seller then has to notice. */
const guesses = [
  { title: "Men's blue denim trucker jacket", category: "Men > Coats & jackets > Denim", brand: "Levi's" },
  { title: "Vintage ceramic vase", category: "Home > Home decor > Vases", brand: "West Elm" },
  {
    title: "Bluetooth speaker portable",
    category: "Electronics > TV, audio & surveillance > Speakers",
    brand: "Bose",
  },
];
const recognitionMs = 350;
const searchMs = 120;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A listing as the ledger keeps it: the values the server received, with the words its ids stand for. */
function fieldsOf(input: SellInput): ListingFields {
  const { label } = input;
  const carrier =
    label && carriersFor(weightOf(label), sidesOf(label)).find(({ id }) => id === label.carrierId);
  const cents = centsOf(input.price);
  const floor = centsOf(input.floor);
  const own = input.delivery === "OWN";
  return {
    title: input.title,
    description: input.description,
    category: input.category,
    brand: input.noBrand ? "" : input.brand,
    noBrand: input.noBrand,
    condition: conditions.find(({ id }) => id === input.condition)?.label ?? "",
    conditionId: input.condition,
    size: input.size,
    color: input.color,
    zip: input.zip,
    delivery: input.delivery,
    freeShipping: input.freeShipping,
    weightPounds: own ? null : (label?.pounds ?? null),
    weightOunces: own ? null : (label?.ounces ?? null),
    shoebox: own ? null : (label?.shoebox ?? null),
    dimensions: own || !label || label.shoebox ? null : `${label.length}x${label.width}x${label.height}`,
    carrier: own ? null : (carrier?.name ?? null),
    price: cents === null ? input.price : (cents / 100).toFixed(2),
    smartPricing: input.smartPricing,
    floorPrice: input.smartPricing && floor !== null ? (floor / 100).toFixed(2) : null,
  };
}

const stops: Readonly<Record<Stop, { error: string; message: string; status: 401 | 403 }>> = {
  "session-expired": { error: "login", message: "Please log in", status: 401 },
  captcha: { error: "captcha", message: "Please verify you are human", status: 403 },
  checkpoint: { error: "verify", message: "We need to verify it's you", status: 403 },
  block: {
    error: "block",
    message: "We noticed unusual activity on your account. Your item could not be listed.",
    status: 403,
  },
  "limit-reached": {
    error: "limit",
    message: "Currently you are limited to 10 listings. This will be increased as you complete more sales.",
    status: 403,
  },
};

export function apiRoutes(app: SiteApp, world: World, drafts: Drafts): void {
  const accessTokenOf = (c: SiteContext): string => {
    const text = Buffer.from(getCookie(c, "_mwus") ?? "", "base64").toString("utf8");
    return String((JSON.parse(text) as { access_token?: unknown }).access_token ?? "");
  };
  /** The caller, if cookie, anti-forgery token and device token all belong to one login. */
  const caller = (c: SiteContext): Session | Response => {
    const session = c.get("session");
    if (!session) return c.json({ error: "login", message: "Please log in" }, 401);
    if (c.req.header("x-csrf-token") !== session.csrf)
      return c.json({ error: "csrf", message: "Please reload the page" }, 403);
    if (c.req.header("x-device-token") !== session.storage["_s_did"]) {
      return c.json({ error: "verify", message: "We need to verify it's you" }, 403);
    }
    return session;
  };

  app.get("/v1/initialize", (c) => {
    const session = c.get("session");
    if (!session) return c.json({ accessToken: null, csrf: null, draft: null });
    const draft = c.req.query("for") === "sell" ? drafts.take(session.account.handle) : null;
    const photos = world.photos
      .pick(draft?.photoIds ?? [])
      .map(({ sha256 }, index) => ({ id: draft?.photoIds[index] ?? "", sha256 }));
    return c.json({ accessToken: accessTokenOf(c), csrf: session.csrf, draft, draftPhotos: photos });
  });

  app.post("/v1/photos", async (c) => {
    const session = caller(c);
    if (session instanceof Response) return session;
    const file = (await c.req.parseBody())["photo"];
    if (!(file instanceof File)) return c.json({ message: "No photo was sent" }, 400);
    if (file.size > limits.photoBytes) return c.json({ message: "Photos must be smaller than 10 MB" }, 413);
    try {
      const { id, photo } = await world.photos.receive(file);
      return c.json({ id, sha256: photo.sha256 });
    } catch (error) {
      return c.json({ message: `This photo could not be read (${(error as Error).message})` }, 415);
    }
  });

  app.post("/v1/api", async (c) => {
    const session = caller(c);
    if (session instanceof Response) return session;
    const parsed = callSchema.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return c.json({ error: "invalid", message: z.prettifyError(parsed.error) }, 400);
    return answer(c, session, parsed.data);
  });

  const answer = async (c: SiteContext, session: Session, call: Call): Promise<Response> => {
    const { handle } = session.account;
    switch (call.operationName) {
      case "searchBrands": {
        await pause(searchMs);
        const query = call.variables.query.trim().toLowerCase();
        return c.json({
          brands: query ? brands.filter((brand) => brand.toLowerCase().includes(query)).slice(0, 10) : [],
        });
      }
      case "recognizePhoto": {
        const fault = world.faults.strike("mercari", handle, "recognition");
        await pause(fault?.ms ?? recognitionMs);
        const sha = world.photos.pick([call.variables.photoId])[0]?.sha256 ?? "0";
        const guess = guesses[parseInt(sha.slice(0, 6), 16) % guesses.length];
        return c.json({
          guess: fault?.result === undefined ? guess : fault.result,
          force: fault?.force ?? false,
        });
      }
      case "shippingCarriers": {
        await pause(searchMs);
        const { label } = call.variables;
        return c.json({ carriers: carriersFor(weightOf(label), sidesOf(label)) });
      }
      case "saveDraft":
        drafts.save(handle, call.variables.input);
        return c.json({ saved: true });
      case "createListing":
        return create(c, session, call.variables.input);
      case "updateListing": {
        const { id, input } = call.variables;
        const listing = own(session, id);
        const problems = Object.values(sellProblemsOf({ ...emptyInput, ...input }));
        if (!listing || problems.length)
          return c.json({ error: "invalid", message: problems[0] ?? "Item not found" }, 422);
        await world.edit(session, id, fieldsOf(input), world.photos.pick(input.photoIds));
        return c.json({ id });
      }
      case "myListings":
        return c.json(listingsPage(world, session, call.variables.tab, call.variables.cursor));
      case "deactivateListings": {
        const mine = call.variables.ids.filter((id) => own(session, id));
        for (const id of mine) await world.setStatus(session, id, "inactive");
        return c.json({ deactivated: mine });
      }
      case "deleteListing":
        if (!own(session, call.variables.id))
          return c.json({ error: "invalid", message: "Item not found" }, 404);
        await world.setStatus(session, call.variables.id, "deleted");
        return c.json({ deleted: call.variables.id });
    }
  };

  const own = (session: Session, id: string) => {
    const listing = world.listing("mercari", id);
    return listing?.account === session.account.handle && listing.status !== "deleted" ? listing : null;
  };

  const create = async (c: SiteContext, session: Session, input: SellInput): Promise<Response> => {
    const { handle } = session.account;
    const fields = fieldsOf(input);
    const photos = world.photos.pick(input.photoIds);
    const problems = Object.values(sellProblemsOf(input));
    if (photos.length !== input.photoIds.length) problems.push("Some photos are still uploading");
    const externalId = newListingId.mercari();
    const commit = async () => {
      await world.commit(session, { externalId, url: listingUrl.mercari(externalId), fields, photos });
      drafts.clear(handle);
    };
    return takeSubmit(
      c,
      world,
      { session, fields, photos: photos.length, problems, commit },
      {
        stopped(stop) {
          const { error, message, status } = stops[stop];
          return c.json({ error, message }, status);
        },
        refused: ([message = ""]) => c.json({ error: "invalid", message }, 422),
        made: () => c.json({ id: externalId }),
        broken: () => c.json({ error: "server", message: "Internal server error" }, 500),
      },
    );
  };
}
