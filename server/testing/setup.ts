/** vitest globalSetup: one local stack, and the API on it twice: on Node and on workerd. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { ensureDevKeys } from "#scripts/dev-keys.ts";
import { startStack } from "#supabase/local/stack.ts";
import { parseEnv } from "../env.ts";
import { startServer } from "../node.ts";
import { ALLOWED_ORIGIN, LIST_ACCOUNTS_LIMIT, type ApiUnderTest } from "./api-under-test.ts";
import { setBudgets } from "./budgets.ts";
import { bundleForWorkers, startWorkerd } from "./workerd.ts";

/** What one person does very often in a test. */
const UNLIMITED = [
  "connect-account",
  "create-job",
  "get-job",
  "answer-target",
  "cancel-target",
  "retry-target",
  "take-over-target",
];

export default async (project: TestProject): Promise<() => Promise<void>> => {
  const dir = await mkdtemp(join(tmpdir(), "hawker-api-"));
  const [stack, keys, scriptPath] = await Promise.all([
    startStack({ dir: join(dir, "hawker") }),
    ensureDevKeys(join(dir, "keys"), { env: "local" }),
    bundleForWorkers(join(dir, "bundle")),
  ]);
  const variables = {
    SUPABASE_URL: stack.url,
    SUPABASE_PUBLISHABLE_KEY: stack.publishableKey,
    SUPABASE_JWT_SECRET: stack.jwtSecret,
    HAWKER_KEY_MANIFEST: keys.manifestJson,
    HAWKER_ALLOWED_ORIGINS: `https://elsewhere.example,${ALLOWED_ORIGIN}`,
    HAWKER_REQUEST_LOG: "off",
  };
  await setBudgets(stack.adminDatabaseUrl, {
    ...Object.fromEntries(UNLIMITED.map((operation) => [operation, 100_000])),
    "list-accounts": LIST_ACCOUNTS_LIMIT,
  });
  const node = await startServer(parseEnv(variables), { log: () => undefined });
  const workerd = await startWorkerd({ scriptPath, bindings: variables });
  const under: ApiUnderTest = {
    node: node.url,
    workerd: workerd.url,
    variables,
    adminDatabaseUrl: stack.adminDatabaseUrl,
    rootKeyJson: JSON.stringify(keys.rootPublicJwk),
    workersBundle: scriptPath,
  };
  project.provide("apiUnderTest", under);
  return async () => {
    await workerd.close();
    await node.close();
    await stack.close();
    await rm(dir, { recursive: true, force: true });
  };
};
