/**
 * HEIC -> pixels, in a worker of our own. heic-to starts its decoder from a blob address, which an extension's content security
 * policy refuses; the build puts that same decoder into the package as `heic-decoder.js` (wxt.config.ts), loaded when the
 * first HEIC picture comes. It answers one message with `{ id, imageData, error }`.
 */
type Answer = { id: string; imageData: ImageData | null; error: string };

let decoder: Worker | null = null;

/** @throws Error with the decoder's words when the picture cannot be read. */
export const decodeHeic = (file: Blob): Promise<ImageBitmap> => {
  if (typeof Worker === "undefined")
    return Promise.reject(new Error("HEIC pictures are read in a page, not in the service worker."));
  const worker = (decoder ??= new Worker("/heic-decoder.js"));
  const id = crypto.randomUUID();
  return new Promise<ImageBitmap>((resolve, reject) => {
    const end = (act: () => void) => {
      worker.removeEventListener("message", onMessage);
      worker.removeEventListener("error", onError);
      act();
    };
    const onMessage = ({ data }: MessageEvent<Answer>) => {
      if (data.id !== id) return;
      const { imageData, error } = data;
      end(() =>
        imageData
          ? resolve(createImageBitmap(imageData))
          : reject(new Error(error || "The decoder gave no picture.")),
      );
    };
    const onError = (event: ErrorEvent) => {
      decoder = null;
      end(() => reject(new Error(event.message || "The HEIC decoder did not start.")));
    };
    worker.addEventListener("message", onMessage);
    worker.addEventListener("error", onError);
    void file.arrayBuffer().then(
      (buffer) => worker.postMessage({ id, buffer }),
      (cause: unknown) => end(() => reject(cause as Error)),
    );
  });
};
