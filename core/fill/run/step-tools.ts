/** What every step of a run works with. */
import type { OutcomeSigns } from "../../marketplace/marketplace.ts";
import type { FillStep } from "../../plan/index.ts";
import type { Control } from "../find/control.ts";
import { locateControl, type Found, type NotFound } from "../find/locate.ts";
import type { PageSession } from "../page/session.ts";
import { fits, type PhotoMemory } from "../write/write-value.ts";
import type { Gesture } from "./gesture.ts";
import type { Hands } from "./hands.ts";

/** A step done in this document: its control, and what the page showed when a gesture was done or a person had answered. */
export type Done = { control: Control | null; shown: string | null };

export type StepTools = {
  session: PageSession;
  signs: OutcomeSigns | undefined;
  gestures: Readonly<Record<string, Gesture>>;
  photos: PhotoMemory;
  done: Map<string, Done>;
  /** What menu-like controls showed before anything was set: a placeholder is no value. */
  shownFirst: Map<string, string>;
  byHand: ReadonlySet<string>;
  hands: Hands;
};

export function findNow(tools: StepTools, step: FillStep): Found<Control> | NotFound {
  return locateControl(tools.session.document, step.locators, (control) => fits(step.value, control));
}
