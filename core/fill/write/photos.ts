/**
 * Photos: bytes from the host become files in the page's own file input (or drop zone), in order; then the page's
 * previews are awaited, with upload progress gone. Crop and library dialogs that open because of the files are
 * confirmed; nothing else is pressed.
 */
import type { Control } from "../find/control.ts";
import { pressOn, tellChange, tellInput } from "../page/events.ts";
import { queryAll, typeOf } from "../page/roots.ts";
import type { PageSession } from "../page/session.ts";
import { isDisabled, isVisible } from "../page/visible.ts";
import { refused, type Written } from "./written.ts";

const CONFIRM =
  /^(done|apply|save|crop|use|add|upload|insert|confirm|continue|ok|looks good)( (this|these|all|the|selected))?( \d+)?( (photo|image|picture|file)s?)?( to (listing|gallery|form))?$/i;
const BUSY =
  "[role=progressbar],progress,[aria-busy=true],[class*=uploading i],[class*=spinner i],[class*=progress i]";
const FAILED =
  /(not supported|unsupported|too (large|big|small|many)|could(n't| not) (be )?(upload|add)|upload failed|failed to upload|invalid (file|image)|only (jpe?g|png|images))/i;

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

const isPicture = (element: HTMLElement): boolean => {
  if (!isVisible(element)) return false;
  const box = element.getBoundingClientRect();
  if (box.width < 20 || box.height < 20) return false;
  if (element.tagName === "IMG")
    return /^(blob:|data:image\/(?!svg)|https?:|\/)/.test(
      (element as HTMLImageElement).currentSrc || (element as HTMLImageElement).src,
    );
  if (element.tagName === "CANVAS") return true;
  return /url\(/.test(element.style.backgroundImage);
};
const picturesNow = (document: Document) =>
  queryAll(document, "img,canvas,[style*='background-image']").filter(isPicture);

/** Counts the previews this run's photos made, so that a later read can say whether they are still there. */
export class PhotoWatch {
  readonly #before: Set<HTMLElement>;
  readonly #busyBefore: Set<HTMLElement>;
  readonly #alertsBefore: Set<string>;
  readonly #document: Document;
  readonly #control: HTMLElement;

  constructor(document: Document, control: HTMLElement) {
    this.#document = document;
    this.#control = control;
    this.#before = new Set(picturesNow(document));
    this.#busyBefore = new Set(queryAll(document, BUSY).filter(isVisible));
    this.#alertsBefore = new Set(this.#alerts());
  }
  previews(): HTMLElement[] {
    const fresh = picturesNow(this.#document).filter(
      (one) => !this.#before.has(one) && !one.closest("[role=dialog],dialog"),
    );
    return fresh.filter((one) => !fresh.some((other) => other !== one && one.contains(other)));
  }
  busy(): boolean {
    return queryAll(this.#document, BUSY).some(
      (one) => !this.#busyBefore.has(one) && isVisible(one) && one.getAttribute("aria-valuenow") !== "100",
    );
  }
  /** "has 3 images", "3/10 photos", "Photos · 3 / 10". */
  countSaid(count: number): boolean {
    const area = this.#control.closest("form,main,[role=main],section,[role=dialog]") ?? this.#document.body;
    const text = (area as HTMLElement).innerText;
    return new RegExp(
      `(?:^|\\D)${count}\\s*(?:/\\s*\\d+\\s*)?(?:images?|photos?|pictures?|files?)\\b|(?:images?|photos?|pictures?)\\D{0,4}${count}\\s*/\\s*\\d+`,
      "i",
    ).test(text);
  }
  rejection(): string | null {
    return this.#alerts().find((text) => !this.#alertsBefore.has(text) && FAILED.test(text)) ?? null;
  }
  #alerts(): string[] {
    return queryAll(this.#document, "[role=alert],[role=status],[aria-live],[class*=error i]")
      .filter(isVisible)
      .map((one) => one.innerText.trim())
      .filter(Boolean);
  }
  named(files: readonly File[]): boolean {
    const area = this.#control.closest("form,main,section") ?? this.#document.body;
    const text = (area as HTMLElement).innerText;
    return files.every((file) => text.includes(file.name));
  }
}

const put = (input: HTMLInputElement, files: readonly File[]): void => {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  input.files = data.files;
  tellInput(input);
  tellChange(input);
};

const drop = (zone: HTMLElement, files: readonly File[]): void => {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  for (const type of ["dragenter", "dragover", "drop"])
    zone.dispatchEvent(
      new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: data }),
    );
};

export const isImageInput = (element: HTMLElement): boolean => {
  if (typeOf(element) !== "file") return false;
  const accept = ((element as HTMLInputElement).accept || "").toLowerCase();
  return accept === "" || accept.includes("*/*") || /image|\.(jpe?g|png|webp|heic)/.test(accept);
};

/** How long an upload may stand still. */
const PROGRESS_MS = 8000;

type Target = { input: HTMLInputElement } | { zone: HTMLElement };
const targetOf = (control: Control): Target | null => {
  if (isImageInput(control.element)) return { input: control.element as HTMLInputElement };
  const inner = [...control.element.querySelectorAll<HTMLInputElement>("input[type=file]")].find(
    isImageInput,
  );
  return inner ? { input: inner } : typeOf(control.element) === "file" ? null : { zone: control.element };
};

export type PhotoState = { watch: PhotoWatch; count: number; how: "previews" | "said" | "held" };

/** How the page shows `count` photos now, or null while it does not. */
const shownAs = (
  state: PhotoWatch,
  count: number,
  target: Target,
  files: readonly File[],
): PhotoState["how"] | null => {
  if (state.busy()) return null;
  if (state.previews().length >= count) return "previews";
  if (state.countSaid(count) || state.named(files)) return "said";
  return "input" in target &&
    target.input.files?.length === (target.input.multiple ? count : 1) &&
    target.input.isConnected &&
    state.previews().length === 0
    ? "held"
    : null;
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
  const watch = new PhotoWatch(session.document, control.element);
  const dialogsBefore = new Set(queryAll(session.document, "[role=dialog],dialog").filter(isVisible));
  const batches = "input" in target && !target.input.multiple ? files.map((file) => [file]) : [files];
  let sent = 0;
  for (const batch of batches) {
    if ("input" in target)
      put(target.input.isConnected ? target.input : (freshInput(session.document) ?? target.input), batch);
    else drop(target.zone, batch);
    sent += batch.length;
    const how = await arrived(session, watch, dialogsBefore, target, sent, files);
    if (how === null) {
      const reason = watch.rejection();
      if (reason) return { written: refused("photos-rejected", "the page refused a photo") };
      const shown = watch.previews().length;
      return {
        written: refused(
          shown > 0 ? "read-back-differs" : "write-had-no-effect",
          `${shown} of ${sent} shown`,
        ),
      };
    }
    if (how === "held" && sent < files.length) {
      // A plain field for one file: the next would take its place. Further plain fields take the rest.
      const next = "input" in target ? emptyTwin(target.input) : undefined;
      if (!next || !("input" in target))
        return {
          written: refused("photos-rejected", `the field holds one photo; ${sent} of ${files.length} put`),
        };
      target.input = next;
    }
    if (sent === files.length)
      return { written: { verified: true, attempts: 1 }, state: { watch, count: sent, how } };
  }
  return { written: refused("write-had-no-effect") };
}

const emptyTwin = (input: HTMLInputElement): HTMLInputElement | undefined =>
  [...(input.form ?? input.ownerDocument).querySelectorAll<HTMLInputElement>("input[type=file]")].find(
    (one) => isImageInput(one) && one.accept === input.accept && one.files?.length === 0 && !one.disabled,
  );

const freshInput = (document: Document) =>
  queryAll(document, "input[type=file]").find(isImageInput) as HTMLInputElement | undefined;

async function arrived(
  session: PageSession,
  watch: PhotoWatch,
  dialogsBefore: Set<HTMLElement>,
  target: Target,
  count: number,
  files: readonly File[],
): Promise<PhotoState["how"] | null> {
  const pressed = new WeakSet<HTMLElement>();
  const confirm = (): HTMLElement | null => {
    for (const dialog of queryAll(session.document, "[role=dialog],dialog").filter(
      (one) => isVisible(one) && !dialogsBefore.has(one),
    )) {
      const button = [
        ...dialog.querySelectorAll<HTMLElement>("button,[role=button],input[type=submit]"),
      ].find(
        (one) =>
          CONFIRM.test((one.innerText || (one as HTMLInputElement).value || "").trim()) &&
          isVisible(one) &&
          !isDisabled(one) &&
          !pressed.has(one),
      );
      if (button) return button;
    }
    return null;
  };
  await session.settled();
  let quickLook = true;
  let shown = 0;
  for (let rounds = 0; rounds < count * 4 + 8; rounds++) {
    const seen = await session.until<
      { button: HTMLElement } | { how: PhotoState["how"] } | { rejected: true }
    >(
      () => {
        const button = confirm();
        if (button) return { button };
        if (watch.rejection()) return { rejected: true };
        const how = shownAs(watch, count, target, files);
        // A plain file field shows nothing more than that it holds the files; previews, where they come, come at once.
        return how !== null && (how !== "held" || !quickLook) ? { how } : null;
      },
      quickLook ? 700 : PROGRESS_MS,
    );
    if (seen && "rejected" in seen) return null;
    if (seen && "how" in seen) return seen.how;
    if (seen) {
      pressed.add(seen.button);
      pressOn(seen.button);
      await session.settled();
      continue;
    }
    // Slow is fine as long as something moves: a progress sign, or one preview more.
    const now = watch.previews().length;
    if (!quickLook && !watch.busy() && now <= shown) return null;
    if (quickLook) await session.showPage();
    shown = now;
    quickLook = false;
  }
  return null;
}

/** Whether the photos put there are still shown. */
export const photosKept = (state: PhotoState): boolean =>
  state.how === "previews" ? state.watch.previews().length >= state.count : true;
