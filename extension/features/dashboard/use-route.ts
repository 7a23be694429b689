/** The dashboard's place is in the hash: "#/inventory/<id>?x=y". */
import { useSyncExternalStore } from "react";

const subscribe = (tell: () => void) => {
  addEventListener("hashchange", tell);
  return () => removeEventListener("hashchange", tell);
};

export type Route = { parts: string[]; query: URLSearchParams };

export const useRoute = (): Route => {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  return { parts: path.split("/").filter(Boolean), query: new URLSearchParams(query) };
};

export const goTo = (route: string): void => {
  location.hash = route;
};
