/** Names by place on the page, for layouts whose markup does not tie label and control: column heads, text above or left. */
import { tagOf } from "../page/roots.ts";
import { linesOf } from "../page/text.ts";
import { isVisible } from "../page/visible.ts";

/** The head of the table column the control stands in. */
export function columnHead(element: Element): string | null {
  const cell = element.closest("td,[role=cell],[role=gridcell]");
  const row = cell?.closest("tr,[role=row]");
  const table = row?.closest("table,[role=table],[role=grid]");
  if (!cell || !row || !table) return null;
  const heads = [...table.querySelectorAll("th,[role=columnheader]")].filter((head) => !row.contains(head));
  const head = heads[[...row.children].indexOf(cell)];
  return head ? (linesOf(head)[0] ?? null) : null;
}

type Spot = { text: string; box: DOMRect };

/** Short pieces of text on the page that stand in no control: what may be a label by its place. */
export function textSpots(document: Document): Spot[] {
  const spots: Spot[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.nodeValue?.trim() ?? "";
    const holder = walker.currentNode.parentElement;
    if (
      text.length < 3 ||
      text.length > 48 ||
      !holder ||
      /^(script|style|option|textarea|button|noscript)$/.test(tagOf(holder))
    )
      continue;
    if (
      holder.closest("button,[role=button],[role=combobox],[role=listbox],select,h1,h2") ||
      !isVisible(holder)
    )
      continue;
    spots.push({ text, box: holder.getBoundingClientRect() });
  }
  return spots;
}

/** The text right above the control, starting where it starts, or right left of it on its line; one of them, or none. */
export function textByPlace(element: Element, spots: readonly Spot[]): string | null {
  const box = element.getBoundingClientRect();
  if (box.width < 8) return null;
  const near = spots
    .map(({ text, box: spot }) => {
      const above = box.top - spot.bottom;
      const left = box.left - spot.right;
      const isAbove = above > -4 && above < 30 && Math.abs(spot.left - box.left) < 24;
      const isLeft =
        left > -2 && left < 220 && Math.abs((spot.top + spot.bottom) / 2 - (box.top + box.bottom) / 2) < 12;
      return isAbove ? { text, away: above } : isLeft ? { text, away: left } : null;
    })
    .filter((one) => one !== null)
    .sort((a, b) => a.away - b.away);
  return near[0]?.text ?? null;
}
