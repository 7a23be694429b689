/**
 * Photos: bytes from the host become files in the page's own file input (or drop zone), in order; what a draft left there
 * makes way, and the order is read back from the page's previews.
 */
import type { Control } from "../find/control.ts";
import { queryAll, typeOf } from "../page/roots.ts";
import type { PageSession } from "../page/session.ts";
import { isVisible } from "../page/visible.ts";
import { DIALOGS, handOver, isImageInput, type Shown, type Target } from "./hand-over.ts";
import { areInOrder } from "./photo-order.ts";
import { photosHeld, PhotoWatch, pictureSource, takeOut } from "./previews.ts";
import { refused, type Written } from "./written.ts";

async function fileFor(session: PageSession, photoId: string): Promise<File | null> {
  const kept = session.photos.get(photoId);
  if (kept) return kept;
  const reply = await session.ask({ kind: "needPhoto", photoId });
  if (!("photo" in reply)) return null;
  const { base64, mime, name } = reply.photo;
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const file = new File([bytes], name, { type: mime, lastModified: 0 });
  session.photos.set(photoId, file);
  return file;
}

const targetOf = (control: Control): Target | null => {
  if (isImageInput(control.element)) return { input: control.element as HTMLInputElement };
  const inner = [...control.element.querySelectorAll<HTMLInputElement>("input[type=file]")].find(
    isImageInput,
  );
  return inner ? { input: inner } : typeOf(control.element) === "file" ? null : { zone: control.element };
};

export type PhotoState = {
  watch: PhotoWatch;
  count: number;
  how: Shown;
  /** Where the previews' pictures came from, in order. */
  shown: readonly string[];
};

export async function writePhotos(
  session: PageSession,
  control: Control,
  photoIds: readonly string[],
): Promise<{ written: Written; state?: PhotoState }> {
  const target = targetOf(control);
  if (!target) return { written: refused("forbidden-control", "this file field takes no images", 0) };
  const files: File[] = [];
  for (const id of photoIds) {
    const file = await fileFor(session, id);
    if (!file)
      return { written: refused("photos-rejected", `photo ${files.length + 1} could not be read`, 0) };
    files.push(file);
  }
  if (files.length === 0) return { written: { verified: true, attempts: 0 } };
  if (!(await takeOut(session, control, () => photosHeld(session.document, control))))
    return { written: refused("photos-rejected", "the form holds other photos", 0) };
  const watch = new PhotoWatch(session.document, control.element);
  const dialogsBefore = new Set(queryAll(session.document, DIALOGS).filter(isVisible));
  const over = { watch, target, dialogsBefore };
  const single = files.map((file) => [file]);
  let attempts = 1;
  let end = await handOver(
    session,
    over,
    files,
    "input" in target && !target.input.multiple ? single : [files],
  );
  const areRight = async () =>
    "written" in end || end.how !== "previews" || (await areInOrder(watch.previews(), files));
  let right = await areRight();
  if (!right && (await takeOut(session, control, () => watch.previews()))) {
    // A page that orders them as their uploads end keeps the order of photos that come one by one.
    attempts++;
    end = await handOver(session, over, files, single);
    right = await areRight();
  }
  if ("written" in end) return end;
  if (!right)
    return { written: refused("read-back-differs", "the photos are shown in another order", attempts) };
  const shown = [...new Set(watch.previews().map(pictureSource))];
  return {
    written: { verified: true, attempts },
    state: { watch, count: files.length, how: end.how, shown },
  };
}

/** Whether the photos put there are still shown, and in the order they had. */
export const photosKept = ({ how, watch, count, shown }: PhotoState): boolean => {
  if (how !== "previews") return true;
  const now = watch.previews().map(pictureSource);
  const still = [...new Set(now)].filter((source) => shown.includes(source));
  return now.length >= count && shown.filter((source) => still.includes(source)).join() === still.join();
};
