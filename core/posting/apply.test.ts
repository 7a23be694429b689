import { describe, expect, it } from "vitest";
import {
  answersTo,
  DAY_MS,
  HOUR_MS,
  keeperOf,
  lateEvidence,
  newPosting,
  NO_BOOKS,
  rivalsAmong,
  waysOut,
  type NewPosting,
  type PostingEvent,
} from "./index.ts";
import { readingOf } from "./testing/readings.ts";
import { MARKER, NOON, Told, WINDOW_MS, type ToldEvent } from "./testing/told.ts";
import { twinKeyOf } from "./marker.ts";

const byHand: PostingEvent = {
  kind: "pressed-by-person",
  marker: MARKER,
  twin: twinKeyOf(MARKER),
  baseline: ["1"],
  policy: { windowMs: WINDOW_MS, absenceProves: true },
};
const captcha: ToldEvent = {
  kind: "ask",
  question: "stop",
  ending: { code: "stop", stop: "captcha" },
  candidates: [],
};
const ROW = { externalId: "9", url: null, title: "Brass lamp", priceText: "$45", status: "active" };

describe("cancelling what is driven", () => {
  const runsEnd: [string, ToldEvent][] = [
    ["its form is full", { kind: "ready" }],
    ["the site shows a captcha", captcha],
    ["a field was refused", { kind: "fail", ending: { code: "item", message: "no photos" } }],
    ["it is interrupted", { kind: "requeue", ending: { code: "interrupted" }, inMs: 0, usesAttempt: false }],
  ];
  it.each(runsEnd)("comes true when %s, and nobody is asked about it", (_, ending) => {
    const told = new Told({ mode: "review" }).filled().then({ kind: "cancel" }, ending);
    expect(told.posting).toMatchObject({ state: "cancelled", question: null, cancelAsked: false });
  });

  it("comes true when the site refuses the form, for nothing was made of that press", () => {
    const told = new Told()
      .permitted()
      .then({ kind: "cancel" }, { kind: "said-no", attempt: 1, message: "no" });
    expect(told.posting.state).toBe("cancelled");
  });

  it('does not say "nothing was published" while a filled form may stand in a tab', () => {
    const told = new Told()
      .filled()
      .then(
        { kind: "cancel" },
        { kind: "requeue", ending: { code: "interrupted" }, inMs: 0, usesAttempt: false },
      );
    expect(told.posting.ending).toEqual({ code: "cancelled", pressed: false, filled: true });
    expect(told.posting.closedAt).not.toBeNull();
  });

  it("lets what the site said look again, and never press again by itself, where absence is proof too", () => {
    const told = new Told().permitted({ policy: { windowMs: WINDOW_MS, absenceProves: true } });
    told.then({ kind: "cancel" }, { kind: "pressed", attempt: 1 });
    told.leaseUntil = told.now;
    told.surelyAbsent();
    expect(told.posting.state).toBe("cancelled");
    expect(told.refuses({ kind: "pressed", attempt: 1 })).toBe("already-known");
    told.then({ kind: "said-listed", externalId: null, url: null }).after(DAY_MS).surelyAbsent();
    expect(told.posting).toMatchObject({ state: "needs_human", question: { kind: "there" }, consent: null });
  });

  it("of what is being asked about is not answered by the same question at once", () => {
    const told = new Told()
      .pressed()
      .after(HOUR_MS + 11_000)
      .then({ kind: "hour" }, { kind: "cancel" });
    expect(told.posting.state).toBe("unknown");
    expect(told.refuses({ kind: "hour" })).toBe("not-due");
  });
});

describe("a permit that was not used", () => {
  it("leaves nothing unproven, though an earlier press was settled by a person", () => {
    const told = new Told().pressed().surelyAbsent().answered({ kind: "not-there", again: true });
    told.permitted();
    told.then(told.unpressed());
    expect(told.posting).toMatchObject({ state: "filling", unsettledAt: null, presses: 1 });
    told.after(121_000).then({ kind: "lapse" }).claimed();
    expect(told.posting.state).toBe("claimed");
  });

  it("settles nothing once the person pressed the site's own button", () => {
    const told = new Told().permitted();
    const unpressed = told.unpressed();
    told.then(byHand);
    expect(told.refuses(unpressed)).toBe("other-attempt");
    expect(told.posting.state).toBe("unknown");
  });

  it("settles nothing once absence settled it, and it stands before a captcha in another run", () => {
    const told = new Told().permitted({ policy: { windowMs: WINDOW_MS, absenceProves: true } });
    const unpressed = told.unpressed();
    told.after(121_000).then({ kind: "lapse" }).surelyAbsent();
    expect(told.posting.state).toBe("queued");
    told.filled().then(captcha);
    expect(told.refuses(unpressed)).toBe("already-known");
    expect(told.posting).toMatchObject({ state: "needs_human", question: { kind: "stop" } });
  });

  it("leaves a captcha that stopped the look before a person", () => {
    const told = new Told().permitted();
    const unpressed = told.unpressed();
    told.after(121_000).then({ kind: "lapse" }).claimed().then(captcha, unpressed);
    expect(told.posting).toMatchObject({ state: "needs_human", unsettledAt: null, presses: 0 });
    expect(answersTo(told.posting)).toEqual(["go-on"]);
    told.answered({ kind: "go-on" });
    expect(told.posting).toMatchObject({ state: "queued", consent: { kind: "start" } });
  });

  it("settles nothing once the records were put back from a backup", () => {
    const told = new Told().permitted();
    const unpressed = told.unpressed();
    told.then({ kind: "restored" });
    expect(told.refuses(unpressed)).toBe("other-attempt");
  });
});

describe("a form that was filled while nobody could hear of it", () => {
  const stands: ToldEvent = { kind: "form-stands", marker: MARKER, twin: twinKeyOf(MARKER), baseline: ["1"] };

  it("is known of when its posting is cancelled: nothing is said of what its person may yet press", () => {
    const told = new Told().then(stands, { kind: "cancel" });
    expect(told.posting).toMatchObject({ state: "cancelled", closedAt: NOON, ending: { filled: true } });
  });

  it("is watched for though it is told of after the end, and says so", () => {
    const told = new Told().then({ kind: "cancel" });
    expect(told.posting).toMatchObject({ closedAt: null, ending: { filled: false } });
    told.after(1_000).then(stands);
    expect(told.posting).toMatchObject({
      closedAt: NOON + 1_000,
      ending: { code: "cancelled", filled: true },
    });
    expect(told.refuses(stands)).toBe("already-known");
  });

  it("leaves all that its listing is known by, and is no twin's rival but its own", () => {
    const { posting, now } = new Told().then(stands, { kind: "cancel" }).after(HOUR_MS);
    const reading = readingOf(now, { ...ROW, externalId: "100" });
    expect(lateEvidence(posting, reading, NO_BOOKS)).toMatchObject({ kind: "late-row" });
    expect(rivalsAmong([posting], now)).toMatchObject([{ twin: twinKeyOf(MARKER) }]);
  });
});

describe("a run that ends every time in the middle, and is claimed again at once", () => {
  it("is asked about by its hour, though it is never seen in the queue", () => {
    const told = new Told().claimed();
    for (let runs = 0; told.posting.state === "claimed" && runs < 60; runs += 1)
      told.after(121_000).then({ kind: "lapse" }).claimed();
    expect(told.posting).toMatchObject({ question: { kind: "stuck" }, fence: null, attempt: 0 });
    expect(told.now - NOON).toBeLessThan(HOUR_MS + 150_000);
    told.answered({ kind: "go-on" }).filled();
    expect(told.posting.state).toBe("filling");
  });
});

describe("the hour of a tab's posting that nobody comes for", () => {
  const cloud = { ...newPosting({ id: "c", itemId: "c", driver: "cloud", mode: "publish", at: NOON }) };
  const served = { ...cloud, claimedAt: NOON + HOUR_MS };
  const asks = (mine: Partial<NewPosting>) => {
    const told = new Told(mine);
    const known = { now: NOON + HOUR_MS, liveFence: null, leaseUntil: null, gone: null, cloudReady: true };
    told.keeper = keeperOf(told.posting, [served], known);
    return told.after(HOUR_MS).refuses({ kind: "hour" });
  };

  it("is over though the cloud comes to the login all the time for what is its own", () => {
    expect(asks({ driver: "tab" })).toBeNull();
    expect(asks({ driver: "tab", fallbackAt: NOON })).toBe("not-due");
    expect(asks({ driver: "cloud" })).toBe("not-due");
  });

  it("is over after a day, whoever serves the login: it may be another browser than the one it waits for", () => {
    const told = new Told();
    told.keeper = { servedAt: NOON + DAY_MS + HOUR_MS };
    expect(told.after(DAY_MS).refuses({ kind: "hour" })).toBe("not-due");
    expect(told.after(HOUR_MS).refuses({ kind: "hour" })).toBeNull();
  });
});

describe("what is asked", () => {
  it('comes back once a day after "wait", not at the next look', () => {
    const told = new Told().pressed().surelyAbsent().answered({ kind: "wait" });
    told.after(60_000).absent().after(60_000).absent();
    expect(told.posting.state).toBe("unknown");
    told.after(DAY_MS).absent();
    expect(told.posting).toMatchObject({ state: "needs_human", question: { kind: "there", number: 2 } });
  });

  it('is not asked again at once when "it is not there" came before anybody can know', () => {
    const windowMs = 3 * HOUR_MS;
    const told = new Told().pressed({ policy: { windowMs, absenceProves: false } });
    told
      .after(HOUR_MS + 11_000)
      .then({ kind: "hour" })
      .answered({ kind: "not-there", again: false });
    expect(told.posting).toMatchObject({ state: "unknown", dueAt: NOON + 10_000 + windowMs });
    expect(told.refuses({ kind: "hour" })).toBe("not-due");
  });

  it("comes after a look where evidence was late, not before", () => {
    const told = new Told().permitted().after(130_000).then({ kind: "lapse" });
    told.after(2 * HOUR_MS).then({ kind: "hour" }, { kind: "pressed", attempt: 1 });
    expect(told.refuses({ kind: "hour" })).toBe("not-due");
  });

  it('about a late row of what was cancelled is no new start when the answer is "wait"', () => {
    const told = new Told().filled().then({ kind: "cancel" }).after(130_000).then({ kind: "lapse" });
    told.then({ kind: "late-row", candidates: [ROW] }).answered({ kind: "wait" });
    expect(told.posting).toMatchObject({ state: "unknown", consent: null });
  });

  it("about a late row is not decided by seeing the row once more", () => {
    const told = new Told().filled().then({ kind: "cancel" }).after(130_000).then({ kind: "lapse" });
    const alike = { kind: "found", externalId: "9", url: null, by: "likeness" } as const;
    told.then(alike);
    expect(told.refuses(alike)).toBe("already-known");
    expect(told.posting.state).toBe("needs_human");
    expect(told.then({ kind: "cancel" }).posting.state).toBe("cancelled");
  });

  it("is nothing about look-alikes of what ended before anything was filled or pressed", () => {
    const told = new Told().then({ kind: "cancel" });
    expect(told.refuses({ kind: "found", externalId: "9", url: null, by: "likeness" })).toBe("already-known");
    expect(told.posting.state).toBe("cancelled");
  });
});

describe("the id a site named", () => {
  it("outranks a likeness, in whichever order they come", () => {
    const named = { kind: "said-listed", externalId: "100", url: null } as const;
    const alike = { kind: "found", externalId: "9", url: null, by: "likeness" } as const;
    const first = new Told().permitted().then(named);
    expect(first.refuses(alike)).toBe("already-known");
    const second = new Told().permitted().then(alike, named);
    for (const { posting } of [first, second])
      expect(posting).toMatchObject({ state: "unknown", listing: null, sign: { externalId: "100" } });
  });
});

describe("another one on purpose, beside one that is live", () => {
  const beside = { keeper: { isItemPressed: true, hasSuccessor: false } };

  it("may be published after it was looked over", () => {
    const told = Object.assign(new Told({ mode: "review", consent: "another" }), beside);
    told.filled().then({ kind: "ready" }).answered({ kind: "publish", hash: null });
    expect(told.permitted().posting.state).toBe("submitting");
  });

  it("may be tried again after it failed", () => {
    const told = Object.assign(new Told({ consent: "another" }), beside);
    told.filled().then({ kind: "fail", ending: { code: "item", message: "no" } }, { kind: "retry" });
    expect(told.permitted().posting.state).toBe("submitting");
  });
});

it("offers a way out of every state it was cancelled or stopped in", () => {
  const told = new Told().pressed().surelyAbsent();
  expect(waysOut(told.posting).map((way) => ("answer" in way ? way.answer : way.do))).toEqual([
    "is-it",
    "not-there",
    "wait",
    "cancel",
  ]);
});
