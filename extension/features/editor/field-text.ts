/** A field's value in a line of text. */
import { categoryPath, type CategoryId } from "#core/item/categories.ts";
import type { Condition, ItemFields } from "#core/item/item.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { channelName } from "#extension/ui/channel-tile.tsx";
import { formatMoney } from "#extension/ui/format.ts";
import { text } from "#extension/ui/messages.ts";
import type { Spot } from "./spots.ts";
import { words } from "./words.ts";

const MOST = 80;

export const valueText = (field: keyof ItemFields, value: unknown): string => {
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return words.none;
  if (field === "category") return categoryPath(value as CategoryId);
  if (field === "condition") return text.conditions[value as Condition];
  if (field === "shippingProfile") return text.shipping[value as keyof typeof text.shipping];
  if (field === "overrides")
    return Object.keys(value as object)
      .map((id) => channelName(id as ChannelId))
      .join(", ");
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "object")
    return "amountMinor" in value
      ? formatMoney(value as ItemFields["price"])
      : Object.values(value).filter(Boolean).join(" ");
  const line = String(value);
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line;
};

/** "Price", "Price on Mercari". */
export const spotName = ({ channel, field }: Spot): string =>
  words.fieldAt(text.fields[field] ?? field, channel ? channelName(channel) : null);
