/**
 * A real worker that signals itself (HAWKER_KILL_WITH) the first time it reaches the point HAWKER_KILL_AT with the posting
 * HAWKER_KILL_TARGET. Tests only.
 */
import { parseWorkerEnv } from "../env.ts";
import { createLog } from "../log.ts";
import { createContext, startWorker } from "../start-worker.ts";
import { stopOnSignals } from "../stop-on-signals.ts";

const env = parseWorkerEnv(process.env);
let killAt = process.env["HAWKER_KILL_AT"];
const log = createLog(env.HAWKER_LOG_LEVEL);
const context = await createContext(env, log, (point, targetId) => {
  if (point !== killAt || targetId !== process.env["HAWKER_KILL_TARGET"]) return;
  killAt = undefined;
  process.kill(process.pid, process.env["HAWKER_KILL_WITH"] ?? "SIGKILL");
});
const worker = await startWorker(context, { concurrency: env.HAWKER_CONCURRENCY });
stopOnSignals(worker, log);
log.info({ pid: process.pid }, "ready");
