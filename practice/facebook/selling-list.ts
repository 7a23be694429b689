/** The seller's own list as its page fetches it: so many rows at a time, newest first. */
import { z } from "zod";
import type { OwnRow } from "../server/own-list.ts";
import type { Session } from "../server/sessions.ts";
import type { World } from "../server/world.ts";

const pageSize = 24;

/** The cursor names the replica that answered first, and how many rows were sent. */
export const sellingQuery = z.strictObject({ titleSearch: z.string(), cursor: z.string().nullable() });

export interface SellingRow {
  readonly id: string;
  readonly title: string;
  readonly price: string;
  readonly photo: string;
  readonly status: OwnRow["status"];
}
export interface SellingPage {
  readonly listings: readonly SellingRow[];
  readonly next: string | null;
  /** So many slots at the top never get their row. */
  readonly undrawn: number;
  readonly filtered: boolean;
  /** Addresses and names of rows are other ones, as after a redesign. */
  readonly renamed: boolean;
  readonly shows: "rows" | "skeleton" | "nothing";
}

export function sellingPage(
  world: World,
  session: Session,
  titleSearch: string,
  cursor: string | null,
): SellingPage {
  const [replica, sent = "0"] = cursor?.split(":") ?? [];
  const list = world.ownLists.of(session, replica);
  const wanted = titleSearch.trim().toLowerCase();
  const rows = list.rows.filter(
    ({ title, status }) => status !== "deleted" && title.toLowerCase().includes(wanted),
  );
  const from = Number(sent);
  const end = from + pageSize;
  return {
    listings: rows.slice(from, end).map(({ id, title, price, photo, status }) => ({
      id,
      title,
      price,
      photo,
      status,
    })),
    next: end < rows.length ? `${list.replica}:${end}` : null,
    undrawn: from === 0 ? list.undrawn : 0,
    filtered: list.filtered,
    renamed: list.unreadable === "rows-renamed",
    shows:
      list.unreadable === "skeleton"
        ? "skeleton"
        : list.unreadable === "empty-without-mark"
          ? "nothing"
          : "rows",
  };
}
