/** Before anything is filled: is it there already? A retry heals here, and look-alikes are remembered as not ours. */
import type { PageHost } from "../browser/page-host.ts";
import { knownListings } from "../data/targets.ts";
import { matches, readMarker, writeMarker, type StoredMarker } from "../listings/marker-match.ts";
import { postedAmong, recordPosted } from "../listings/find-posted.ts";
import { readOwnListings } from "../listings/read-own-listings.ts";
import type { WorkerContext } from "../worker-context.ts";
import type { Attempt } from "./attempt.ts";
import type { Form } from "./fill-form.ts";

export type Before = { kind: "settled" } | { kind: "go"; marker: StoredMarker };

export const lookBefore = async (
  context: WorkerContext,
  attempt: Attempt,
  form: Form,
  host: PageHost,
): Promise<Before> => {
  const { target, writer, marketplace, account } = attempt;
  const [rows, known] = await Promise.all([
    readOwnListings(host, marketplace, false),
    knownListings(context.db, account.id),
  ]);
  const wanted = marketplace.markerOf(form.item);
  const earlier = readMarker(target.marker);
  const alike = rows.filter((row) => matches(row, wanted)).flatMap(({ externalId }) => externalId ?? []);
  const isAnothers = (externalId: string) => known.has(externalId) && known.get(externalId) !== form.item.id;
  // Listing again on purpose: whatever is there now is not it. Else only what is known to be another item's.
  const before = earlier?.before ?? alike.filter((externalId) => attempt.again || isAnothers(externalId));
  const marker: StoredMarker = { ...wanted, before };

  const posted = postedAmong(rows, marker, null);
  if (posted) {
    const listingId = await recordPosted(writer, marketplace, form.item, marker, posted);
    await writer.say("Found in the account's own listings: nothing to post", {
      externalId: posted.externalId,
    });
    await writer.move("filling", "done", {
      listing_id: listingId,
      submit_outcome: "confirmed",
      state_reason: "was already listed",
      report: attempt.report,
    });
    return { kind: "settled" };
  }
  const intent = await writer.intend(form.payloadHash, writeMarker(marker));
  context.reach("intended");
  if (intent.open || intent.confirmed) {
    // Submitted by an earlier run and not in the list now: sold, ended or lagging. Nobody but a person can say.
    const reason =
      "An earlier run may have posted this, and it is not among the active listings. Say whether it is there.";
    await writer.move("filling", "needs_human", { state_reason: reason, report: attempt.report });
    return { kind: "settled" };
  }
  return { kind: "go", marker };
};
