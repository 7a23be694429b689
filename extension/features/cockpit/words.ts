import { count } from "#extension/ui/format.ts";

export const words = {
  title: "Posting",
  emptyTitle: "Nothing is being posted",
  emptyText: "Choose an item and the sites to post it to. Each site gets a line here while it is filled in.",
  toInventory: "Choose an item",
  crosspost: "Crosspost this item",
  noPrice: "No price yet",
  unreadPrice: (why: "none" | "several" | "unclear", site: string) =>
    ({
      none: `The page on ${site} shows no price. Set one before you post this item.`,
      several: `The page on ${site} shows more than one price, so Hawker took none. Set the one you ask.`,
      unclear: `Hawker could not read the price on ${site} exactly, so it took none. Set the one you ask.`,
    })[why],
  setPrice: "Set the price",
  fields: (n: number, of: number) => `${n} of ${of} fields filled`,
  showFields: "Show fields",
  hideFields: "Hide fields",
  waitingFields: "Fields show here as they are filled in.",
  footer: "Posting controls",
  publishAll: (n: number) => `Publish ${count(n, "ready post")}`,
  pauseAll: "Pause all",
  resumeAll: "Resume all",
  others: "Other items",
  marks: {
    set: "Set",
    readBack: "Read back",
    changed: "Site changed it",
    yours: "You changed it",
    unsure: "Not sure",
    missing: "Not there",
    waiting: "Waiting",
    skipped: "Not needed",
  },
  photos: (n: number) => `${n} ${n === 1 ? "photo" : "photos"}`,
  on: "On",
  off: "Off",
};
