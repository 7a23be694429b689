/** Keeps the button on the seller's own item pages while they move through the site. */
import { shortened } from "#core/item/text-length.ts";
import { send } from "../messages/send.ts";
import { BUTTON_HOST, crosspostButton } from "./crosspost-button.ts";
import { ownIdsShown, ownItemPage, type OwnItemPage } from "./item-page.ts";
import { readPhoto } from "./read-photo.ts";

const MAX_PHOTOS = 24;

/** What the person saw when they pressed: pages draw the price late, and change it. */
const press = async (offered: OwnItemPage): Promise<void> => {
  const shown = ownItemPage(document);
  const page = shown?.externalId === offered.externalId ? shown : offered;
  const { title, price, description } = page.fields;
  if (!title) return;
  const item = {
    title: shortened(title, 200),
    ...(price ? { price } : {}),
    ...(description ? { description: shortened(description, 20_000) } : {}),
  };
  const photoUrls = page.photoUrls.slice(0, MAX_PHOTOS);
  const { itemId, wantsPhotos } = await send("content.crosspost", {
    platform: page.platform,
    externalId: page.externalId,
    item,
    unreadPrice: page.unreadPrice,
    photoCount: photoUrls.length,
  });
  if (!wantsPhotos) return;
  for (const [index, url] of photoUrls.entries()) {
    const photo = await readPhoto(url);
    if (photo) await send("content.photo", { itemId, index, ...photo });
  }
};

const pressAndTell = (page: OwnItemPage) => () =>
  press(page).catch((error: unknown) => {
    console.info("Hawker could not take this item over.", error);
  });

/** Whether it is the seller's: the page says so, or its id is known from their own list. */
const isOwn = async ({ platform, externalId, saysSo }: OwnItemPage): Promise<boolean> =>
  saysSo || (await send("content.isOwn", { platform, externalId })).own;

/** @param isAlive false once the extension was updated or removed: then this script is an orphan and stays quiet. */
export const startCrosspost = (document: Document, isAlive: () => boolean): (() => void) => {
  let shown: { url: string; host: HTMLElement } | null = null;
  let pending = false;
  let looking = false;
  let again = false; // the page changed while a look was under way
  let told = "";
  const others = new Set<string>(); // addresses known to show somebody else's item
  const tellOwnIds = async (): Promise<void> => {
    const list = ownIdsShown(document);
    const ids = list?.externalIds.join() ?? "";
    if (!list || ids === told) return;
    told = ids;
    await send("content.ownIds", list);
  };
  const look = async (): Promise<void> => {
    if (!isAlive()) return stop();
    const { href } = document.location;
    if (shown && shown.url === href && shown.host.isConnected) return;
    shown?.host.remove();
    shown = null;
    if (others.has(href)) return;
    await tellOwnIds();
    const page = ownItemPage(document);
    if (!page?.anchor?.parentElement) return;
    if (!(await isOwn(page))) return void others.add(href);
    if (document.location.href !== href || !page.anchor.isConnected) return; // it moved on meanwhile: looked at again
    const host = crosspostButton(document, pressAndTell(page));
    page.anchor.after(host);
    shown = { url: href, host };
  };
  const lookOnce = (): void => {
    pending = false;
    again = looking;
    if (looking) return;
    looking = true;
    void look()
      .catch((error: unknown) => console.info("Hawker could not tell whose item this is.", error))
      .finally(() => {
        looking = false;
        if (again) soon();
      });
  };
  const soon = () => {
    if (pending) return;
    pending = true; // a page that draws itself changes many times: look once, when it has time
    requestIdleCallback(lookOnce, { timeout: 1000 });
  };
  const observer = new MutationObserver(soon);
  const stop = () => {
    observer.disconnect();
    document.querySelectorAll(BUTTON_HOST).forEach((host) => host.remove());
  };
  observer.observe(document, { subtree: true, childList: true });
  soon();
  return stop;
};
