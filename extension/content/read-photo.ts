/** A photo of the page, as the site's own script could fetch it; null when it may not or is no picture. */

const TYPES = ["image/jpeg", "image/png", "image/webp"] as const;
const MAX_BYTES = 10_000_000;
type PhotoType = (typeof TYPES)[number];

const base64Of = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(new Error("The photo could not be read.", { cause: reader.error }));
    reader.readAsDataURL(blob);
  });

export const readPhoto = async (url: string): Promise<{ mime: PhotoType; base64: string } | null> => {
  try {
    const response = await fetch(url, { credentials: "same-origin" });
    const blob = await response.blob();
    const mime = TYPES.find((type) => type === blob.type);
    if (!response.ok || !mime || blob.size === 0 || blob.size > MAX_BYTES) return null;
    return { mime, base64: await base64Of(blob) };
  } catch (error) {
    console.info("A photo of this page could not be taken over; add it in Hawker.", error);
    return null;
  }
};
