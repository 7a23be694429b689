/** The faults that are on. They end by count, by the clock that runs from when they were set, or when released. */
import { randomUUID } from "node:crypto";
import type { SiteId } from "../sites.ts";
import { isLasting, type FaultName, type FaultRequest } from "./fault-request.ts";

export type Fault = FaultRequest & {
  readonly id: string;
  /** When it was set, in ms. */
  readonly since: number;
  left: number;
  released: boolean;
};

export interface Faults {
  add(request: FaultRequest): Fault;
  /** The fault that strikes now, used up by one unless it lasts; null when there is none. */
  strike(site: SiteId, account: string | null, name: FaultName, at?: "load" | "submit"): Fault | null;
  /** Whether the fault is in force, without using it up. */
  pending(site: SiteId, account: string | null, name: FaultName, at?: "load" | "submit"): Fault | null;
  /** Ends faults; what they held back (a lagging list, a late commit) comes free. Returns how many. */
  release(match: {
    id?: string | undefined;
    site?: SiteId | undefined;
    fault?: FaultName | undefined;
  }): number;
  /** Forgets faults without setting free what they held back. */
  drop(site: SiteId | null): void;
  /** Runs once, when the fault is released or `ms` have passed; never when it is dropped. */
  whenOver(fault: Fault, ms: number | undefined, then: () => void): void;
  isReleased(id: string): boolean;
  all(): readonly Fault[];
}

/** Where a fault that can strike at two moments does so when not told. */
const usualMoment = (site: SiteId, name: FaultName): "load" | "submit" =>
  (name === "captcha" && site !== "facebook") || (name === "checkpoint" && site === "craigslist")
    ? "submit"
    : "load";

/** `slow` has its ms for each request; all others that last have it for themselves. */
const isOver = (fault: Fault): boolean =>
  fault.released ||
  fault.left <= 0 ||
  (isLasting(fault.fault) &&
    fault.fault !== "slow" &&
    fault.ms !== undefined &&
    Date.now() >= fault.since + fault.ms);

export function createFaults(): Faults {
  const faults = new Map<string, Fault>();
  const waiting = new Map<string, Set<() => void>>();
  const find = (site: SiteId, account: string | null, name: FaultName, at?: "load" | "submit") =>
    [...faults.values()].find(
      (each) =>
        each.site === site &&
        each.fault === name &&
        !isOver(each) &&
        (each.account === undefined || each.account === account) &&
        (at === undefined || (each.at ?? usualMoment(site, name)) === at),
    ) ?? null;
  return {
    add(request) {
      const left = request.times ?? (isLasting(request.fault) ? Number.MAX_SAFE_INTEGER : 1);
      const fault: Fault = { ...request, id: randomUUID(), since: Date.now(), left, released: false };
      faults.set(fault.id, fault);
      return fault;
    },
    strike(site, account, name, at) {
      const fault = find(site, account, name, at);
      if (fault) fault.left -= 1;
      return fault;
    },
    pending: find,
    release({ id, site, fault }) {
      const ended = [...faults.values()].filter(
        (each) =>
          !each.released &&
          (id === undefined || each.id === id) &&
          (site === undefined || each.site === site) &&
          (fault === undefined || each.fault === fault),
      );
      for (const each of ended) {
        each.released = true;
        for (const wake of waiting.get(each.id) ?? []) wake();
      }
      return ended.length;
    },
    drop(site) {
      for (const each of [...faults.values()]) {
        if (site && each.site !== site) continue;
        faults.delete(each.id);
        waiting.get(each.id)?.clear();
      }
    },
    whenOver(fault, ms, then) {
      const wakes = waiting.get(fault.id) ?? new Set();
      waiting.set(fault.id, wakes);
      const once = () => {
        if (wakes.delete(once)) then();
      };
      wakes.add(once);
      if (ms !== undefined) setTimeout(once, ms).unref();
    },
    isReleased: (id) => faults.get(id)?.released ?? true,
    all: () => [...faults.values()].filter((each) => !each.released),
  };
}
