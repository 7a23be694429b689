/** vitest globalSetup: one Postgres for the run, with the template that `withDatabase` clones. */
import type { TestProject } from "vitest/node";
import type {} from "./testing.ts";
import { startTemplateServer, TEMPLATE } from "./local/template-database.ts";

export default async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await startTemplateServer();
  project.provide("testDatabases", {
    adminUrl: server.adminUrl,
    template: TEMPLATE,
    workerPassword: server.workerPassword,
  });
  return server.close;
};
