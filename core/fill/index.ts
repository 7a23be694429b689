export { createEngine, type EngineInput, type EngineMarketplace } from "./engine.ts";
export type { Gesture, GestureTools } from "./run/gesture.ts";
export type { Refused, Written } from "./write/written.ts";
export { unknownForms, type UnknownForms } from "./inspect/unknown-forms.ts";
