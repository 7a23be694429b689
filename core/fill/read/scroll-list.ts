/**
 * Long lists draw only what is near the screen. They are scrolled row by row, and told so: in hidden tabs scroll events,
 * which come with animation frames, do not come.
 */
import { windowOf } from "../page/roots.ts";

/** What scrolls when this row does. */
function scrollerOf(row: HTMLElement): HTMLElement {
  const view = windowOf(row);
  for (let at = row.parentElement; at; at = at.parentElement) {
    if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(view.getComputedStyle(at).overflowY))
      return at;
  }
  return row.ownerDocument.documentElement;
}

const tellScrolled = (scroller: HTMLElement) => {
  const { ownerDocument } = scroller;
  const target = scroller === ownerDocument.documentElement ? ownerDocument : scroller;
  target.dispatchEvent(new Event("scroll", { bubbles: true }));
};

export function scrollToTop(row: HTMLElement): void {
  const scroller = scrollerOf(row);
  scroller.scrollTop = 0;
  tellScrolled(scroller);
}

/** Puts the row at the upper edge, so that it is still there when what follows it is drawn. */
export function scrollPast(row: HTMLElement): void {
  const scroller = scrollerOf(row);
  row.scrollIntoView({ block: "start", behavior: "instant" });
  tellScrolled(scroller);
}

/** Lists that fetch more as they are scrolled fill the screen first. */
export function fitsScreen(row: HTMLElement): boolean {
  const { scrollHeight, clientHeight } = scrollerOf(row);
  return scrollHeight <= clientHeight;
}

/** The box that is made as high as all rows together, where only some are drawn in it. */
function tallBox(rows: readonly HTMLElement[]): HTMLElement | null {
  const [first] = rows;
  const last = rows.at(-1);
  let box = first?.parentElement ?? null;
  while (box && last && !box.contains(last)) box = box.parentElement;
  return rows.length > 1 && box && /height|padding/.test(box.getAttribute("style") ?? "") ? box : null;
}

/** Whether the list leaves room for rows that are not there, above the first or below the last. */
export function leavesRoom(rows: readonly HTMLElement[], where: "above" | "below"): boolean {
  const box = tallBox(rows)?.getBoundingClientRect();
  const row = (where === "above" ? rows[0] : rows.at(-1))?.getBoundingClientRect();
  if (!box || !row) return false;
  return (where === "above" ? row.top - box.top : box.bottom - row.bottom) > row.height;
}
