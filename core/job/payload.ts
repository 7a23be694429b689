/** What the service keeps of what a job is to list. */
import { z } from "zod";
import { itemSchema, type Item } from "../item/index.ts";

/** `items`, `cities`: by target, the item and the city as they were when that target was tried again. What is not to be listed is not read. */
const payloadSchema = z.object({
  item: z.unknown().optional(),
  items: z.record(z.string(), z.unknown()).default({}),
  city: z.string().optional(),
  cities: z.record(z.string(), z.string()).default({}),
});

/** `city`: what the seller chose for sites that have one per city. */
export type Payload = { item: Item | null; city: string | null };

/** What of it is to be listed for one target. @throws ZodError whose paths name what this version cannot read */
export function jobPayloadOf(stored: unknown, targetId: string): Payload {
  const { item, items, city = null, cities } = payloadSchema.parse(stored);
  const listed = items[targetId] ?? item ?? null;
  return { item: listed === null ? null : itemSchema.parse(listed), city: cities[targetId] ?? city };
}
