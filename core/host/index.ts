export * from "./ask-again.ts";
export * from "./drive-phase.ts";
export * from "./fill-by-meaning.ts";
export * from "./host.ts";
export type * from "./phase.ts";
export * from "./read-listings.ts";
export * from "./watch-press.ts";
