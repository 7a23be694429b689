/** A worker whose queue has ended by itself: it would beat for ever, and take no work. */
import { afterEach, expect, it, vi } from "vitest";
import { createLog } from "./log.ts";
import type { RunningWorker } from "./start-worker.ts";
import { stopOnSignals } from "./stop-on-signals.ts";

const exit = vi.spyOn(process, "exit").mockImplementation(() => undefined as never);
const others = process.listeners("SIGTERM");
afterEach(() => {
  exit.mockClear();
  for (const listener of process.listeners("SIGTERM"))
    if (!others.includes(listener)) process.off("SIGTERM", listener).off("SIGINT", listener);
});
const watched = () => {
  const over = Promise.withResolvers<void>();
  const worker: Pick<RunningWorker, "ended" | "drain"> = { ended: over.promise, drain: () => over.promise };
  stopOnSignals(worker as RunningWorker, createLog("silent"));
  return over;
};

it("its process ends, as one that failed", async () => {
  watched().resolve();
  await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(1));
});

it("told to end, the process ends clean", async () => {
  const over = watched();
  process.emit("SIGTERM");
  over.resolve();
  await vi.waitFor(() => expect(exit).toHaveBeenCalled());
  expect(exit.mock.calls).toEqual([[0]]);
});
