/** Opens the account's own listings page: who is signed in, and what is listed. */
import { askAgain } from "#core/host/index.ts";
import type { Marketplace } from "#core/marketplace/index.ts";
import type { ListingRow, StopSign } from "#core/plan/index.ts";
import type { PageHost } from "../browser/page-host.ts";

export class StoppedError extends Error {
  readonly stop: StopSign;
  constructor(stop: StopSign) {
    super(`The site shows a ${stop.kind} page: ${stop.evidence}`);
    this.name = "StoppedError";
    this.stop = stop;
  }
}

export class WrongHandleError extends Error {
  readonly shown: string | null;
  constructor(shown: string | null) {
    super("The stored session is signed in as somebody else.");
    this.name = "WrongHandleError";
    this.shown = shown;
  }
}

const LIST_MS = 10_000;

const refuseStops = async (host: PageHost, marketplace: string, frameHost?: string): Promise<void> => {
  const stop = await askAgain(host, frameHost, "stopSign", marketplace);
  if (stop) throw new StoppedError(stop);
};

const sameHandle = (a: string, b: string): boolean =>
  a.replace(/^@/, "").trim().toLowerCase() === b.replace(/^@/, "").trim().toLowerCase();

/**
 * @throws StoppedError on login, captcha and block pages; WrongHandleError unless the page shows the account's handle.
 * A session that is signed in as somebody else was planted, or the seller switched logins: nothing may be done with it.
 */
export const checkHandle = async (
  host: PageHost,
  marketplace: Marketplace,
  handle: string,
): Promise<void> => {
  const { id } = marketplace.identity;
  const {
    handleUrl,
    listings: [first],
  } = marketplace.account;
  if (!sameAddress(host.page.url(), handleUrl)) await host.open(handleUrl);
  await refuseStops(host, id);
  const shown = await askAgain(host, undefined, "signedInAs", id);
  if (shown !== null && sameHandle(shown, handle)) return;
  await refuseStops(host, id, sameAddress(handleUrl, first.url) ? first.frameHost : undefined);
  throw new WrongHandleError(shown);
};

const sameAddress = (a: string, b: string): boolean =>
  URL.canParse(a) && URL.canParse(b) && new URL(a).href === new URL(b).href;

/** Rows of the page new listings come up on, freshly loaded. @throws StoppedError; an Error when it was not read. */
export const readOwnListings = async (
  host: PageHost,
  marketplace: Marketplace,
  fresh = true,
): Promise<ListingRow[]> => {
  const { id, name } = marketplace.identity;
  const [first] = marketplace.account.listings;
  if (fresh || !sameAddress(host.page.url(), first.url)) await host.open(first.url);
  await refuseStops(host, id, first.frameHost);
  const input = { anchors: [], deadlineMs: LIST_MS };
  const { rows, why } = await askAgain(host, first.frameHost, "readListings", id, first.name, input);
  if (rows.length > 0) return rows;
  await refuseStops(host, id, first.frameHost);
  if (why.length > 0)
    throw new Error(`The list of listings at ${name} could not be read: ${why.join(", ")}.`);
  return rows;
};
