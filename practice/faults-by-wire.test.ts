/**
 * What becomes of a press, asked of Craigslist's server alone: the order is the same for all sites (server/submit.ts). What the
 * pages show of stops and of lost answers is asked in marketplaces/testing and worker/posting.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { practiceControl, type FaultOptions, type PracticeControl } from "./control-client.ts";
import { draftByWire } from "./craigslist/by-wire.ts";
import { startPractice, type Practice } from "./index.ts";
import type { FaultName } from "./server/fault-request.ts";

const site = "craigslist";
let dir: string;
let practice: Practice;
let control: PracticeControl;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "practice-"));
  practice = await startPractice({ dir });
  control = practiceControl(practice.controlUrl);
});
afterAll(async () => {
  await practice.close();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(() => control.reset());

const draft = async () => draftByWire(practice.port, await control.login(site, "maria"));
/** The answer, or that it was lost on the way. */
const pressUnder = async (fault: FaultName, options: FaultOptions = {}) => {
  const { press } = await draft();
  await control.fault(site, fault, options);
  return press().catch((error: unknown) => (error as { code?: string }).code ?? "lost");
};
const committed = async () => (await control.ledger({ site })).listings.length;

it("without a fault: one listing, and its page", async () => {
  const { press } = await draft();
  expect(await press()).toMatchObject({
    status: 303,
    location: expect.stringContaining("s=published") as string,
  });
  expect((await control.ledger({ site })).listings).toMatchObject([
    { fields: { PostingTitle: "Brass lamp" } },
  ]);
});

describe("refused at the press", () => {
  it.each([
    ["captcha", { at: "submit" }, /human|captcha/i],
    ["block", { at: "submit" }, /blocked|unusual activity/i],
    ["limit-reached", {}, /limit reached|limited to \d+/i],
    ["checkpoint", {}, /phone/i],
  ] as const)("%s: commits nothing, unless told to", async (fault, options, sign) => {
    expect(await pressUnder(fault, options)).toMatchObject({ body: expect.stringMatching(sign) as string });
    expect(await committed()).toBe(0);
    await control.reset();
    expect(await pressUnder(fault, { ...options, commit: true })).toMatchObject({
      body: expect.stringMatching(sign) as string,
    });
    expect(await committed()).toBe(1);
  });

  it("is not asked for on load, where the site has none", async () => {
    await expect(control.fault(site, "captcha", { at: "load" })).rejects.toThrow("at publish only");
    await expect(control.fault(site, "checkpoint", { at: "load" })).rejects.toThrow("at publish only");
  });

  it("session-expired: leads to the log-in, and everybody is signed out", async () => {
    const elsewhere = await draft();
    expect(await pressUnder("session-expired", { at: "submit" })).toMatchObject({
      status: 303,
      location: expect.stringContaining("/login") as string,
    });
    expect(await committed()).toBe(0);
    expect(await elsewhere.press()).toMatchObject({
      location: expect.stringContaining("/login") as string,
    });
  });
});

describe("committed, and not said", () => {
  it("reply-lost: the connection drops in the middle of the answer", async () => {
    expect(await pressUnder("reply-lost")).toEqual(expect.any(String));
    expect(await committed()).toBe(1);
  });

  it("500-after-commit: an error of the site's own", async () => {
    expect(await pressUnder("500-after-commit")).toMatchObject({ status: 500 });
    expect(await committed()).toBe(1);
  });

  it("502-after-commit: the site is down until it is released", async () => {
    const next = await draft();
    expect(await pressUnder("502-after-commit")).toMatchObject({ status: 502 });
    expect(await committed()).toBe(1);
    expect(await next.press()).toMatchObject({ status: 502 });
    await control.release({ site, fault: "site-down" });
    expect(await next.press()).toMatchObject({ status: 303 });
    expect(await committed()).toBe(2);
  });

  it("reply-late: committed at once, answered when released", async () => {
    const answer = pressUnder("reply-late");
    await expect.poll(committed).toBe(1);
    const aWhile = new Promise((resolve) => setTimeout(() => resolve("none yet"), 500));
    expect(await Promise.race([answer, aWhile])).toBe("none yet");
    await control.release({ site, fault: "reply-late" });
    expect(await answer).toMatchObject({ status: 303 });
  });
});

describe("late-commit", () => {
  it("the answer is lost with nothing there; released, it is there", async () => {
    expect(await pressUnder("late-commit")).toEqual(expect.any(String));
    expect(await committed()).toBe(0);
    await control.release({ site, fault: "late-commit" });
    await expect.poll(committed).toBe(1);
  });

  it("comes by the clock", async () => {
    expect(await pressUnder("late-commit", { ms: 300 })).toEqual(expect.any(String));
    await expect.poll(committed).toBe(1);
  });
});
