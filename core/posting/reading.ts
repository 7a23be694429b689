/** What an account's own lists showed, as one reading of all their pages. */
import type { ListingRow } from "../plan/page-protocol.ts";

export type ReadingGap = {
  page: string;
  why: "not-rendered" | "loading" | "gap" | "count-differs" | "filter-on" | "login-not-seen" | "unreachable";
};

export type Reading = {
  /** By the host's clock: when the first page was asked for, and when the last one was read. */
  begunAt: number;
  endedAt: number;
  /** The channel's own stable id of the account that is signed in there. */
  login: string | null;
  /** Every page, every status the folder names. */
  rows: ListingRow[];
  /** Freshly loaded, this login seen, gapless from the newest row to a known one or to the end. */
  complete: boolean;
  gaps: ReadingGap[];
};
