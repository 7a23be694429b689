/** The switches that make a site misbehave: which there are, how each ends, and what may be said about it. */
import { z } from "zod";
import { siteIds } from "../sites.ts";

interface Kind {
  /** `struck`: ends after `times` strikes. `lasting`: in force from when it is set until released, or for `ms`. */
  readonly ends: "struck" | "lasting";
  /** What may be set beside site, account and (for those that end by strikes) times. */
  readonly takes: readonly (keyof typeof options)[];
}

const options = {
  ms: z.number().int().nonnegative().optional(),
  at: z.enum(["load", "submit"]).optional(),
  commit: z.boolean().optional(),
  draft: z.record(z.string(), z.string()).optional(),
  result: z
    .strictObject({
      title: z.string().optional(),
      category: z.string().optional(),
      brand: z.string().optional(),
    })
    .nullable()
    .optional(),
  force: z.boolean().optional(),
  shows: z.enum(["review", "nothing"]).optional(),
  how: z.enum(["censored", "cut", "brand-prefix", "quotes", "emoji-dropped", "entity"]).optional(),
  price: z
    .string()
    .regex(/^\d+(\.\d\d)?$/)
    .optional(),
  status: z.enum(["in_progress", "sold", "inactive"]).optional(),
  kind: z.enum(["502", "skeleton", "rows-renamed", "empty-without-mark"]).optional(),
  count: z.number().int().positive().optional(),
  as: z.string().optional(),
};

/** A new fault is a line here, and the place where it strikes. What each does is in the README. */
const faultKinds = {
  slow: { ends: "lasting", takes: ["ms"] },
  "site-down": { ends: "lasting", takes: ["ms"] },
  "session-expired": { ends: "struck", takes: ["at", "commit"] },
  "other-login": { ends: "struck", takes: ["as"] },
  captcha: { ends: "struck", takes: ["at", "commit"] },
  checkpoint: { ends: "struck", takes: ["at", "commit"] },
  block: { ends: "struck", takes: ["at", "commit"] },
  "limit-reached": { ends: "struck", takes: ["commit"] },
  "restore-draft": { ends: "struck", takes: ["draft"] },
  "welcome-dialog": { ends: "struck", takes: [] },
  "cookie-banner": { ends: "struck", takes: [] },
  recognition: { ends: "struck", takes: ["result", "ms", "force"] },
  // After the press.
  "500-after-commit": { ends: "struck", takes: [] },
  "502-after-commit": { ends: "struck", takes: ["ms"] },
  "reply-lost": { ends: "struck", takes: [] },
  "reply-late": { ends: "struck", takes: ["ms"] },
  "late-commit": { ends: "struck", takes: ["ms"] },
  // What becomes of the listing.
  "lagging-active-list": { ends: "struck", takes: ["ms"] },
  "held-for-review": { ends: "struck", takes: ["ms", "shows"] },
  "title-rewritten": { ends: "struck", takes: ["how", "price"] },
  "sold-at-once": { ends: "struck", takes: ["status"] },
  // The seller's own list.
  "list-unreadable": { ends: "lasting", takes: ["kind", "ms"] },
  "partial-list": { ends: "lasting", takes: ["count", "ms"] },
  "stale-list": { ends: "lasting", takes: ["ms"] },
  "flapping-list": { ends: "lasting", takes: ["ms"] },
  "filter-on": { ends: "lasting", takes: ["ms"] },
} as const satisfies Readonly<Record<string, Kind>>;
export type FaultName = keyof typeof faultKinds;
export const faultNames = Object.keys(faultKinds) as [FaultName, ...FaultName[]];

export const isLasting = (name: FaultName): boolean => faultKinds[name].ends === "lasting";

/** `slow` counts its requests where it is told to; the other lasting faults know no count. */
const takes = (name: FaultName, option: string): boolean =>
  (faultKinds[name].takes as readonly string[]).includes(option) ||
  (option === "times" && (!isLasting(name) || name === "slow"));

export const faultRequest = z
  .strictObject({
    site: z.enum(siteIds),
    /** A handle; without it the fault is for everyone, signed in or not. */
    account: z.string().optional(),
    fault: z.enum(faultNames),
    times: z.number().int().positive().optional(),
    ...options,
  })
  .superRefine((request, context) => {
    for (const option of Object.keys(request)) {
      if (["site", "account", "fault"].includes(option) || takes(request.fault, option)) continue;
      context.addIssue({ code: "custom", message: `${request.fault} takes no "${option}"`, path: [option] });
    }
    if (request.fault === "list-unreadable" && !request.kind) {
      const message = `list-unreadable needs a kind: ${options.kind.unwrap().options.join(", ")}`;
      context.addIssue({ code: "custom", message, path: ["kind"] });
    }
    const isAtPublish = request.fault === "captcha" || request.fault === "checkpoint";
    if (request.site === "craigslist" && isAtPublish && request.at === "load") {
      const message = `craigslist asks for a ${request.fault} at publish only`;
      context.addIssue({ code: "custom", message, path: ["at"] });
    }
    if (request.site === "craigslist" && request.fault === "sold-at-once") {
      const message = "craigslist knows nothing of sales: use partial-list, or delete the posting";
      context.addIssue({ code: "custom", message, path: ["fault"] });
    }
  });
export type FaultRequest = z.infer<typeof faultRequest>;
