/** The walks that together go everywhere: each leaves out what another tries. */
import type { Vocabulary } from "./reachable.ts";

const PLAIN: Vocabulary = {
  from: { driver: "tab", mode: "publish" },
  absenceProves: false,
  evidence: true,
  isRich: false,
  drivers: false,
  failures: false,
};
const FALLBACK_AT = Date.UTC(2026, 5, 1, 12, 1);
export const WALKS: [string, Vocabulary][] = [
  ["published where absence proves nothing, with all that may come to light", { ...PLAIN, isRich: true }],
  ["published where absence is proof", { ...PLAIN, absenceProves: true }],
  ["looked over before it is published", { ...PLAIN, from: { driver: "tab", mode: "review" } }],
  [
    "moved between a tab and the cloud",
    {
      ...PLAIN,
      evidence: false,
      drivers: true,
      from: { driver: "tab", mode: "publish", fallbackAt: FALLBACK_AT },
    },
  ],
  ["on a page that fails", { ...PLAIN, evidence: false, failures: true }],
  [
    "not a listing",
    {
      ...PLAIN,
      evidence: false,
      failures: true,
      from: { driver: "cloud", mode: "publish", action: "verify" },
    },
  ],
];
