/** What a channel's folder says about its lists, as the protocol takes it. */
import type { Marketplace } from "../marketplace/marketplace.ts";
import type { ChannelPolicy } from "./events.ts";

const OUTCOME_MS = 15_000;
/** However fast a list is said to settle, the site's answer to the press itself gets this long. */
const LEAST_OUTCOME_MS = 5_000;

/** @param scale below 1 for practice sites alone, whose faults are then compressed as well. */
type Patience = ChannelPolicy & {
  /** When the channel's list is worth looking at, after the press. */
  lookMs: number[];
  /** How long the site's answer to the press is waited for. */
  outcomeMs: number;
};

export const policyOf = ({ account }: Pick<Marketplace, "account">, scale = 1): Patience => ({
  windowMs: Math.round(account.settle.windowMs * scale),
  absenceProves: account.absenceProves !== false,
  lookMs: account.settle.lookMs.map((ms) => ms * scale),
  outcomeMs: Math.max(LEAST_OUTCOME_MS, OUTCOME_MS * scale),
});
