/**
 * React's JSX runtime, with every host element's attributes passed through the page's mutation. The bundler points
 * `jsxImportSource` here, so the components are written plainly and know nothing of mutations.
 */
import type { ElementType, Key, ReactElement, ReactNode } from "react";
import * as runtime from "react/jsx-runtime";
import { pageMutation } from "./config.ts";

type Props = Record<string, unknown>;
type Create = (type: ElementType, props: Props, key?: Key) => ReactElement;

const htmlNames: Readonly<Record<string, string>> = { className: "class", htmlFor: "for" };

function mutateProps(props: Props): Props {
  const mutation = pageMutation();
  const next: Props = {};
  for (const [key, value] of Object.entries(props)) {
    if (key === "children") next[key] = mutateText(value as ReactNode);
    else if (typeof value === "string") {
      const printed = mutation.attribute(htmlNames[key] ?? key, value);
      if (printed !== null) next[key] = printed;
    } else if (!(mutation.level === "hard" && key.startsWith("aria-"))) next[key] = value;
  }
  return next;
}

function mutateText(children: ReactNode): ReactNode {
  if (typeof children === "string") return pageMutation().text(children);
  if (Array.isArray(children))
    return children.map((child: ReactNode) =>
      typeof child === "string" ? pageMutation().text(child) : child,
    );
  return children;
}

/** At the `hard` level a field sits two boxes deeper. */
function wrapped(element: ReactElement, props: Props, key: Key | undefined): ReactElement {
  const isField = typeof props.className === "string" && /(^|\s)field(\s|$)/.test(props.className);
  if (pageMutation().level !== "hard" || !isField) return element;
  const inner = runtime.jsx("div", { children: element });
  return runtime.jsx("div", { children: inner }, key);
}

const creating =
  (create: Create): Create =>
  (type, props, key) =>
    typeof type === "string"
      ? wrapped(create(type, mutateProps(props), key), props, key)
      : create(type, props, key);

export const Fragment = runtime.Fragment;
export const jsx = creating(runtime.jsx as Create);
export const jsxs = creating(runtime.jsxs as Create);
