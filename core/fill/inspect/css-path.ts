/** A CSS path that leads to exactly this element in its own tree; trees (shadow roots, frames) are joined by a space. */
import { tagOf } from "../page/roots.ts";

const unique = (root: Document | ShadowRoot, css: string) => root.querySelectorAll(css).length === 1;

export function cssPath(element: Element): string {
  const root = element.getRootNode() as Document | ShadowRoot;
  const own = pathInTree(root, element);
  if ("host" in root) return `${cssPath(root.host)} ${own}`;
  const frame = root.defaultView?.frameElement;
  return frame && root !== document ? `${cssPath(frame)} ${own}` : own;
}

function pathInTree(root: Document | ShadowRoot, element: Element): string {
  const parts: string[] = [];
  for (let at: Element | null = element; at; at = at.parentElement) {
    if (at.id && unique(root, `#${CSS.escape(at.id)}`)) {
      parts.unshift(`#${CSS.escape(at.id)}`);
      break;
    }
    const parent: Element | null = at.parentElement;
    const tag = tagOf(at);
    const twins = [...(parent ?? root).children].filter((one) => one.tagName === at?.tagName);
    parts.unshift(
      twins.length > 1 ? `${CSS.escape(tag)}:nth-of-type(${twins.indexOf(at) + 1})` : CSS.escape(tag),
    );
    if (parts.length > 1 && unique(root, parts.join(" > "))) break;
  }
  return parts.join(" > ");
}
