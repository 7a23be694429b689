/** A thin outline around the field being filled. Drawn as an animation, so the page's own markup is not touched. */
import type { TabDocument } from "./tab-document.ts";

const listen = (): void => {
  const world = globalThis as { __hawkerOutline?: true };
  if (world.__hawkerOutline) return;
  world.__hawkerOutline = true;
  const frames = [
    { outline: "2px solid rgb(37 99 235)", outlineOffset: "2px" },
    { outline: "2px solid rgb(37 99 235 / 0)", outlineOffset: "2px" },
  ];
  document.addEventListener(
    "focusin",
    (event) => {
      if (event.target instanceof HTMLElement) event.target.animate(frames, { duration: 1200 });
    },
    { capture: true, passive: true },
  );
};

/** Never in the way: a page that is already left is outlined no more. */
export const outlineFilling = async ({ tabId, documentId }: TabDocument): Promise<void> => {
  await chrome.scripting
    .executeScript({ target: { tabId, documentIds: [documentId] }, func: listen })
    .catch(() => undefined); // decoration only
};
