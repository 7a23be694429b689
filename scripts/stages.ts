/**
 * What `npm test` checks. The worker begins: it waits for windows more than it works, and all else goes on beside it. Then what
 * only reads, so that a mistake is named early; the long stages before the short ones, which fill the gaps; last what needs
 * the machine to itself.
 */
export type Stage = {
  name: string;
  /** Run one after the other; each is an argv of a program in node_modules/.bin, or of node. */
  commands: string[][];
  /** How its tests are counted: one per command, or by the runner's own JSON report. */
  count: "commands" | "vitest" | "playwright";
};

// TypeScript 7 checks in a quarter of the time; version 6 stays for what needs its programming interface.
const tsc = (world: string) => ["node", "node_modules/typescript7/bin/tsc", "-p", `tsconfig.${world}.json`];
const vitest = (project: string) => ["vitest", "run", "--project", project];

export const STAGES: Stage[] = [
  { name: "worker", commands: [vitest("worker")], count: "vitest" },
  {
    name: "types",
    commands: ["standards", "page", "extension", "server", "node", "practice-client"].map(tsc),
    count: "commands",
  },
  { name: "lint", commands: [["oxlint", "--max-warnings", "0", "."]], count: "commands" },
  { name: "format", commands: [["oxfmt", "--check", "."]], count: "commands" },
  {
    name: "imports",
    commands: [["depcruise", "core", "marketplaces", "extension", "server", "worker", "--config"]],
    count: "commands",
  },
  { name: "marketplaces", commands: [vitest("marketplaces")], count: "vitest" },
  { name: "practice", commands: [vitest("practice")], count: "vitest" },
  { name: "page", commands: [vitest("page")], count: "vitest" },
  { name: "api", commands: [vitest("api")], count: "vitest" },
  { name: "database", commands: [vitest("database")], count: "vitest" },
  { name: "unit", commands: [vitest("unit")], count: "vitest" },
  { name: "extension", commands: [["playwright", "test"]], count: "playwright" },
];
