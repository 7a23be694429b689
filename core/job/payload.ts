/** What the service keeps of what a job is to list. */
import { z } from "zod";
import { itemSchema, type Item } from "../item/index.ts";

/** `items`: by target, the item as it was when that target was tried again. */
const payloadSchema = z.object({
  item: itemSchema.optional(),
  items: z.record(z.string(), z.unknown()).default({}),
  city: z.string().optional(),
});

/** `city`: what the seller chose for sites that have one per city. */
export type Payload = { item: Item | null; city: string | null };

/** What of it is to be listed for one target. @throws ZodError whose paths name what this version cannot read */
export function jobPayloadOf(stored: unknown, targetId: string): Payload {
  const { item, items, city = null } = payloadSchema.parse(stored);
  return { item: targetId in items ? itemSchema.parse(items[targetId]) : (item ?? null), city };
}
