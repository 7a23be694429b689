/** A tab of the seller's as what drives the engine. It has no real mouse and keyboard: the extension asks for no debugger. */
import type { Host } from "#core/host/index.ts";
import type { Item } from "#core/item/item.ts";
import type { Marketplace } from "#core/marketplace/marketplace.ts";
import { outlineFilling } from "./outline.ts";
import { photoForPage } from "./photo-for-page.ts";
import { showWhile } from "./show-while.ts";
import { askEngine, loadedDocument, openIn, type TabDocument } from "./tab-document.ts";

/** @param item whose photos may be asked for; null: nothing is filled. */
export const tabHost = (tabId: number, marketplace: Marketplace, item: Item | null): Host<TabDocument> => ({
  open: (url) => openIn(tabId, url),
  document: ({ frameHost, not } = {}) => loadedDocument(tabId, { frameHost, not: not?.documentId ?? null }),
  ask: (document, method, ...args) => {
    const outlined = method === "start" ? outlineFilling(document) : Promise.resolve();
    return outlined.then(() => askEngine(document, method, ...args));
  },
  photo: (photoId) =>
    item ? photoForPage(item, photoId, marketplace) : Promise.reject(new Error("Nothing is uploaded here.")),
  pressTrusted: () => Promise.resolve(false),
  show: () => showWhile(tabId),
  async cookie(name) {
    for (const host of marketplace.identity.hosts) {
      const cookie = await chrome.cookies.get({ url: `https://${host}/`, name });
      if (cookie) return cookie.value;
    }
    return null;
  },
});
