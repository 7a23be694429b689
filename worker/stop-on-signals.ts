/** Ctrl-C or SIGTERM lets running targets finish; a second one ends them. */
import type { Log } from "./log.ts";
import type { RunningWorker } from "./start-worker.ts";

export const stopOnSignals = (worker: RunningWorker, log: Log): void => {
  let signals = 0;
  const stop = (signal: NodeJS.Signals) => {
    signals += 1;
    log.info({ signal }, signals === 1 ? "draining: signal again to stop at once" : "stopping at once");
    const stopping = signals === 1 ? worker.drain(signal) : worker.abort(signal);
    stopping.then(
      () => process.exit(0),
      (err: unknown) => {
        log.error({ err }, "could not stop cleanly");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
};
