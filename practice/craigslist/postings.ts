/** The seller's own postings: one table of all states, newest first, 50 a page; unfinished ones on a tab of their own. */
import { html } from "hono/html";
import type { ListingStatus } from "../ledger-entry.ts";
import type { OwnList, OwnRow } from "../server/own-list.ts";
import type { Session } from "../server/sessions.ts";

type Html = ReturnType<typeof html>;
export const perPage = 50;

const states: Readonly<Record<ListingStatus, string>> = {
  active: "Active",
  held: "Pending",
  inactive: "Expired",
  deleted: "Deleted",
  draft: "Draft",
  // The site knows nothing of sales; the control API refuses to make such postings here.
  in_progress: "Active",
  sold: "Deleted",
};

const addressOf = (row: OwnRow, renamed: boolean) =>
  renamed ? `https://sfbay.craigslist.org/p/${row.id}` : row.url;

const manage = (row: OwnRow, session: Session, renamed: boolean): Html =>
  html`<form class="manage display" action="${addressOf(row, renamed)}" method="get">
      <input class="managebtn" type="submit" value="display" />
    </form>
    <form
      class="manage edit"
      action="https://post.craigslist.org/manage/${row.id}/edit"
      method="get"
      target="_top"
    >
      <input class="managebtn" type="submit" value="edit" />
    </form>
    <form class="manage delete" data-posting-id="${row.id}" action="/manage/${row.id}/delete" method="post">
      <input type="hidden" name="crypt" value="${session.csrf}" />
      <input class="managebtn" type="submit" name="go" value="delete" />
    </form>`;

function postingRow(row: OwnRow, session: Session, renamed: boolean): Html {
  const state = states[row.status];
  const gone = state === "Deleted";
  const price = row.price ? ` - $${row.price}` : "";
  const title = gone ? html`${row.title}` : html`<a href="${addressOf(row, renamed)}">${row.title}</a>`;
  const { area, category } = row.listing.fields;
  const words = renamed ? { row: "acct-item", title: "name" } : { row: "posting-row", title: "title" };
  return html`<tr class="${words.row}">
    <td class="status ${state.toLowerCase()}" data-postingid="${row.id}">${state}</td>
    <td class="buttons">${gone ? "" : manage(row, session, renamed)}</td>
    <td class="${words.title}">${title}${price}</td>
    <td class="areacat"><b>${String(area ?? "")}</b> ${String(category ?? "")}</td>
    <td class="dates">${row.at.slice(0, 16).replace("T", " ")}</td>
    <td class="postingID">${row.id}</td>
  </tr>`;
}

const table = (rows: readonly Html[], renamed: boolean): Html =>
  html`<table class="${renamed ? "acct-list" : "accthp_postings"}">
    <thead>
      <tr>
        <th>status</th>
        <th>manage</th>
        <th>posting title</th>
        <th>area and category</th>
        <th>posted date</th>
        <th>id</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;

export interface Asked {
  readonly page: number;
  readonly tab: "postings" | "drafts";
}

const pageUrl = (page: number, tab: string) => `/login/home?filter_page=${page}&show_tab=${tab}`;

/** The account page's body. What is undrawn is missing from the first page, which is shorter for it. */
export function postingsBody(list: OwnList, session: Session, { page, tab }: Asked): Html {
  const all = list.rows.filter(({ status }) => (status === "draft") === (tab === "drafts"));
  const pages = Math.max(1, Math.ceil(all.length / perPage));
  const from = (page - 1) * perPage;
  const rows = all.slice(page === 1 ? list.undrawn : from, from + perPage);
  const { unreadable } = list;
  const renamed = unreadable === "rows-renamed";
  const next = page < pages ? html` <a class="next" href="${pageUrl(page + 1, tab)}">next</a>` : "";
  const shown =
    unreadable === "empty-without-mark"
      ? ""
      : unreadable === "skeleton"
        ? html`<div class="loading">loading postings ...</div>`
        : table(
            rows.map((row) => postingRow(row, session, renamed)),
            renamed,
          );
  const none = rows.length || unreadable ? "" : html`<p class="none">no postings match your filter.</p>`;
  return html`<nav class="tabs">
      <a href="${pageUrl(1, "postings")}">postings</a> <a href="${pageUrl(1, "drafts")}">drafts</a> searches
      settings billing
    </nav>
    ${list.filtered ? html`<p class="filter">showing: expired <a href="${pageUrl(1, tab)}">show all</a></p>` : ""}
    <p>
      <a class="newpost" href="https://post.craigslist.org/c/sfo" target="_top">new posting</a> · page ${page}
      of ${pages}${next}
    </p>
    ${shown} ${none}`;
}
