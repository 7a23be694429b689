/** What is to be filled for one posting: the item as the job keeps it, its plan, and its photos on their way. */
import { ZodError } from "zod";
import type { Item } from "#core/item/index.ts";
import { jobPayloadOf } from "#core/job/index.ts";
import { errorsAmong, itemFor, planOfItem, type Marketplace, type Marker } from "#core/marketplace/index.ts";
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
  const { item, city } = readable(() => jobPayloadOf(row?.payload, targetId));
  if (!item) throw new ItemProblemError("This job has no item to list.");
  return { item, city };
};

const readable = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const where = error.issues.map(({ path }) => path.join(".")).join(", ");
    throw new UnreadableJobError(
      `What this job kept cannot be read by this version (${where}). Start a new one.`,
    );
  }
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
  const plan = planOfItem(marketplace, item, city);
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
      photos: isLook ? [] : item.photos.slice(0, marketplace.photos.max),
      rule: marketplace.photos,
      signal,
    }),
    price: { priceMinor: price.amountMinor, currency: price.currency },
  };
};
