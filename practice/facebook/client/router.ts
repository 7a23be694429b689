import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
const changed = () => {
  for (const listener of listeners) listener();
};
window.addEventListener("popstate", changed);

/** Moves within the app: no page load, as on the real site. */
export function navigate(url: string): void {
  history.pushState(null, "", url);
  changed();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Path and query of the address bar, followed. */
export const useAddress = (): URL => new URL(useSyncExternalStore(subscribe, () => location.href));
