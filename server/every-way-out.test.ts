import { beforeAll, describe, expect, it } from "vitest";
import type { AnswerRequest, JobDetail, Target } from "#core/api/index.ts";
import { TARGET_STATES } from "#core/job/index.ts";
import { OFFERS, offerText, placeOf } from "#core/posting/model/offers.ts";
import { Drive } from "./testing/drive.ts";
import { signUp, type Person } from "./testing/people.ts";
import { SITUATIONS, WISHES, type Situation } from "./testing/situations.ts";

// The machine is the database's, the same for both runtimes; routes/listings/targets.test.ts calls each route on both.
const RUNTIME = "node";
const OVER: Target["state"][] = ["done", "cancelled"];
const QUESTIONS = ["ready", "alike", "there", "field", "stop", "stuck"];

const SAYING: Record<Target["answers"][number], AnswerRequest["answer"]> = {
  publish: { kind: "publish" },
  "is-it": { kind: "is-it", externalId: "m-new" },
  "another-thing": { kind: "another-thing" },
  "not-there": { kind: "not-there", again: true },
  wait: { kind: "wait" },
  "go-on": { kind: "go-on" },
  "use-cloud": { kind: "use-cloud" },
};

/** One way out as a call of its route. */
type Way = { name: string; action: string; body?: unknown };
const waysOf = ({ can, answers, question, driver }: Target): Way[] =>
  can.flatMap((way): Way[] => {
    if (way === "take-over")
      return [{ name: way, action: way, body: { driver: driver === "tab" ? "cloud" : "tab" } }];
    if (way !== "answer") return [{ name: way, action: way }];
    return answers.map((kind) => ({
      name: `answer ${kind}`,
      action: way,
      body: { question: question?.number, answer: SAYING[kind] },
    }));
  });

const isStuck = ({ state, can, cancelAsked }: Target): boolean =>
  can.length === 0 && !OVER.includes(state) && !cancelAsked;

describe("every way out", () => {
  let maria: Person;
  const offers = new Map<Situation, string>();
  beforeAll(async () => {
    maria = await signUp();
  });
  const reach = async ({ request, lead }: Situation): Promise<Drive> => {
    const drive = await Drive.begin(RUNTIME, maria, request);
    await lead(drive);
    return drive;
  };

  it.each(SITUATIONS)("when $name: $place, and each way that is named is taken", async (situation) => {
    const first = await reach(situation);
    const before = await first.target();
    expect(placeOf(before)).toBe(situation.place);
    expect(isStuck(before)).toBe(false);
    offers.set(situation, offerText(before));
    for (const [at, way] of waysOf(before).entries()) {
      const drive = at === 0 ? first : await reach(situation);
      const answer = await drive.post(way.action, way.body);
      expect(answer.status, `${way.name}: ${answer.text}`).toBe(200);
      const [after] = (answer.json() as JobDetail).targets;
      expect(
        { ...after, id: before.id, accountId: before.accountId },
        `${way.name} does something`,
      ).not.toEqual(before);
      expect(after && isStuck(after), `${way.name} leads to a dead end`).toBe(false);
    }
  });

  it.each(WISHES)("when $name and a cancel was asked for: it ends, or asks, by itself", async (situation) => {
    const drive = await reach(situation);
    expect((await drive.post("cancel")).status).toBe(200);
    const wished = await drive.target();
    expect([wished.state, wished.cancelAsked]).toEqual([situation.place, true]);
    await drive.leaseEnds();
    await drive.hourEnds();
    const after = await drive.target();
    expect(after.state === "cancelled" || after.can.length > 0, placeOf(after)).toBe(true);
  });

  it("every state, and every question, is among the situations", () => {
    const places = new Set<string>(SITUATIONS.map(({ place }) => place));
    const all = TARGET_STATES.flatMap((state) =>
      state === "needs_human" ? QUESTIONS.map((kind) => `${state}: ${kind}`) : [state],
    );
    expect([...places].sort()).toEqual(all.sort());
  });

  it("whatever the machine can get into offers no way out that is not among the situations", async () => {
    for (const situation of SITUATIONS)
      if (!offers.has(situation)) offers.set(situation, offerText(await (await reach(situation)).target()));
    const offered = new Set(offers.values());
    expect(OFFERS.filter((offer) => !offered.has(offer))).toEqual([]);
  });
});
