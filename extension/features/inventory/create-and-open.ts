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
