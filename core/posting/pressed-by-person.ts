/** A press that no permit was for, as the record takes it: with all that finds its listing later. */
import type { Marker } from "../marketplace/marketplace.ts";
import type { PostingEvent } from "./events.ts";
import { twinKeyOf } from "./marker.ts";
import type { ChannelPolicy } from "./events.ts";

/** @param baseline rows that were there before; null when nobody has looked. */
export function pressedByPerson(
  marker: Marker,
  { windowMs, absenceProves }: ChannelPolicy,
  baseline: string[] | null,
): PostingEvent {
  const policy = { windowMs, absenceProves };
  return { kind: "pressed-by-person", marker, twin: twinKeyOf(marker), policy, baseline };
}
