import { defineConfig } from "@playwright/test";

// One worker: two cores carry a database, an API, a worker and a browser already. No retries: a flaky test is a defect.
export default defineConfig({
  testDir: "e2e",
  workers: 1,
  retries: 0,
  fullyParallel: false,
  timeout: 180_000,
  expect: { timeout: 20_000 }, // the machine may be busy: a screen that never says it is what fails
  outputDir: ".hawker/test-results",
  reporter: [["list"]],
});
