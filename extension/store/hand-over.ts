/**
 * A login that this browser alone knew is known to the service now, which may let the cloud and other browsers post there. So
 * the posts whose record was kept here go over to it: at once, in the transaction that makes the account known, and heard of
 * through the outbox like all that happened while the service was away. What was pressed, or is listed, goes as evidence that
 * cannot be refused; the rest is asked for anew.
 */
import { pressedByPerson } from "#core/host/pressed-by-person.ts";
import { itemFor } from "#core/marketplace/marketplace.ts";
import {
  apply,
  isFinal,
  isStanding,
  newPosting,
  policyOf,
  sameLogin,
  type Posting,
  type PostingEvent,
} from "#core/posting/index.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import type { HawkerDatabase } from "./database.ts";
import { nobody } from "./nobody.ts";
import type { AccountRow, PostRow } from "./rows.ts";

type Known = Pick<AccountRow, "id" | "platform" | "loginId" | "handle" | "localOnly">;

/** Kept here although the service knows its login. What is over stays here, but a listing that stands is to be known. */
export const isToHandOver = (post: PostRow, account: Known): boolean =>
  post.keeper === "browser" &&
  !account.localOnly &&
  post.platform === account.platform &&
  post.login !== null &&
  sameLogin(post.login.id, account.loginId) &&
  isOpenOrListed(post.posting);

export const isOpenOrListed = (posting: Posting): boolean =>
  !isFinal(posting) || (posting.listing !== null && isStanding(posting));

/** The post as the service will keep it, and what it has to hear, in order. */
export function handedOver(
  post: PostRow,
  account: Pick<Known, "id" | "loginId" | "handle">,
  now: number,
): { post: PostRow; tell: PostingEvent[] } {
  const { posting } = post;
  const tell = newsOf(post);
  const begun = tell.reduce((record, event) => played(record, event, now), anew(posting, now));
  // What came of attempts under permits from here was told just now.
  const { permits } = posting;
  return {
    tell,
    post: {
      ...post,
      keeper: "service",
      accountId: account.id,
      login: { id: account.loginId, name: account.handle },
      target: null,
      asked: null,
      heardAt: null,
      posting: { ...begun, permits, settledAttempts: permits },
      ...(waitsForPerson(posting) ? { paused: true, note: posting.ending } : {}),
      updatedAt: new Date(now).toISOString(),
    },
  };
}

const anew = ({ id, itemId, mode, isBeside, filledAt }: Posting, at: number): Posting => {
  const another = isBeside ? { consent: "another" as const } : {};
  const begun = newPosting({ id, itemId, driver: "tab", mode, at, ...another });
  return { ...begun, tabClaimed: true, filledAt };
};

function newsOf(post: PostRow): PostingEvent[] {
  const { posting } = post;
  if (posting.unsettledAt === null && posting.state !== "done") return [];
  const { sign, listing, cancelAsked } = posting;
  const { title, price } = itemFor(post.item, post.platform);
  const record = { title, priceMinor: price.amountMinor, currency: price.currency };
  const { externalId = null, url = null } = sign ?? {};
  return [
    pressOf(post),
    ...(sign ? [{ kind: "said-listed" as const, attempt: null, externalId, url }] : []),
    ...(listing
      ? [
          {
            kind: "found" as const,
            externalId: listing.externalId,
            url: listing.url,
            by: listing.by === "likeness" ? ("likeness" as const) : ("id" as const),
            ...(listing.status === null ? {} : { status: listing.status }),
            record,
          },
        ]
      : []),
    ...(cancelAsked ? [{ kind: "cancel" as const }] : []),
  ];
}

/** Perhaps pressed is pressed. A row that a person said is something else was there before, as far as this posting goes. */
function pressOf({ platform, item, posting }: PostRow): PostingEvent {
  const site = marketplaceOf(platform);
  const { marker, baseline, dismissed } = posting;
  const before = baseline && [...new Set([...baseline, ...dismissed])];
  return pressedByPerson(marker ?? site.markerOf(item), policyOf(site), before);
}

/** As it will be once the service has heard of it; what says nothing new there says nothing new here. */
function played(posting: Posting, event: PostingEvent, now: number): Posting {
  const applied = apply(posting, event, nobody(posting, now));
  return applied.ok ? applied.posting : posting;
}

/** Something was asked before a press that a new beginning would not ask again. */
const waitsForPerson = ({ state, unsettledAt, question }: Posting): boolean =>
  state === "needs_human" &&
  unsettledAt === null &&
  (question?.kind === "field" || question?.kind === "stop" || question?.kind === "stuck");

/** Everything that changes with it: one transaction. */
export const handOverTables = (db: HawkerDatabase) => [db.accounts, db.posts, db.postingOutbox, db.listings];

/**
 * Inside a transaction over `handOverTables`.
 * @returns the ids of the posts that went over.
 */
export const handOver = async (db: HawkerDatabase, account: Known): Promise<string[]> => {
  if (account.localOnly) return [];
  const here = await db.posts.where("platform").equals(account.platform).toArray();
  const going = here.filter((post) => isToHandOver(post, account));
  for (const before of going) {
    const { post, tell } = handedOver(before, account, Date.now());
    await db.posts.put(post);
    const { id: postId, updatedAt: at } = post;
    for (const event of tell) await db.postingOutbox.add({ postId, eventId: crypto.randomUUID(), event, at });
    // Until the service's own record of it comes (pull-changes.ts).
    await db.listings.update(postId, { accountId: account.id });
  }
  return going.map(({ id }) => id);
};
