import { defineConfig } from "vitest/config";

// One project per world. Those that drive browsers or share a database run file by file, but for the worker's; `npm test` runs three projects
// beside each other.
const slow = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  fileParallelism: false,
  expect: { poll: { timeout: 60_000 } },
};
const project = (name: string, include: string[], extra: object = {}, exclude: string[] = []) => ({
  test: {
    name,
    include,
    exclude: ["node_modules/**", ...exclude],
    environment: "node" as const,
    expect: { poll: { timeout: 20_000 } }, // a poll ends as soon as it holds; a busy machine takes its time until then
    ...extra,
  },
});

const pageTests = ["core/fill/**/*.test.ts", "core/host/**/*.page.test.ts", "scripts/inspect*.test.ts"];
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project(
        "unit",
        [
          "core/**/*.test.ts",
          "extension/**/*.test.{ts,tsx}",
          "scripts/**/*.test.ts",
          "marketplaces/**/*.test.ts",
        ],
        { testTimeout: 60_000 },
        [...pageTests, "marketplaces/**/*.site.test.ts"],
      ),
      project("page", pageTests, slow),
      project("practice", ["practice/**/*.test.ts"], slow),
      project("database", ["supabase/**/*.test.ts"], {
        ...slow,
        globalSetup: ["supabase/testing-setup.ts"],
        isolate: false, // its files share a used database and its connection
      }),
      project("marketplaces", ["marketplaces/**/*.site.test.ts"], slow),
      project("api", ["server/**/*.test.ts"], { ...slow, globalSetup: ["server/testing/setup.ts"] }),
      // Its tests wait for windows more than they work; how many postings run at once the worker itself bounds.
      // Most of its time is waited for windows and agreeing readings: three files wait beside each other.
      project("worker", ["worker/**/*.test.ts"], {
        ...slow,
        fileParallelism: true,
        maxWorkers: 3,
        maxConcurrency: 40,
      }),
    ],
  },
});
