/** A real worker that kills itself (SIGKILL) the first time it reaches the point named by HAWKER_KILL_AT. Tests only. */
import { parseWorkerEnv } from "../env.ts";
import { createLog } from "../log.ts";
import { createContext, startWorker } from "../start-worker.ts";

const env = parseWorkerEnv(process.env);
const killAt = process.env["HAWKER_KILL_AT"];
const log = createLog(env.HAWKER_LOG_LEVEL);
const context = await createContext(env, log, (point) => {
  if (point === killAt) process.kill(process.pid, "SIGKILL");
});
const worker = await startWorker(context, { concurrency: env.HAWKER_CONCURRENCY });
log.info({ pid: process.pid }, "ready");
process.once("SIGTERM", () => void worker.drain("SIGTERM").then(() => process.exit(0)));
