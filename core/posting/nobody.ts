/** What a record's keeper knows where nobody drives and no other posting is looked at. */
import { keeperOf, type Keeper } from "./keeper.ts";
import type { Posting } from "./posting.ts";

export const nobody = (posting: Posting, now: number): Keeper =>
  keeperOf(posting, [], {
    now,
    liveFence: null,
    leaseUntil: null,
    gone: null,
    cloudReady: false,
  });
