/** What differs at one channel: how it is changed, and how a problem's fix is applied. */
import type { Item, ItemFields } from "../item/item.ts";
import type { Fix } from "../plan/problem.ts";
import type { ChannelId } from "./marketplace.ts";

/** The item's overrides with some fields of one channel set, and some the item's own again. */
export const withOverrides = (
  item: Pick<Item, "overrides">,
  { channel, set, reset }: Omit<Fix, "label">,
): ItemFields["overrides"] => {
  const { [channel]: before = {}, ...others } = item.overrides;
  const kept = Object.fromEntries(Object.entries(before).filter(([field]) => !reset.includes(field)));
  const own = { ...kept, ...set };
  return Object.keys(own).length === 0 ? others : { ...others, [channel]: own };
};

/** The item with the fix applied: by product and tests alike. */
export const mended = (item: Item, fix: Fix): Item => ({ ...item, overrides: withOverrides(item, fix) });

/** A fix that gives one field another value at this channel only. */
export const overrideFix = <K extends keyof ItemFields>(
  channel: ChannelId,
  label: string,
  field: K,
  value: ItemFields[K],
): Fix => ({ label, channel, set: { [field]: value }, reset: [] });
