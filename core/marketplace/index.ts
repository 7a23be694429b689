export * from "./marketplace.ts";
