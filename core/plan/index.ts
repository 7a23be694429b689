export * from "./plan.ts";
export type * from "./problem.ts";
export type * from "./page-protocol.ts";
