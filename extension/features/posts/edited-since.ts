/** What was edited after posting began does not go out with that post: the screens say where listing and item differ. */
import { LISTING_FIELDS, type Item } from "#core/item/item.ts";
import { itemFor } from "#core/marketplace/marketplace.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";

/** As it goes to a channel: ids of photos, and every field a listing can show. */
const shownOf = (item: Item, channel: ChannelId): string => {
  const shown = itemFor(item, channel);
  return JSON.stringify(
    LISTING_FIELDS.map((field) => (field === "photos" ? item.photos.map(({ id }) => id) : shown[field])),
  );
};

/** @param sent the item as it was when posting began. */
export const isEditedSince = (sent: Item, now: Item, channel: ChannelId): boolean =>
  shownOf(sent, channel) !== shownOf(now, channel);

/** The same where only the moment is known at which it was asked for. */
export const isEditedAfter = ({ fieldTimes }: Pick<Item, "fieldTimes">, at: string): boolean =>
  [...LISTING_FIELDS, "overrides"].some((field) => Date.parse(fieldTimes[field] ?? "") > Date.parse(at));
