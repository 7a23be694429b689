/** Switches that make a site misbehave. A fault ends by count (`times`) or when it is released, not by the clock. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { siteIds, type SiteId } from "../sites.ts";

export const faultNames = [
  "slow",
  "500-after-commit",
  "reply-lost",
  "lagging-active-list",
  "session-expired",
  "captcha",
  "checkpoint",
  "block",
  "limit-reached",
  "restore-draft",
  "welcome-dialog",
  "cookie-banner",
  "recognition",
] as const;
export type FaultName = (typeof faultNames)[number];

export const faultRequest = z.strictObject({
  site: z.enum(siteIds),
  account: z.string().optional().describe("a handle; without it the fault is for everyone, signed in or not"),
  fault: z.enum(faultNames),
  times: z
    .number()
    .int()
    .positive()
    .optional()
    .describe("how often it strikes; default 1, `slow` until released"),
  ms: z
    .number()
    .int()
    .nonnegative()
    .optional()
    .describe("slow: per request; lagging-active-list: how long; recognition: its delay"),
  at: z.enum(["load", "submit"]).optional().describe("captcha, block, session-expired: when it strikes"),
  draft: z
    .record(z.string(), z.string())
    .optional()
    .describe("restore-draft: what the left-over draft holds"),
  result: z
    .strictObject({
      title: z.string().optional(),
      category: z.string().optional(),
      brand: z.string().optional(),
    })
    .nullable()
    .optional()
    .describe("recognition: what the site believes to see; null = nothing"),
  force: z
    .boolean()
    .optional()
    .describe("recognition: also overwrite what the seller typed since the upload"),
});

export type Fault = z.infer<typeof faultRequest> & { readonly id: string; left: number; released: boolean };

export interface Faults {
  add(request: z.infer<typeof faultRequest>): Fault;
  /** The fault that strikes now, used up by one; null when there is none. */
  strike(site: SiteId, account: string | null, name: FaultName, at?: "load" | "submit"): Fault | null;
  /** Whether the fault is in force, without using it up. */
  pending(site: SiteId, account: string | null, name: FaultName, at?: "load" | "submit"): Fault | null;
  /** Ends faults; what they held back (a lagging list) comes free. Returns how many. */
  release(match: {
    id?: string | undefined;
    site?: SiteId | undefined;
    fault?: FaultName | undefined;
  }): number;
  isReleased(id: string): boolean;
  all(): readonly Fault[];
}

/** Where a fault that can strike at two moments does so when not told. */
const usualMoment = (site: SiteId, name: FaultName): "load" | "submit" =>
  name === "captcha" && site !== "facebook" ? "submit" : "load";

export function createFaults(): Faults {
  const faults = new Map<string, Fault>();
  const find = (site: SiteId, account: string | null, name: FaultName, at?: "load" | "submit") =>
    [...faults.values()].find(
      (each) =>
        each.site === site &&
        each.fault === name &&
        each.left > 0 &&
        !each.released &&
        (each.account === undefined || each.account === account) &&
        (at === undefined || (each.at ?? usualMoment(site, name)) === at),
    ) ?? null;
  return {
    add(request) {
      const left = request.times ?? (request.fault === "slow" ? Number.MAX_SAFE_INTEGER : 1);
      const fault: Fault = { ...request, id: randomUUID(), left, released: false };
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
      for (const each of ended) each.released = true;
      return ended.length;
    },
    isReleased: (id) => faults.get(id)?.released ?? true,
    all: () => [...faults.values()].filter((each) => !each.released),
  };
}
