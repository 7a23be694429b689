import { defineConfig } from "@playwright/test";

// Two files beside each other, each with everything of its own: half of a test is waiting. No retries: a flaky test is a defect.
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/parts/build-once.ts",
  workers: 2,
  retries: 0,
  fullyParallel: false,
  timeout: 180_000,
  expect: { timeout: 20_000 }, // the machine may be busy: a screen that never says it is what fails
  outputDir: ".hawker/test-results",
  reporter: [["list"]],
});
