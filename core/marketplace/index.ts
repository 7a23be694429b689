export * from "./marketplace.ts";
export * from "./checks.ts";
export * from "./overrides.ts";
export * from "./plan-of-item.ts";
export * from "./preview.ts";
export * from "./site-url.ts";
