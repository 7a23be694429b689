/** Every tree the engine may look into: the document, open shadow roots, same-origin frames. */
export type Root = Document | ShadowRoot;

const frameDocument = (frame: Element): Document | null => {
  try {
    return (frame as HTMLIFrameElement).contentDocument;
  } catch {
    return null; // another origin: the browser says so by throwing; not ours to look into
  }
};

/** The document and all trees inside it, outermost first. */
export function allRoots(document: Document): Root[] {
  const roots: Root[] = [document];
  for (let index = 0; index < roots.length; index++) {
    const root = roots[index];
    if (!root) continue;
    const walker = (root.ownerDocument ?? (root as Document)).createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const element = walker.currentNode as Element;
      if (element.shadowRoot) roots.push(element.shadowRoot);
      else if (/^I?FRAME$/i.test(element.tagName)) {
        const inner = frameDocument(element);
        if (inner?.body) roots.push(inner);
      }
    }
  }
  return roots;
}

/** All elements matching a selector in every tree. A selector the browser refuses matches nothing. */
export function queryAll(document: Document, css: string, roots = allRoots(document)): HTMLElement[] {
  try {
    return roots.flatMap((root) => [...root.querySelectorAll<HTMLElement>(css)]);
  } catch (cause) {
    if (cause instanceof DOMException) return [];
    throw cause;
  }
}

export const windowOf = (element: Element): Window & typeof globalThis => {
  const view = element.ownerDocument.defaultView;
  if (!view) throw new Error("The element's document is no longer shown.");
  return view;
};

/** Closest ancestor-or-self that matches, climbing out of shadow roots. */
export function closestDeep(element: Element, css: string): HTMLElement | null {
  let at: Element | null = element;
  while (at) {
    const found: HTMLElement | null = at.closest<HTMLElement>(css);
    if (found) return found;
    const root: Node = at.getRootNode();
    at = "host" in root ? (root as ShadowRoot).host : null;
  }
  return null;
}

export const tagOf = (element: Element): string => element.tagName.toLowerCase();
export const typeOf = (element: Element): string =>
  tagOf(element) === "input" ? ((element as HTMLInputElement).type || "text").toLowerCase() : "";
