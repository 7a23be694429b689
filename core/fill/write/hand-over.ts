/**
 * Hands files to the page's own file input (or drop zone) and waits until it shows them, with upload progress gone. Crop and
 * library dialogs that open because of the files are confirmed; nothing else is pressed.
 */
import { pressOn, tellChange, tellInput } from "../page/events.ts";
import { queryAll, typeOf } from "../page/roots.ts";
import type { PageSession } from "../page/session.ts";
import { isDisabled, isVisible } from "../page/visible.ts";
import type { PhotoWatch } from "./previews.ts";
import { refused, type Refused } from "./written.ts";

const CONFIRM =
  /^(done|apply|save|crop|use|add|upload|insert|confirm|continue|ok|looks good)( (this|these|all|the|selected))?( \d+)?( (photo|image|picture|file)s?)?( to (listing|gallery|form))?$/i;
export const DIALOGS = "[role=dialog],dialog";
/** How long an upload may stand still. */
const PROGRESS_MS = 8000;

export const isImageInput = (element: HTMLElement): boolean => {
  if (typeOf(element) !== "file") return false;
  const accept = ((element as HTMLInputElement).accept || "").toLowerCase();
  return accept === "" || accept.includes("*/*") || /image|\.(jpe?g|png|webp|heic)/.test(accept);
};

export type Target = { input: HTMLInputElement } | { zone: HTMLElement };
/** How the page shows that it has the photos: by pictures, in words, or not at all but for holding the files. */
export type Shown = "previews" | "said" | "held";
export type HandOver = { watch: PhotoWatch; target: Target; dialogsBefore: ReadonlySet<HTMLElement> };

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

/** How the page shows `count` photos now, or null while it does not. */
const shownAs = (state: PhotoWatch, count: number, target: Target, files: readonly File[]): Shown | null => {
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

/** What confirms a crop or library dialog that the files opened; each button once. */
function confirmButton(
  session: PageSession,
  dialogsBefore: ReadonlySet<HTMLElement>,
  pressed: WeakSet<HTMLElement>,
): HTMLElement | null {
  const confirms = (one: HTMLElement) =>
    CONFIRM.test((one.innerText || (one as HTMLInputElement).value || "").trim()) &&
    isVisible(one) &&
    !isDisabled(one) &&
    !pressed.has(one);
  for (const dialog of queryAll(session.document, DIALOGS)) {
    if (!isVisible(dialog) || dialogsBefore.has(dialog)) continue;
    const buttons = dialog.querySelectorAll<HTMLElement>("button,[role=button],input[type=submit]");
    const button = [...buttons].find(confirms);
    if (button) return button;
  }
  return null;
}

type Seen = { button: HTMLElement } | { how: Shown } | { rejected: true };

async function arrived(
  session: PageSession,
  { watch, target, dialogsBefore }: HandOver,
  count: number,
  files: readonly File[],
): Promise<Shown | null> {
  const pressed = new WeakSet<HTMLElement>();
  await session.settled();
  let quickLook = true;
  let shown = 0;
  const look = (): Seen | null => {
    const button = confirmButton(session, dialogsBefore, pressed);
    if (button) return { button };
    if (watch.rejection()) return { rejected: true };
    const how = shownAs(watch, count, target, files);
    // A plain file field shows nothing more than that it holds the files; previews, where they come, come at once.
    return how !== null && (how !== "held" || !quickLook) ? { how } : null;
  };
  for (let rounds = 0; rounds < count * 4 + 8; rounds++) {
    const seen = await session.until(look, quickLook ? 700 : PROGRESS_MS);
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

type Put = { how: Shown } | { written: Refused };

/** Hands the files over in batches, each once the one before is shown. */
export async function handOver(
  session: PageSession,
  over: HandOver,
  files: readonly File[],
  batches: readonly (readonly File[])[],
): Promise<Put> {
  const { watch, target } = over;
  let sent = 0;
  for (const batch of batches) {
    if ("input" in target)
      put(target.input.isConnected ? target.input : (freshInput(session.document) ?? target.input), batch);
    else drop(target.zone, batch);
    sent += batch.length;
    const how = await arrived(session, over, sent, files);
    if (how === null) {
      if (watch.rejection()) return { written: refused("photos-rejected", "the page refused a photo") };
      const shown = watch.previews().length;
      return {
        written: refused(
          shown > 0 ? "read-back-differs" : "write-had-no-effect",
          `${shown} of ${sent} shown`,
        ),
      };
    }
    if (sent === files.length) return { how };
    if (how === "held") {
      // A plain field for one file: the next would take its place. Further plain fields take the rest.
      const next = "input" in target ? emptyTwin(target.input) : undefined;
      if (!next || !("input" in target))
        return {
          written: refused("photos-rejected", `the field holds one photo; ${sent} of ${files.length} put`),
        };
      target.input = next;
    }
  }
  return { written: refused("write-had-no-effect") };
}

const emptyTwin = (input: HTMLInputElement): HTMLInputElement | undefined =>
  [...(input.form ?? input.ownerDocument).querySelectorAll<HTMLInputElement>("input[type=file]")].find(
    (one) => isImageInput(one) && one.accept === input.accept && one.files?.length === 0 && !one.disabled,
  );

const freshInput = (document: Document) =>
  queryAll(document, "input[type=file]").find(isImageInput) as HTMLInputElement | undefined;
