/** A photo as the page gets it: fitted to the channel, as base64 (what crosses into a page is JSON). */
import type { Item } from "#core/item/item.ts";
import type { Marketplace } from "#core/marketplace/marketplace.ts";
import type { PagePhoto } from "#core/plan/page-protocol.ts";
import { fullPhoto } from "#extension/api/photos.ts";
import { fitPhoto } from "#extension/store/photos/fit-photo.ts";

const CHUNK = 0x8000;

const base64Of = async (blob: Blob): Promise<string> => {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
};

const slug = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 40) || "photo"; // prettier-ignore

/** @throws Error when the picture is not here and cannot be fetched. */
export const photoForPage = async (
  item: Item,
  photoId: string,
  marketplace: Marketplace,
): Promise<PagePhoto> => {
  const fitted = await fitPhoto(await fullPhoto(item.id, photoId), marketplace.photos);
  const number = item.photos.findIndex((photo) => photo.id === photoId) + 1;
  return {
    id: photoId,
    name: `${slug(item.title)}-${number}.jpg`,
    mime: fitted.type,
    base64: await base64Of(fitted),
  };
};
