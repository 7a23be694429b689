import type { Item } from "#core/item/item.ts";
import { createItem } from "#extension/store/items.ts";
import { goTo } from "../dashboard/use-route.ts";
import { syncSoon } from "./sync-soon.ts";
import { words } from "./words.ts";

/** Makes an empty item and opens it in the editor. */
export const createAndOpen = async (): Promise<void> => {
  const item = await createItem({ title: words.untitled, price: { amountMinor: 0, currency: "USD" } });
  syncSoon();
  goTo(`/inventory/${item.id}`);
};

/** As it was made: nobody has typed, chosen or added anything since. */
export const isBlank = ({ title, price, photos, fieldTimes, deletedAt }: Item): boolean =>
  title === words.untitled &&
  price.amountMinor === 0 &&
  photos.length === 0 &&
  Object.keys(fieldTimes).every((field) => field === "title" || field === "price") &&
  deletedAt === null;
