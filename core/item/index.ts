export * from "./item.ts";
export * from "./categories.ts";
export * from "./money.ts";
export * from "./photo-path.ts";
