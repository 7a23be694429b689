/** What a tab's error means for its post. */
import { BrowserGone, endingOfError } from "#core/host/index.ts";
import type { Ending } from "#core/posting/index.ts";

/** The run ends with this: something was missing, or it was stopped from outside. */
export class Ended extends Error {
  override name = "Ended";
  readonly ending: Ending;
  constructor(ending: Ending) {
    super(`This run ends: ${ending.code}.`);
    this.ending = ending;
  }
}

/** A photo that is not on this computer and cannot be fetched now. */
export class PhotoAway extends Error {
  override name = "PhotoAway";
}

export const endingOf = (error: unknown, signal: AbortSignal): { ending: Ending; crashed: boolean } => {
  const ended = (ending: Ending) => ({ ending, crashed: false });
  const reason: unknown = signal.aborted ? signal.reason : error;
  if (reason instanceof Ended) return ended(reason.ending);
  if (error instanceof BrowserGone) return ended({ code: "tab-closed" });
  if (!navigator.onLine) return ended({ code: "offline" });
  if (error instanceof PhotoAway) return ended({ code: "photo", message: error.message });
  return ended(endingOfError(error));
};
