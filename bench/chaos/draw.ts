/** What one run of chaos meets: all of it is drawn from its seed, so that a run can be told and looked at again. */
import type { ChannelId } from "#core/marketplace/index.ts";
import { MARKETPLACES } from "#marketplaces/index.ts";
import type { FaultName, FaultRequest } from "#practice/server/fault-request.ts";

/** Windows are compressed to this; the faults that stand against them are compressed alike. */
export const SCALE = 0.05;

export type SiteFault = { name: FaultName; options: Omit<FaultRequest, "site" | "fault" | "account"> };
export type Violence = {
  kind: "none" | "worker-killed" | "browser-killed" | "worker-stopped" | "database-cut";
  /** Milliseconds after the job was asked for. */
  afterMs: number;
  /** How long it stands still, or is cut off. */
  lastsMs: number;
};
export type Run = {
  seed: number;
  channel: ChannelId;
  fault: SiteFault | null;
  violence: Violence;
  /** Another item that could be taken for this one is posted at the same login. */
  hasTwin: boolean;
  /** How long the person takes to answer a question. */
  answersAfterMs: number;
};

/** mulberry32: small, seeded, good enough to choose moments. */
const randomFrom = (seed: number) => {
  let state = Math.imul(seed, 0x9e3779b1) | 0;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

const CHANNELS = Object.keys(MARKETPLACES) as ChannelId[];
const HOW = ["censored", "cut", "brand-prefix", "quotes", "emoji-dropped", "entity"] as const;
const UNREADABLE = ["502", "skeleton", "rows-renamed", "empty-without-mark"] as const;
const STOPS = ["captcha", "checkpoint", "block", "limit-reached"] as const;
const LISTS = ["partial-list", "stale-list", "flapping-list", "filter-on"] as const;

type Dice = { random: () => number; pick<T>(from: readonly T[]): T; upTo(ms: number): number };
const diceOf = (random: () => number): Dice => ({
  random,
  pick: (from) => from[Math.floor(random() * from.length)]!,
  upTo: (ms) => Math.round(random() * ms),
});

/** @param windowMs the channel's window as compressed. */
const siteFaults = (
  { random, pick, upTo }: Dice,
  windowMs: number,
): readonly (() => [FaultName, SiteFault["options"]])[] => [
  () => ["lagging-active-list", { ms: upTo(windowMs) }],
  () => ["lagging-active-list", { ms: windowMs + upTo(3 * windowMs) }],
  () => ["held-for-review", { ms: upTo(4 * windowMs), shows: pick(["review", "nothing"]) }],
  () => ["title-rewritten", { how: pick(HOW) }],
  () => ["list-unreadable", { kind: pick(UNREADABLE), ms: upTo(30_000) }],
  () => [pick(LISTS), { ms: upTo(30_000) }],
  () => ["502-after-commit", { ms: upTo(30_000) }],
  () => ["500-after-commit", {}],
  () => ["reply-lost", {}],
  () => ["reply-late", { ms: upTo(60_000) }],
  () => ["late-commit", { ms: upTo(2 * windowMs) }],
  () => [pick(STOPS), { ...(random() < 0.5 ? { commit: true } : {}) }],
  () => ["session-expired", { at: pick(["load", "submit"]) }],
  () => ["other-login", {}],
  () => ["site-down", { ms: upTo(20_000) }],
  () => ["slow", { ms: upTo(3000), times: 20 }],
];

/** Stops strike at the submit, but for those that only know one place. */
const placed = (name: FaultName, options: SiteFault["options"]): SiteFault => ({
  name,
  options: ["captcha", "checkpoint", "block"].includes(name) ? { at: "submit", ...options } : options,
});

export const drawRun = (seed: number): Run => {
  const dice = diceOf(randomFrom(seed));
  const { random, pick, upTo } = dice;
  const channel = CHANNELS[seed % CHANNELS.length]!;
  const { windowMs } = MARKETPLACES[channel].account.settle;
  const isCalm = random() < 0.2;
  const fault = isCalm ? null : placed(...pick(siteFaults(dice, windowMs * SCALE))());
  const violence: Violence = {
    kind: pick([
      "none",
      "worker-killed",
      "worker-killed",
      "browser-killed",
      "browser-killed",
      "worker-stopped",
      "database-cut",
    ]),
    afterMs: 300 + upTo(7000),
    lastsMs: 500 + upTo(20_000),
  };
  return { seed, channel, fault, violence, hasTwin: random() < 0.1, answersAfterMs: 500 + upTo(8000) };
};

export const toldRun = ({ seed, channel, fault, violence, hasTwin }: Run): string =>
  [
    `run ${seed} at ${channel}`,
    fault ? `${fault.name} ${JSON.stringify(fault.options)}` : "a site that is well",
    violence.kind === "none" ? "nobody killed" : `${violence.kind} after ${violence.afterMs} ms`,
    ...(hasTwin ? ["a twin beside it"] : []),
  ].join(", ");
