import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LEASE_MS } from "../posting/index.ts";
import { keepLease } from "./keep-lease.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const kept = (renew: () => Promise<boolean>) => {
  const told = { renew: vi.fn(renew), lost: vi.fn(), failed: vi.fn() };
  return { ...told, stop: keepLease(told) };
};

it("a lease outlives three renewals that are not heard, and its run goes on", async () => {
  const { renew, lost, failed } = kept(() => Promise.reject(new Error("away")));
  await vi.advanceTimersByTimeAsync(LEASE_MS - 1);
  expect([renew, failed, lost].map((told) => told.mock.calls.length)).toEqual([3, 3, 0]);
});

it("a renewal that is refused ends the run, and one that is over renews no more", async () => {
  const { lost, renew, stop } = kept(() => Promise.resolve(false));
  await vi.advanceTimersByTimeAsync(LEASE_MS / 4);
  expect(lost).toHaveBeenCalledOnce();
  stop();
  await vi.advanceTimersByTimeAsync(LEASE_MS);
  expect(renew).toHaveBeenCalledOnce();
});
