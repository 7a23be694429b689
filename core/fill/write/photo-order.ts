/** Which photo each preview shows: by its bytes where the page shows the very file, else by what it looks like. */
import { pictureSource } from "./previews.ts";

const EDGE = 8;
/** Decoders scale a picture down while they read it: a tenth of the time a full-size one takes. */
const DECODED_EDGE = 200;

type Picture = { source: CanvasImageSource; width: number; height: number };

/** The picture in 64 dots; of its middle part where the other one has another shape. */
function dotsOf({ source, width, height }: Picture, shape = width / height): Uint8ClampedArray | null {
  const context = new OffscreenCanvas(EDGE, EDGE).getContext("2d", { willReadFrequently: true });
  const w = Math.min(width, height * shape);
  const h = Math.min(height, width / shape);
  if (!context || !w || !h) return null;
  context.imageSmoothingQuality = "medium";
  context.drawImage(source, (width - w) / 2, (height - h) / 2, w, h, 0, 0, EDGE, EDGE);
  try {
    return context.getImageData(0, 0, EDGE, EDGE).data;
  } catch {
    return null; // a picture of another host: the browser says so by throwing
  }
}

const decoded = async (file: File): Promise<Picture | null> => {
  try {
    const decoder = new ImageDecoder({
      data: await file.arrayBuffer(),
      type: file.type,
      desiredWidth: DECODED_EDGE,
      desiredHeight: DECODED_EDGE,
    });
    const { image } = await decoder.decode();
    return { source: image, width: image.displayWidth, height: image.displayHeight };
  } catch {
    return null; // no decoder here, or none for this: then looks tell nothing
  }
};

const shownBy = async (preview: HTMLElement): Promise<Picture | null> => {
  if (preview.tagName === "CANVAS") {
    const canvas = preview as HTMLCanvasElement;
    return { source: canvas, width: canvas.width, height: canvas.height };
  }
  const image = preview.tagName === "IMG" ? (preview as HTMLImageElement) : new Image();
  if (image !== preview) {
    image.src = pictureSource(preview);
    await image.decode().catch(() => null); // stays without a size
  }
  return image.complete ? { source: image, width: image.naturalWidth, height: image.naturalHeight } : null;
};

const bytesOf = async (url: string): Promise<number | null> => {
  if (!/^(blob|data):/.test(url)) return null;
  try {
    return (await (await fetch(url)).blob()).size;
  } catch {
    return null; // forbidden by the page, or gone
  }
};

const apart = (a: Uint8ClampedArray, b: Uint8ClampedArray): number =>
  a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0);

/** False only when two previews are surely of photos that belong the other way round. */
export async function areInOrder(previews: readonly HTMLElement[], files: readonly File[]): Promise<boolean> {
  let pictures: Promise<(Picture | null)[]> | undefined;
  const fileOf = async (preview: HTMLElement): Promise<number | null> => {
    const bytes = await bytesOf(pictureSource(preview));
    const [same, twin] = files.filter(({ size }) => size === bytes);
    if (same && !twin) return files.indexOf(same);
    const shown = await shownBy(preview);
    const dots = shown && dotsOf(shown);
    if (!shown || !dots) return null;
    pictures ??= Promise.all(files.map(decoded));
    const ranked = (await pictures)
      .map((picture, index) => {
        const own = picture && dotsOf(picture, shown.width / shown.height);
        return { index, apart: own ? apart(dots, own) : NaN };
      })
      .sort((a, b) => a.apart - b.apart);
    const [first, second] = ranked;
    return first && second && first.apart * 2 < second.apart ? first.index : null;
  };
  const told: number[] = [];
  for (const preview of files.length > 1 ? previews : []) {
    const index = await fileOf(preview);
    if (index !== null && !told.includes(index)) told.push(index);
  }
  return told.every((index, at) => at === 0 || index > (told[at - 1] ?? 0));
}
