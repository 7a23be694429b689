/** Opens the account's own listings page: who is signed in, and what is listed. */
import type { Page } from "playwright-core";
import type { Marketplace } from "#core/marketplace/index.ts";
import type { ListingRow, StopSign } from "#core/plan/index.ts";
import { askEngine } from "../browser/engine-frame.ts";

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

const GOTO_MS = 30_000;
const LIST_MS = 10_000;

export const openPage = async (page: Page, url: string): Promise<void> => {
  await page.goto(url, { waitUntil: "domcontentloaded", timeout: GOTO_MS });
};

const refuseStops = async (
  page: Page,
  bundle: string,
  marketplace: string,
  frameHost?: string,
): Promise<void> => {
  const stop = await askEngine(page, bundle, frameHost, "stopSign", marketplace);
  if (stop) throw new StoppedError(stop);
};

const sameHandle = (a: string, b: string): boolean =>
  a.replace(/^@/, "").trim().toLowerCase() === b.replace(/^@/, "").trim().toLowerCase();

/**
 * @throws StoppedError on login, captcha and block pages; WrongHandleError unless the page shows the account's handle.
 * A session that is signed in as somebody else was planted, or the seller switched logins: nothing may be done with it.
 */
export const checkHandle = async (
  page: Page,
  bundle: string,
  marketplace: Marketplace,
  handle: string,
): Promise<void> => {
  const { id } = marketplace.identity;
  const {
    handleUrl,
    listings: [first],
  } = marketplace.account;
  if (!sameAddress(page.url(), handleUrl)) await openPage(page, handleUrl);
  await refuseStops(page, bundle, id);
  const shown = await askEngine(page, bundle, undefined, "signedInAs", id);
  if (shown !== null && sameHandle(shown, handle)) return;
  await refuseStops(page, bundle, id, sameAddress(handleUrl, first.url) ? first.frameHost : undefined);
  throw new WrongHandleError(shown);
};

const sameAddress = (a: string, b: string): boolean =>
  URL.canParse(a) && URL.canParse(b) && new URL(a).href === new URL(b).href;

/** Rows of the page new listings come up on, freshly loaded. @throws StoppedError; an Error when it was not read. */
export const readOwnListings = async (
  page: Page,
  bundle: string,
  marketplace: Marketplace,
  fresh = true,
): Promise<ListingRow[]> => {
  const { id, name } = marketplace.identity;
  const [first] = marketplace.account.listings;
  if (fresh || !sameAddress(page.url(), first.url)) await openPage(page, first.url);
  await refuseStops(page, bundle, id, first.frameHost);
  const input = { anchors: [], deadlineMs: LIST_MS };
  const { rows, why } = await askEngine(page, bundle, first.frameHost, "readListings", id, first.name, input);
  if (rows.length > 0) return rows;
  await refuseStops(page, bundle, id, first.frameHost);
  if (why.length > 0)
    throw new Error(`The list of listings at ${name} could not be read: ${why.join(", ")}.`);
  return rows;
};
