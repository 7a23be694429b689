/**
 * The protocol with one rule taken out, or one old fault put back: text of the real files, changed while they are bundled.
 * Some rules mask each other; then the masks are taken out as well, or it plays in a world that needs the rule. It counts as
 * caught by a history in which, with the masks alone taken out, nothing of the kind happens.
 */
import type { Scenario } from "../scenario.ts";

export type Change = { file: string; find: string; put: string };
export type Mutant = {
  name: string;
  changes: Change[];
  /** Other rules that would hide it: taken out as well. */
  masks?: Change[];
  world: Partial<Scenario>;
  /** Any of these kinds of violation is what it leads to. */
  seen: readonly string[];
};

export const change = (file: string, find: string, put = ""): Change => ({ file, find, put });

/** Nothing happens but what a mutant's world names. */
export const calm: Partial<Scenario> = {
  act: "list",
  mode: "publish",
  other: "none",
  outage: "none",
  second: "none",
  list: "none",
  submit: "one",
  isRefusedFirst: false,
  gone: "none",
  cancelAt: null,
  editedAt: null,
  takenOverAt: null,
  more: "none",
  reconnectAt: null,
  restoreAt: null,
  registeredAt: null,
  skewS: 0,
  jumpAt: null,
};
export const known: Partial<Scenario> = { ...calm, login: "cloud", driver: "tab", fallback: false };
