/** What is put on the site in a history, and how its trace is recognised there. */
import type { Marker } from "../../marketplace/marketplace.ts";
import { CART, LISTING, MESSAGE, twinKeyOf, type PostingEvent, type Trace } from "../index.ts";
import type { Scenario } from "./scenario.ts";

export type Act = Scenario["act"];

/** The twin and the other workspace's lamp look like the lamp; the chair does not. */
const TITLES: Record<string, string> = { chair: "Oak chair" };
const PRICES = ["$45", "$50"];

export const itemOf = (posting: string): string => posting.split("@")[0] ?? posting;

/** @param version counts the seller's edits. */
export function markerOf(act: Act, item: string, version: number): Marker {
  const title = TITLES[item] ?? "Brass lamp, 1960s";
  switch (act) {
    case "list":
      return { title, priceText: item === "chair" ? "$80" : PRICES[version % PRICES.length]! };
    case "message":
      return { title: `Yes, the ${title} is still there.`, priceText: "" };
    case "cart":
      return { title, priceText: "", sku: item === "chair" ? "chair" : "lamp", quantity: 2 };
  }
}

/** A form of this version may be pressed from now on. */
export function formStands(marker: Marker): PostingEvent {
  return { kind: "form-stands", marker, twin: twinKeyOf(marker), baseline: null };
}

export const payloadOf = (item: string, version: number): string => `${item} v${version}`;

export const TRACES: Record<Act, Trace> = { list: LISTING, message: MESSAGE, cart: CART };
