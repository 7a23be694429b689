/** What `createEngine` takes to know forms of sites nobody has described: inspect, and fill by meaning alone. */
import type { FoundControl } from "../../plan/index.ts";
import type { PageSession } from "../page/session.ts";
import type { PhotoMemory } from "../write/write-value.ts";
import { claimsOn, fillByMeaning, foundControl, type MeaningInput, type MeaningRun } from "./inspect.ts";

export type UnknownForms = {
  inspect(document: Document): FoundControl[];
  fill(session: PageSession, input: MeaningInput, photos: PhotoMemory): Promise<MeaningRun>;
};

export const unknownForms: UnknownForms = {
  inspect: (document) => claimsOn(document).map((claim) => foundControl(claim)),
  fill: fillByMeaning,
};
