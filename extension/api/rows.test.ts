import { describe, expect, it } from "vitest";
import { postingRow } from "#core/posting/testing/posting-row.ts";
import { listingRow, targetRow } from "./rows.ts";

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const at = "2026-11-20T12:00:00+00:00";
const target = (url: string | null) =>
  targetRow(postingRow({ state: "done", listing: { externalId: "m1", url, by: "id" } }));
const listing = (url: string | null) =>
  listingRow({
    ...{ id: id(4), item_id: null, account_id: id(3), platform: "mercari", external_id: "m1", url },
    ...{ title: "Lamp", status: "active", first_seen_at: at, last_seen_at: at, updated_at: at },
  });

describe("the link to a listing", () => {
  it("when the row names the marketplace's own page: shown", () => {
    const url = "https://www.mercari.com/us/item/m1/";
    expect([target(url).posting.listing?.url, listing(url).url]).toEqual([url, url]);
  });

  it.each(["https://www.mercari.com.evil.test/us/item/m1/", "https://www.facebook.com/marketplace/item/1/"])(
    "when somebody wrote %s into it: no link",
    (url) => expect([target(url).posting.listing?.url, listing(url).url]).toEqual([null, null]),
  );
});
