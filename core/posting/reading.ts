/**
 * What the account's own listings showed, over all of its pages. Only a complete reading can speak against a listing;
 * one with gaps can still show that it is there.
 */
import type { GapReason, ListingRow } from "../plan/page-protocol.ts";

/** A row of whatever is read: of listings, of the messages of a thread, of the lines of a cart. */
export type ReadRow = Omit<ListingRow, "status"> & {
  /** A listing's; whose a message is ("mine"). */
  status: string;
  /** Of a cart's line: how many. */
  quantity?: number;
};

export type Reading = {
  /** Milliseconds by the host's clock: before the first page was asked for, after the last was read. */
  begunAt: number;
  endedAt: number;
  /** The channel's own id of whose list it is; null when it was not seen, or was not the same all through. */
  login: string | null;
  /** Every page, every state the folder names. */
  rows: ReadRow[];
  /** Gapless from the newest row to a known one or the end, on every page, freshly loaded, under one login. */
  complete: boolean;
  gaps: ReadingGap[];
};

export type ReadingGap = { page: string; why: GapReason };
