/** What is to be filled for one posting: the item as the job keeps it, its plan, and its photos on their way. */
import { z } from "zod";
import { itemSchema, type Item } from "#core/item/index.ts";
import { errorsAmong, itemFor, type Marketplace, type Marker } from "#core/marketplace/index.ts";
import type { Plan } from "#core/plan/index.ts";
import { payloadHash } from "#core/posting/index.ts";
import type { Place } from "../data/postings.ts";
import { photoSource, type PhotoSource } from "../photos/photo-source.ts";
import type { WorkerContext } from "../worker-context.ts";
import { ItemProblemError, UnreadableJobError } from "./endings.ts";

export type Form = {
  item: Item;
  plan: Plan;
  marker: Marker;
  hash: Promise<string>;
  photos: PhotoSource;
  /** What the listing will cost, for whoever keeps the books. */
  price: { priceMinor: number; currency: string };
};

const payloadSchema = z.object({ item: itemSchema.optional(), city: z.string().optional() });

/** What the job is to list: for a target that was tried again, as its item was then. @throws UnreadableJobError */
export const readPayload = async (
  context: Pick<WorkerContext, "db">,
  jobId: string,
  targetId: string,
): Promise<{ item: Item; city: string | null }> => {
  const [row] = await context.db.rows<{ payload: unknown }>(
    `select payload - 'items' || case when payload #> array['items', $2] is null then '{}'
       else jsonb_build_object('item', payload #> array['items', $2]) end as payload
     from public.listing_jobs where id = $1`,
    [jobId, targetId],
  );
  const read = payloadSchema.safeParse(row?.payload);
  if (!read.success) {
    const where = read.error.issues.map(({ path }) => path.join(".")).join(", ");
    throw new UnreadableJobError(
      `What this job kept cannot be read by this version (${where}). Start a new one.`,
    );
  }
  if (!read.data.item) throw new ItemProblemError("This job has no item to list.");
  return { item: read.data.item, city: read.data.city ?? null };
};

type FormOf = {
  marketplace: Marketplace;
  place: Place;
  signal: AbortSignal;
  /** Nothing is filled: it is only looked for what may have been posted. */
  isLook: boolean;
};

/** @throws ItemProblemError when the item cannot be listed there as it is. */
export const prepareForm = (
  context: Pick<WorkerContext, "photos">,
  { item, city }: { item: Item; city: string | null },
  { marketplace, place, signal, isLook }: FormOf,
): Form => {
  const [problem] = errorsAmong(marketplace.problemsOf(item));
  if (problem && !isLook) throw new ItemProblemError(problem.message);
  const photos = item.photos.slice(0, marketplace.photos.max);
  const plan = marketplace.planFor(item, {
    photoIds: photos.map(({ id }) => id),
    ...(city ? { account: { city } } : {}),
  });
  const { price } = itemFor(item, marketplace.identity.id);
  return {
    item,
    plan,
    marker: marketplace.markerOf(item),
    hash: payloadHash(plan, item),
    photos: photoSource(context.photos, {
      workspaceId: place.workspace_id,
      itemId: item.id,
      title: item.title,
      photos: isLook ? [] : photos,
      rule: marketplace.photos,
      signal,
    }),
    price: { priceMinor: price.amountMinor, currency: price.currency },
  };
};
