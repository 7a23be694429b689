/** M10 for the machine alone: a walk over every state it can get into, and what must hold in each. */
import { describe, expect, it } from "vitest";
import { apply, isFinal, type Posting, waysOut, type Way } from "./index.ts";
import {
  after,
  answerEvent,
  answersOf,
  keeperAt,
  type Reached,
  storyOf,
  sweptOnly,
  walkAll,
} from "./model/reachable.ts";
import { offerOf, OFFERS } from "./model/offers.ts";
import { keyOf } from "./model/reached-key.ts";
import { WALKS } from "./model/walks.ts";

const MOST = 60_000;

/** What a record must never say. */
function contradictionIn(posting: Posting): string | null {
  const { state, question, unsettledAt, permit, presses, closedAt, cancelAsked, consent, fence } = posting;
  const isOver = state === "failed" || state === "cancelled";
  const isToBeDriven = state === "queued" || state === "claimed" || state === "filling";
  if ((state === "needs_human") !== (question !== null)) return "a question in the wrong state";
  if (question?.kind === "there" && unsettledAt === null) return "asked about, and nothing is unproven";
  if (state === "unknown" && unsettledAt === null) return "looked for, and nothing is unproven";
  if (isToBeDriven && unsettledAt !== null) return "to be driven, and something is unproven";
  if (state === "submitting" && (permit === null || unsettledAt === null)) return "pressed without a permit";
  if (state === "done" && unsettledAt !== null) return "done, and something is unproven";
  if (isOver && presses > 0 && closedAt === null) return "over after a press, and nobody watches";
  if (isOver && (consent !== null || permit !== null)) return "over, and something is still agreed to";
  if (isOver && cancelAsked) return "over, and still to be cancelled";
  if (cancelAsked && unsettledAt === null && state !== "claimed" && state !== "filling")
    return "cancelled, and not driven, and not over";
  if ((state === "queued" || isOver) && fence !== null) return "driven by nobody, and held";
  return null;
}

const eventsOf = (posting: Posting, way: Way) => {
  switch (way.do) {
    case "answer":
      return answersOf(posting)
        .filter(({ kind }) => kind === way.answer)
        .map((answer) => answerEvent(posting, answer));
    case "take-over":
      return [{ kind: "take-over", driver: "tab" } as const];
    default:
      return [{ kind: way.do }];
  }
};

const told = (what: string, reached: Reached) => `${what}: ${storyOf(reached)}`;

/** What is wrong with a state, as far as it can be seen from it alone. */
function faultsOf(reached: Reached): string[] {
  const { posting } = reached;
  const faults: string[] = [];
  const contradiction = contradictionIn(posting);
  if (contradiction) faults.push(contradiction);
  const ways = waysOut(posting);
  const mayBeEmpty = posting.state === "done" || posting.state === "cancelled" || posting.cancelAsked;
  if (ways.length === 0 && !mayBeEmpty) faults.push(`no way out of ${posting.state}`);
  const isAskedAtOnce = after(reached, { kind: "hour" }) !== null;
  for (const event of ways.flatMap((way) => eventsOf(posting, way))) {
    const applied = apply(posting, event, keeperAt(reached));
    if (!applied.ok) faults.push(`${event.kind} is offered and refused (${applied.code})`);
    else if (!isAskedAtOnce && apply(applied.posting, { kind: "hour" }, keeperAt(reached)).ok)
      faults.push(`asked again at once after ${event.kind}`);
  }
  const swept = sweptOnly(reached);
  if (!isFinal(swept) && swept.state !== "needs_human")
    faults.push(`left alone it stays ${swept.state}, and nobody is called`);
  return faults;
}

/** States from which no end can be reached, whatever anybody does. */
function withoutEnd(edges: Map<string, string[]>, ends: string[]): string[] {
  const back = new Map<string, string[]>();
  for (const [from, tos] of edges)
    for (const to of new Set(tos)) {
      const froms = back.get(to);
      if (froms) froms.push(from);
      else back.set(to, [from]);
    }
  const good = new Set(ends);
  for (const key of good) for (const from of back.get(key) ?? []) good.add(from);
  return [...edges.keys()].filter((key) => !good.has(key));
}

const offered = new Set<string>();

describe.each(WALKS)("a posting %s", (_, vocabulary) => {
  it("has a way out of every state that is taken, ends or asks by its hour, and contradicts itself in none", () => {
    const { reached, edges, isWhole } = walkAll(vocabulary, MOST);
    expect(isWhole, "the walk has to come to its end").toBe(true);
    expect(reached.size).toBeGreaterThan(300);
    const faults = new Map<string, string>();
    for (const one of reached.values())
      for (const fault of faultsOf(one)) if (!faults.has(fault)) faults.set(fault, told(fault, one));
    expect([...faults.values()]).toEqual([]);
    for (const { posting } of reached.values()) if (!posting.cancelAsked) offered.add(offerOf(posting));
    const ends = [...reached.values()].filter(({ posting }) => isFinal(posting)).map(keyOf);
    expect(withoutEnd(edges, ends).map((key) => storyOf(reached.get(key)!))).toEqual([]);
  }, 240_000);
});

it("all walks together come to just those sets of ways out that the API's test takes one by one", () => {
  expect([...offered].sort()).toEqual([...OFFERS].sort());
});
