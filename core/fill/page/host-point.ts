import { bringIntoView, centreOf } from "./visible.ts";

/** The element's centre in the viewport of the frame the engine runs in, through nested same-origin frames. */
export function centreInHost(element: Element): { x: number; y: number } {
  bringIntoView(element);
  let { x, y } = centreOf(element);
  let frame = element.ownerDocument.defaultView?.frameElement ?? null;
  while (frame && frame.ownerDocument !== document) {
    const box = frame.getBoundingClientRect();
    x += box.left;
    y += box.top;
    frame = frame.ownerDocument.defaultView?.frameElement ?? null;
  }
  if (frame && element.ownerDocument !== document) {
    const box = frame.getBoundingClientRect();
    x += box.left;
    y += box.top;
  }
  return { x, y };
}
