/** Who drives, and for how long. */
import { calm, change, known, type Mutant } from "./mutant.ts";

export const DRIVING: Mutant[] = [
  {
    name: "the cloud takes over what a tab has claimed",
    changes: [change("apply-driving.ts", "!posting.tabClaimed &&")],
    world: { ...known, fallback: true, outage: "browsers", outageFrom: 30, outageFor: 600 },
    seen: ["driver"],
  },
  {
    name: "the cloud posts what was asked for in tabs",
    changes: [change("apply-driving.ts", "driver === posting.driver ||", "true ||")],
    world: { ...known },
    seen: ["driver"],
  },
  {
    name: "what met a captcha goes back to the queue, and the cloud posts what was asked for in tabs",
    changes: [
      change(
        "ending-event.ts",
        'if (consequence === "ask") {',
        'if (consequence === "ask" && ending.code !== "stop") {',
      ),
    ],
    masks: [change("apply-driving.ts", "driver === posting.driver ||", "true ||")],
    world: { ...known },
    seen: ["stopped"],
  },
  {
    name: "a run has no deadline",
    changes: [
      change("host.ts", "if (sim.now >= ends) {", "if (false) {"),
      change("lease.ts", "Math.min(now + LEASE_MS, lease.runUntil)", "now + LEASE_MS"),
    ],
    world: { ...calm, other: "neighbour" },
    seen: ["starved", "limbo"],
  },
  {
    name: "there is no hour",
    changes: [
      change(
        "apply-driving.ts",
        'if (now < posting.decideBy) return refuse("not-due");',
        'if (now >= 0) return refuse("not-due");',
      ),
    ],
    world: { ...calm, list: "unreachable", listWhen: "ever-after" },
    seen: ["limbo"],
  },
];
