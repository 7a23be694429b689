import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import { count } from "#extension/ui/format.ts";
import type { Remains } from "./what-remains.ts";

const names = (channels: ChannelId[]): string =>
  new Intl.ListFormat("en").format(channels.map((channel) => marketplaceOf(channel).identity.name));

export const words = {
  title: "Inventory",
  untitled: "Untitled item",
  search: "Search items",
  newItem: "New item",
  import: "Import",
  importFromShopify: "Import from Shopify",
  table: "Table",
  grid: "Grid",
  view: "View",
  selectAll: "Select all",
  select: (title: string) => `Select ${title}`,
  selected: "Selected items",
  nSelected: (n: number) => `${n} selected`,
  crosspost: "Crosspost",
  duplicate: "Duplicate",
  delete: "Delete",
  clear: "Clear",
  photosMissing: (n: number) =>
    `${count(n, "photo")} not on this computer yet ${n === 1 ? "is" : "are"} missing from the copies.`,
  deleted: (n: number, { live, underWay }: Remains) => {
    const it = n === 1 ? "it" : "them";
    const stays = n === 1 ? "It stays" : "They stay";
    const sent = n === 1 ? "it was" : "they were";
    const more = [
      ...(live.length > 0 ? [`${stays} live on ${names(live)} until you end ${it} there.`] : []),
      ...(underWay.length > 0
        ? [`Posting ${it} to ${names(underWay)} stops, unless ${sent} sent already.`]
        : []),
    ];
    return [`${count(n, "item")} deleted${more.length > 0 ? "." : ""}`, ...more].join(" ");
  },
  emptyTitle: "Your inventory is empty",
  emptyText: "Add what you sell once. From here it goes to every site you connect.",
  noneTitle: "No item matches",
  noneText: "Try fewer words, or clear the filter.",
  clearFilter: "Clear search and filter",
  count: (n: number) => count(n, "item"),
  columns: {
    item: "Item",
    price: "Price",
    quantity: "Qty",
    condition: "Condition",
    channels: "Channels",
    updated: "Changed",
  },
  filters: { all: "All", unlisted: "Not listed", listed: "Listed", problems: "Needs details" },
  filter: "Filter",
  labels: "Labels",
  notListed: (site: string) => `Not on ${site}`,
  onChannel: (site: string, state: string) => `${site}: ${state}`,
};
