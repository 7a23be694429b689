/** The same sentences the editor shows: an item is refused here before a worker or a tab spends time on it. */
import type { Item } from "#core/item/index.ts";
import { errorsAmong } from "#core/marketplace/checks.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import { ApiProblem } from "../../problem.ts";

/** @throws item_has_problems naming each field, once per channel. */
export const refuseUnlistable = (item: Item, channels: Iterable<ChannelId>): void => {
  const errors = [...new Set(channels)].flatMap((channel) =>
    errorsAmong(marketplaceOf(channel).problemsOf(item)).map((problem) => ({
      path: `item.${problem.field}`,
      message: `${channel}: ${problem.message}`,
    })),
  );
  if (errors.length === 0) return;
  const fields = [...new Set(errors.map(({ path }) => path.slice("item.".length)))].join(", ");
  throw new ApiProblem(
    "item_has_problems",
    `Correct these fields of the item and send it again: ${fields}.`,
    { errors },
  );
};
