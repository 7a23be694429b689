/** Sessions that open, and are not what a browser can be given whole. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cookie, Session } from "#core/session/index.ts";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import { createLog } from "../log.ts";
import { createContext, startWorker, type RunningWorker } from "../start-worker.ts";
import { startSellerWorld, type SellerWorld } from "../testing/seller-world.ts";
import { OVER } from "../testing/targets.ts";

const logged: string[] = [];
let world: SellerWorld;
let worker: RunningWorker;

beforeAll(async () => {
  world = await startSellerWorld();
  const log = createLog("trace", { write: (line) => void logged.push(line) });
  worker = await startWorker(await createContext(world.env(), log), { concurrency: 1 });
});
afterAll(async () => {
  await worker.drain("end of tests");
  await world.close();
});

const withCookies =
  (change: (cookies: Cookie[]) => Cookie[]) =>
  (session: Session): Session => ({
    ...session,
    timezone: "Etc/Unknown",
    storageState: { ...session.storageState, cookies: change(session.storageState.cookies) },
  });

describe("a session with something odd in it", () => {
  it("when a cookie and the time zone cannot be used: posted all the same, and the report names them", async () => {
    const value = randomUUID();
    const change = withCookies((cookies) => [
      { ...cookies[0]!, name: "legacy", value, secure: false, sameSite: "None" },
      ...cookies,
    ]);
    const account = await world.connect("mercari", { change });
    const item = await world.item(SAMPLES["denim-jacket"]);
    const job = await world.createJob(item, [account]);
    const [target] = await world.waitFor(job.targetIds, OVER);
    expect(target).toMatchObject({
      state: "done",
      report: { leftOut: { cookies: ["legacy"], replaced: [expect.stringContaining("Etc/Unknown")] } },
    });
    const events = await world.events(job.targetIds[0]!);
    expect(events).toContainEqual(expect.stringContaining('"legacy"'));
    expect(events).toContainEqual(expect.stringContaining("UTC"));
    expect([JSON.stringify(target), ...events, ...logged].join("")).not.toContain(value);
  });

  it("when the sign-in cookie itself is refused: a person is needed at once, told which", async () => {
    const change = withCookies((cookies) =>
      cookies.map((one) => (one.name === "cl_session" ? { ...one, expires: 300_000_000_000 } : one)),
    );
    const account = await world.connect("craigslist", { change });
    const item = await world.item(SAMPLES["denim-jacket"]);
    const job = await world.createJob(item, [account]);
    const [target] = await world.waitFor(job.targetIds, OVER);
    expect(target).toMatchObject({ state: "needs_human", attempt: 0 });
    expect(target?.reason).toMatch(
      /does not take the sign-in cookie "cl_session".*connect this account again/,
    );
    const listed = (await world.control.ledger()).listings.filter(({ site }) => site === "craigslist");
    expect(listed).toEqual([]);
  });
});

describe("a login that the site does not take from the cloud", () => {
  const notTheirs = withCookies((cookies) => cookies.map((one) => ({ ...one, value: randomUUID() })));
  const accountRow = async (id: string) =>
    (
      await world.admin.query<{ status: string; replay: string; status_reason: string }>(
        "select status, replay, status_reason from public.platform_accounts where id = $1",
        [id],
      )
    ).rows[0];
  const verify = async (id: string, capturedAt: Date) => {
    const account = await world.connect("facebook", { change: notTheirs, capturedAt, ...loginOf(id) });
    const item = await world.item(SAMPLES["denim-jacket"]);
    const job = await world.createJob(item, [account], { action: "verify" });
    const [target] = await world.waitFor(job.targetIds, OVER);
    return { target, row: await accountRow(account.id) };
  };
  const loginOf = (handle: string) => ({ handle, loginAs: "maria" });

  it("when it was captured just now: it is said that it works in tabs only", async () => {
    const { target, row } = await verify("maria", new Date());
    // A check asks nothing: what it found is on the account.
    expect(target).toMatchObject({ state: "failed", ending: { code: "stop", stop: "login" } });
    expect(row).toMatchObject({
      status: "needs_human",
      replay: "no",
      status_reason: expect.stringContaining("Post from your own tabs"),
    });
  });

  it("when it was captured a day ago and never used: both possibilities are named, nothing is decided", async () => {
    const { target, row } = await verify("jonas", new Date(Date.now() - 86_400_000));
    // A check asks nothing: what it found is on the account.
    expect(target).toMatchObject({ state: "failed", ending: { code: "stop", stop: "login" } });
    expect(row).toMatchObject({
      status: "expired",
      replay: "unknown",
      status_reason: expect.stringMatching(/Either this login has ended, or .* from your browser alone/),
    });
  });
});
