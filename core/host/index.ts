export * from "./host.ts";
export * from "./read-listings.ts";
