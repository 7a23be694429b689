/** The pictures a page shows, and which of them are previews of the photos put into it. */
import type { Control } from "../find/control.ts";
import { pressOn } from "../page/events.ts";
import { queryAll } from "../page/roots.ts";
import type { PageSession } from "../page/session.ts";
import { isVisible } from "../page/visible.ts";

const BUSY =
  "[role=progressbar],progress,[aria-busy=true],[class*=uploading i],[class*=spinner i],[class*=progress i]";
const FAILED =
  /(not supported|unsupported|too (large|big|small|many)|could(n't| not) (be )?(upload|add)|upload failed|failed to upload|invalid (file|image)|only (jpe?g|png|images))/i;
const REMOVE = /^(remove|(remove|delete) (this |the )?(photo|image|picture)( \d+)?|[×✕✖x])$/i;

export const pictureSource = (element: HTMLElement): string =>
  element.tagName === "IMG"
    ? (element as HTMLImageElement).currentSrc || (element as HTMLImageElement).src
    : (/url\(["']?(.*?)["']?\)/.exec(element.style.backgroundImage)?.[1] ?? "");

const isPicture = (element: HTMLElement): boolean => {
  if (!isVisible(element)) return false;
  const box = element.getBoundingClientRect();
  if (box.width < 20 || box.height < 20) return false;
  if (element.tagName === "IMG")
    return /^(blob:|data:image\/(?!svg)|https?:|\/)/.test(pictureSource(element));
  return element.tagName === "CANVAS" || pictureSource(element) !== "";
};
const picturesNow = (document: Document) =>
  queryAll(document, "img,canvas,[style*='background-image']").filter(isPicture);

/** How far around a picture its own button may stand. */
const TILE_LEVELS = 3;

/** What takes the picture away: a button of that name in a small box that holds no other picture and no field. */
function removerOf(
  picture: HTMLElement,
  all: readonly HTMLElement[],
  control: HTMLElement,
): HTMLElement | null {
  let tile = picture;
  for (let level = 0, up = tile.parentElement; up && level < TILE_LEVELS; level++, up = up.parentElement) {
    if (up.contains(control) || all.some((one) => one !== picture && up?.contains(one))) break;
    tile = up;
  }
  const named = (one: HTMLElement) =>
    [one.getAttribute("aria-label"), one.innerText].some((name) => REMOVE.test((name ?? "").trim()));
  return [...tile.querySelectorAll<HTMLElement>("button,[role=button]")].find(named) ?? null;
}

/** Photos the form holds that can be taken out of it: a restored draft brings some along. */
export const photosHeld = (document: Document, { element }: Control): HTMLElement[] => {
  const area = element.closest("form,main,[role=main],[role=dialog]");
  const all = picturesNow(document).filter((one) => !area || area.contains(one));
  return all.filter((one) => removerOf(one, all, element));
};

/** Takes pictures out of the form, the last first; pages draw the others anew. False when one cannot be, or stays. */
export async function takeOut(
  session: PageSession,
  { element }: Control,
  pictures: () => readonly HTMLElement[],
): Promise<boolean> {
  for (let left = pictures(); left.length > 0; left = pictures()) {
    const remover = removerOf(left.at(-1) as HTMLElement, picturesNow(session.document), element);
    if (!remover) return false;
    pressOn(remover);
    const { length } = left;
    if (!(await session.until(() => pictures().length < length, 2500))) return false;
  }
  return true;
}

/** Sees the previews this run's photos make, so that a later read can say whether they are still there, and in order. */
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
    const fresh = picturesNow(this.#document).filter((one) => {
      const dialog = one.closest("[role=dialog],dialog");
      return !this.#before.has(one) && (!dialog || dialog.contains(this.#control));
    });
    return fresh.filter((one) => !fresh.some((other) => other !== one && one.contains(other)));
  }
  busy(): boolean {
    return queryAll(this.#document, BUSY).some(
      (one) => !this.#busyBefore.has(one) && isVisible(one) && one.getAttribute("aria-valuenow") !== "100",
    );
  }
  /** "has 3 images", "3/10 photos", "Photos · 3 / 10". */
  countSaid(count: number): boolean {
    return new RegExp(
      `(?:^|\\D)${count}\\s*(?:/\\s*\\d+\\s*)?(?:images?|photos?|pictures?|files?)\\b|(?:images?|photos?|pictures?)\\D{0,4}${count}\\s*/\\s*\\d+`,
      "i",
    ).test(this.#text());
  }
  /** All file names, in order. */
  named(files: readonly File[]): boolean {
    const text = this.#text();
    let at = -1;
    return files.every(({ name }) => (at = text.indexOf(name, at + 1)) >= 0);
  }
  rejection(): string | null {
    return this.#alerts().find((text) => !this.#alertsBefore.has(text) && FAILED.test(text)) ?? null;
  }
  #text(): string {
    const area = this.#control.closest("form,main,[role=main],section,[role=dialog]") ?? this.#document.body;
    return (area as HTMLElement).innerText;
  }
  #alerts(): string[] {
    return queryAll(this.#document, "[role=alert],[role=status],[aria-live],[class*=error i]")
      .filter(isVisible)
      .map((one) => one.innerText.trim())
      .filter(Boolean);
  }
}
