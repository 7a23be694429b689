/** The bundle of `npm run inspect`: the engine that knows no marketplace. */
import type { PageEngine } from "../../plan/index.ts";
import { createEngine } from "../engine.ts";
import { unknownForms } from "./unknown-forms.ts";

(globalThis as typeof globalThis & { __hawkerPage?: PageEngine }).__hawkerPage = createEngine({
  marketplaces: {},
  gestures: {},
  unknownForms,
});
