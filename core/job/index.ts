export * from "./job.ts";
export * from "./payload.ts";
