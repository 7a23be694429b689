/** Ctrl-C or SIGTERM lets running targets finish; a second one ends them. A queue that ends by itself ends the process. */
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
  // Whoever restarts the process helps; one that beats and takes no work helps nobody.
  void worker.ended.then(() => {
    if (signals > 0) return;
    log.error("the queue ended by itself: so does this worker");
    process.exit(1);
  });
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
};
