import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createFaults } from "./faults.ts";

const HOUR = 3_600_000;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a fault that is told how long", () => {
  it("lasts so long, an hour too, and no longer", () => {
    const faults = createFaults();
    faults.add({ site: "mercari", fault: "stale-list", ms: HOUR });
    vi.advanceTimersByTime(HOUR - 1);
    expect(faults.strike("mercari", "maria", "stale-list")).not.toBeNull();
    vi.advanceTimersByTime(1);
    expect(faults.pending("mercari", "maria", "stale-list")).toBeNull();
  });

  it("delays each request, and does not end by that: slow", () => {
    const faults = createFaults();
    faults.add({ site: "mercari", fault: "slow", ms: 5 });
    vi.advanceTimersByTime(HOUR);
    expect(faults.strike("mercari", null, "slow")).not.toBeNull();
  });
});

describe("what waits for a fault to be over", () => {
  const waiting = (ms?: number) => {
    const faults = createFaults();
    const fault = faults.add({ site: "mercari", fault: "late-commit", ...(ms === undefined ? {} : { ms }) });
    const then = vi.fn();
    faults.whenOver(fault, ms, then);
    return { faults, then };
  };

  it("comes once: by the clock, or when it is released, whichever is first", () => {
    const { faults, then } = waiting(500);
    vi.advanceTimersByTime(499);
    expect(then).not.toHaveBeenCalled();
    faults.release({ fault: "late-commit" });
    vi.advanceTimersByTime(HOUR);
    expect(then).toHaveBeenCalledOnce();
  });

  it("never comes by itself when it was not told when, nor after a reset", () => {
    const untold = waiting();
    vi.advanceTimersByTime(100 * HOUR);
    expect(untold.then).not.toHaveBeenCalled();
    const dropped = waiting(500);
    dropped.faults.drop("mercari");
    vi.advanceTimersByTime(HOUR);
    expect(dropped.then).not.toHaveBeenCalled();
    const others = waiting(500);
    others.faults.drop("facebook");
    vi.advanceTimersByTime(HOUR);
    expect(others.then).toHaveBeenCalledOnce();
  });
});
