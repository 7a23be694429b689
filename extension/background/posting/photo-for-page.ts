/** A photo as the page gets it: fitted to the channel, as base64 (what crosses into a page is JSON). */
import type { Item } from "#core/item/item.ts";
import { photoName } from "#core/item/photo-name.ts";
import type { Marketplace } from "#core/marketplace/marketplace.ts";
import type { PagePhoto } from "#core/plan/page-protocol.ts";
import { fullPhoto } from "#extension/api/photos.ts";
import { fitPhoto } from "#extension/store/photos/fit-photo.ts";
import { PhotoAway } from "./endings.ts";

const CHUNK = 0x8000;

const base64Of = async (blob: Blob): Promise<string> => {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
};

const pictureOf = (item: Item, photoId: string): Promise<Blob> =>
  fullPhoto(item.id, photoId).catch((cause: unknown) => {
    throw new PhotoAway(cause instanceof Error ? cause.message : String(cause), { cause });
  });

/** @throws PhotoAway when the picture is not here and cannot be fetched. */
export const photoForPage = async (
  item: Item,
  photoId: string,
  marketplace: Marketplace,
): Promise<PagePhoto> => {
  const fitted = await fitPhoto(await pictureOf(item, photoId), marketplace.photos);
  const index = item.photos.findIndex((photo) => photo.id === photoId);
  return {
    id: photoId,
    name: photoName(item.title, index, fitted.type),
    mime: fitted.type,
    base64: await base64Of(fitted),
  };
};
