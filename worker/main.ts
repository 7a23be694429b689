/** The worker as a process. */
import { parseArgs } from "node:util";
import { ENV_HELP, parseWorkerEnv } from "./env.ts";
import { createLog } from "./log.ts";
import { createContext, startWorker } from "./start-worker.ts";
import { stopOnSignals } from "./stop-on-signals.ts";

const HELP = `Usage: node worker/main.ts

Carries out what was scheduled for the cloud: opens the sealed session, fills the form in a browser, submits once.
Prints JSON lines; one with "msg":"ready" when it takes work.

Environment:
${ENV_HELP}

Next: create a job for the cloud and watch its events in the side panel.`;

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" } } });
  if (values.help) return console.log(HELP);
  const env = parseWorkerEnv(process.env);
  const log = createLog(env.HAWKER_LOG_LEVEL);
  const worker = await startWorker(await createContext(env, log), { concurrency: env.HAWKER_CONCURRENCY });
  stopOnSignals(worker, log); // first: who reads "ready" may send one at once
  log.info({ pid: process.pid, concurrency: env.HAWKER_CONCURRENCY }, "ready");
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
