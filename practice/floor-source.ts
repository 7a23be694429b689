/** How a floor becomes source text, and the few in-page functions all floors need. */

/** A photo for a page that cannot read files: its bytes travel in the source. */
export interface InlinePhoto {
  readonly name: string;
  readonly mime: string;
  readonly base64: string;
}

export interface FloorOptions {
  readonly photos?: readonly InlinePhoto[];
}

/** What `inPage` gives a floor. */
export interface InPage {
  /** The first truthy answer; asked again after every change of the document. */
  until<T>(look: () => T | null | undefined | false): Promise<T>;
  /** Sets a controlled field's value the raw way: prototype setter, then an input event. */
  set(element: Element | null | undefined, value: string): void;
  /** Over, down, up, click. */
  press(element: Element | null | undefined): void;
  attach(input: Element | null | undefined, photos: readonly InlinePhoto[]): void;
  /** The first element of a kind whose own text (or first text line) is exactly this. */
  byText(selector: string, text: string, root?: ParentNode): HTMLElement | undefined;
}

/** Runs inside the page, as text: it may use nothing from this module. */
function inPage(): InPage {
  const until: InPage["until"] = (look) =>
    new Promise((resolve) => {
      const observer = new MutationObserver(check);
      function check() {
        const found = look();
        if (!found) return;
        observer.disconnect();
        resolve(found);
      }
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      check();
    });
  const must = (element: Element | null | undefined): HTMLElement => {
    if (!element) throw new Error("floor: an element is not there");
    return element as HTMLElement;
  };
  return {
    until,
    set(target, value) {
      const element = must(target);
      const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), "value")?.set;
      setter?.call(element, value);
      element.dispatchEvent(new Event("input", { bubbles: true }));
      element.dispatchEvent(new Event("change", { bubbles: true }));
    },
    press(target) {
      const element = must(target);
      const options = { bubbles: true, cancelable: true, pointerType: "mouse" };
      for (const name of ["pointerover", "pointerenter", "pointermove", "pointerdown", "pointerup"]) {
        element.dispatchEvent(new PointerEvent(name, options));
      }
      element.click();
    },
    attach(target, photos) {
      const transfer = new DataTransfer();
      for (const { name, mime, base64 } of photos) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type: mime }));
      }
      const input = must(target) as HTMLInputElement;
      input.files = transfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
    byText: (selector, text, root = document) =>
      [...root.querySelectorAll<HTMLElement>(selector)].find(
        (each) => (each.innerText.trim().split("\n")[0] ?? "").trim() === text,
      ),
  };
}

/** An expression that runs `floor` in a page with its data. `floor` must use only its arguments. */
export const floorSource = <Data>(floor: (page: InPage, data: Data) => Promise<void>, data: Data): string =>
  `(${floor.toString()})((${inPage.toString()})(), ${JSON.stringify(data)})`;
