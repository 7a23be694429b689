/**
 * What a person decided and the service did not answer: perhaps it heard it, and only the answer was lost. The same decision
 * pressed again goes out under the same id, so that it counts once, whichever of the two arrives.
 */
import type { PostingEvent } from "#core/posting/index.ts";
import { MessageError } from "#extension/messages/send.ts";
import { database } from "#extension/store/database.ts";
import { tellService, type Heard } from "./service.ts";

type Unheard = {
  eventId: string;
  event: string;
  /** The record it was decided about, as it was heard last: of a later one it may be another decision in the same words. */
  about: string | null;
};

const keyOf = (targetId: string): string => `unheard:${targetId}`;

const idFor = async (targetId: string, event: PostingEvent): Promise<string> => {
  const key = keyOf(targetId);
  const about = (await database.targets.get(targetId))?.updatedAt ?? null;
  const before = (await chrome.storage.session.get(key))[key] as Unheard | undefined;
  const said = JSON.stringify(event);
  if (before?.event === said && before.about === about) return before.eventId;
  const unheard: Unheard = { eventId: crypto.randomUUID(), event: said, about };
  // Before it goes out: this worker may end while it waits for the answer.
  await chrome.storage.session.set({ [key]: unheard });
  return unheard.eventId;
};

/** @returns null when there was no answer. */
export const tellDecision = async (targetId: string, event: PostingEvent): Promise<Heard | null> => {
  const heard = await tellService(targetId, event, await idFor(targetId, event));
  if (heard !== null) await chrome.storage.session.remove(keyOf(targetId));
  return heard;
};

export const notAnswered = (): MessageError =>
  new MessageError(
    "service-away",
    "Hawker's service did not answer, so it is not known whether it heard this. Press it again when you are online: it counts once.",
  );
