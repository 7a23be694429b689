export * from "./item.ts";
export * from "./categories.ts";
