/**
 * A login that one browser alone knew is known to the service now, which may let the cloud and other browsers post there. So the
 * records that the browser kept go over. What was pressed, or is listed, or was cancelled, goes as evidence that cannot be
 * refused; the rest is asked for anew.
 */
import type { Marker } from "../marketplace/marketplace.ts";
import { apply } from "./apply.ts";
import type { PostingEvent } from "./events.ts";
import { isStanding } from "./keeper.ts";
import { nobody } from "./nobody.ts";
import type { ChannelPolicy } from "./events.ts";
import { isFinal, newPosting, type Posting } from "./posting.ts";
import { pressedByPerson } from "./pressed-by-person.ts";

/** What is over stays where it was kept, but a listing that stands is to be known. */
export const isOpenOrListed = (posting: Posting): boolean =>
  !isFinal(posting) || (posting.listing !== null && isStanding(posting));

/** What its item is at the channel. `marker`: for a record that has none of its own. */
export type AtChannel = {
  marker: Marker;
  policy: ChannelPolicy;
  record?: Extract<PostingEvent, { kind: "found" }>["record"];
};

/** The record as the service will keep it, and what it has to hear once it was asked for anew, in order. */
export function handedOver(
  posting: Posting,
  at: AtChannel,
  now: number,
): { posting: Posting; tell: PostingEvent[] } {
  const tell = newsOf(posting, at);
  const begun = tell.reduce((record, event) => played(record, event, now), anew(posting, now));
  // What came of attempts under the permits of the old record was told just now.
  const { permits } = posting;
  return { tell, posting: { ...begun, permits, settledAttempts: permits } };
}

const anew = ({ id, itemId, action, mode, isBeside, filledAt }: Posting, at: number): Posting => {
  const another = isBeside ? { consent: "another" as const } : {};
  const begun = newPosting({ id, itemId, action, driver: "tab", mode, at, ...another });
  return { ...begun, tabClaimed: true, filledAt };
};

function newsOf(posting: Posting, at: AtChannel): PostingEvent[] {
  const { sign, listing, cancelAsked, unsettledAt, state } = posting;
  const cancel: PostingEvent[] = cancelAsked ? [{ kind: "cancel" }] : [];
  if (unsettledAt === null && state !== "done") return cancel;
  const { externalId = null, url = null } = sign ?? {};
  const { record } = at;
  return [
    pressOf(posting, at),
    ...(sign ? [{ kind: "said-listed" as const, externalId, url }] : []),
    ...(listing
      ? [
          {
            kind: "found" as const,
            externalId: listing.externalId,
            url: listing.url,
            by: listing.by === "likeness" ? ("likeness" as const) : ("id" as const),
            ...(listing.status === null ? {} : { status: listing.status }),
            ...(record ? { record } : {}),
          },
        ]
      : []),
    ...cancel,
  ];
}

/** Perhaps pressed is pressed. A row that a person said is something else was there before, as far as this posting goes. */
function pressOf({ marker, baseline, dismissed }: Posting, at: AtChannel): PostingEvent {
  const before = baseline && [...new Set([...baseline, ...dismissed])];
  return pressedByPerson(marker ?? at.marker, at.policy, before);
}

/** As it will be once the service has heard of it; what says nothing new there says nothing new here. */
function played(posting: Posting, event: PostingEvent, now: number): Posting {
  const applied = apply(posting, event, nobody(posting, now));
  return applied.ok ? applied.posting : posting;
}

/** Something was asked before a press that a new beginning would not ask again. */
export const waitsForHand = ({ state, unsettledAt, question }: Posting): boolean =>
  state === "needs_human" &&
  unsettledAt === null &&
  (question?.kind === "field" || question?.kind === "stop" || question?.kind === "stuck");
