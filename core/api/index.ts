export * from "./platform.ts";
export * from "./jobs.ts";
export * from "./targets.ts";
export * from "./problem-details.ts";
