/**
 * The in-page button was pressed: open the side panel with that item, known or saved as a draft. What comes after the
 * panel is opened is evaluated then (start-background.ts).
 */
import type { ItemFields } from "#core/item/item.ts";
import { MessageError } from "#extension/messages/send.ts";
import type { Sender } from "#extension/messages/sender.ts";
import type { Request, Response } from "#extension/messages/table.ts";
import { database } from "#extension/store/database.ts";
import { readSetting, writeSetting } from "#extension/store/settings.ts";

type ContentSender = Extract<Sender, { class: "content" }>;
const IMPORT_MS = 5 * 60_000;

const fromContent = (sender: Sender): ContentSender => {
  if (sender.class !== "content")
    throw new MessageError("not-allowed", "This message is not allowed from here.");
  return sender;
};

const knownItem = async (platform: string, externalId: string): Promise<string | null> => {
  const listing = await database.listings
    .filter((one) => one.platform === platform && one.externalId === externalId && one.itemId !== null)
    .first();
  const item = listing?.itemId ? await database.items.get(listing.itemId) : undefined;
  return item && !item.deletedAt ? item.id : null;
};

const draftFrom = async (request: Request<"content.crosspost">): Promise<string> => {
  const { itemFieldsSchema } = await import("#core/item/item.ts");
  const { createItem } = await import("#extension/store/items.ts");
  const fields: ItemFields = itemFieldsSchema.parse({
    price: { amountMinor: 0, currency: "USD" }, // no price yet: nothing is listed with it
    ...request.item,
  });
  const item = await createItem(fields);
  const at = new Date().toISOString();
  await database.listings.put({
    id: crypto.randomUUID(), itemId: item.id, accountId: null, platform: request.platform, externalId: request.externalId, url: null,
    title: item.title, status: "active", firstSeenAt: at, lastSeenAt: at,
  }); // oxfmt-ignore
  return item.id;
};

/** The side panel opens first, in the very turn of the gesture; what it shows follows. */
export const crosspostFromPage = async (
  request: Request<"content.crosspost">,
  from: Sender,
): Promise<Response<"content.crosspost">> => {
  const sender = fromContent(from);
  const opening = chrome.sidePanel.open({ tabId: sender.tabId });
  if (sender.platform !== request.platform)
    throw new MessageError("not-allowed", "This message is not allowed from here.");
  const known = await knownItem(request.platform, request.externalId);
  const itemId = known ?? (await draftFrom(request));
  const at = new Date().toISOString();
  const unreadPrice = known === null ? request.unreadPrice : null;
  await writeSetting("panel", { itemId, from: request.platform, at, unreadPrice });
  await writeSetting("pageImport", { itemId, tabId: sender.tabId, host: sender.host, at });
  await opening.catch((error: unknown) =>
    console.info("The side panel was not opened: the press was no gesture.", error),
  );
  return { itemId, wantsPhotos: known === null && request.photoCount > 0 };
};

/** A photo of the page the button was just pressed on; nobody else's and nothing later. */
export const photoFromPage = async (
  request: Request<"content.photo">,
  from: Sender,
): Promise<Response<"content.photo">> => {
  const sender = fromContent(from);
  const open = await readSetting("pageImport");
  const fits =
    open?.itemId === request.itemId &&
    open.tabId === sender.tabId &&
    open.host === sender.host &&
    Date.now() - Date.parse(open.at) < IMPORT_MS;
  if (!fits) throw new MessageError("not-allowed", "No photo is expected from this page.");
  const item = await database.items.get(request.itemId);
  if (!item || item.photos.length >= 24)
    throw new MessageError("conflict", "This item takes no more photos.");
  const bytes = Uint8Array.from(atob(request.base64), (char) => char.charCodeAt(0));
  const original = new Blob([bytes], { type: request.mime });
  const name = `photo-${request.index + 1}`;
  const { preparePhoto } = await import("#extension/store/photos/prepare-photo.ts");
  const { attachPhotos } = await import("#extension/store/item-photos.ts");
  await attachPhotos(request.itemId, [{ ...(await preparePhoto(original, name)), name, original }]);
  return { ok: true };
};
