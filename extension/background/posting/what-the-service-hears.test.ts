/** What happens to posts while the service is asked, is away, or refuses: the real modules over a database in memory. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, ApiUnavailable } from "#extension/api/http.ts";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import { postingRow } from "#core/posting/testing/posting-row.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { runsHere } from "#extension/store/runs-here.ts";
import { adoptTarget } from "./adopt-target.ts";
import { browserStart } from "./browser-start.ts";
import { cancelPost } from "./commands.ts";
import { fillPost } from "./form.ts";
import { sendEvent } from "./keeper.ts";
import { drainAllPostings } from "./posting-outbox.ts";
import { formStands, readPost } from "./record.ts";
import { runPost } from "./run-post.ts";
import { registerPost } from "./register-post.ts";
import { schedulePosts } from "./scheduler.ts";
import { keepersNow } from "./session-clock.ts";
import {
  ACCOUNT,
  chromeStandIn,
  events,
  lamp,
  post,
  service,
  USER,
  WORKSPACE,
} from "./testing/service-stand-in.ts";

vi.mock("#extension/store/database.ts", async () => {
  const { memoryDatabase } = await import("#extension/store/testing/memory-database.ts");
  return { database: memoryDatabase() };
});
const presses = vi.hoisted(() => ({ last: null as number | null, dies: false }));
vi.mock("#extension/store/presses.ts", () => ({
  hasPressed: () => Promise.resolve(false),
  lastPress: () => Promise.resolve(presses.last),
  forgetPresses() {
    if (presses.dies) return Promise.reject(new Error("the service worker died"));
    presses.last = null;
    return Promise.resolve();
  },
}));
vi.mock("#extension/auth/client.ts", async () => (await import("./testing/service-stand-in.ts")).client);
vi.mock("#extension/api/jobs.ts", async () => (await import("./testing/service-stand-in.ts")).jobs);
vi.mock("#extension/background/notify.ts", () => ({ tellPerson: () => Promise.resolve() }));
const page = vi.hoisted(() => ({ pressedBy: null as "person" | null }));
vi.mock("#core/host/index.ts", async (original) => ({
  ...(await original<object>()),
  askAgain: (_host: unknown, _frame: unknown, what: string) => {
    if (what === "submitSeen") return Promise.resolve({ by: page.pressedBy });
    if (what === "forgetSubmit") page.pressedBy = null;
    return Promise.resolve(what === "outcome" ? { kind: "unknown", message: "" } : null);
  },
}));

const target = { jobId: "job", targetId: "target" };
const seen = { kind: "pressed-by-person", baseline: null, policy: { windowMs: 60_000, absenceProves: true } };
const marked = {
  marker: { title: "Brass lamp", priceText: "$45.00" },
  twin: { title: "brass lamp", cents: [4500] },
};
const pressedByHand = { ...seen, ...marked } as Parameters<typeof sendEvent>[1];
const keep = async (...posts: PostRow[]) => void (await database.posts.bulkPut(posts));
const waiting = async () => (await database.postingOutbox.toArray()).map(({ event }) => event.kind);
const refusedAs = (code: string) => (service.refusal = { code, message: "no such target" });

let chromeNow: ReturnType<typeof chromeStandIn>;
beforeEach(async () => {
  for (const table of database.tables) await table.clear();
  chromeNow = chromeStandIn();
  vi.stubGlobal("chrome", chromeNow);
  page.pressedBy = null;
  Object.assign(service, {
    user: USER,
    refusal: null,
    refusalOf: () => null,
    payload: { item: lamp },
    told: [],
    jobs: [],
  });
  service.createJob = () => Promise.resolve("target");
  service.answer = () => ({ ok: true, target: postingRow({ driver: "tab" }) });
  const auth = {
    userId: USER.id,
    email: USER.email,
    workspaceId: WORKSPACE,
    workspaceName: null,
    role: "owner",
  };
  await database.settings.put({ key: "auth", value: auth });
  await database.settings.put({ key: "device", value: { id: "device" } });
  await database.items.put(lamp);
  await database.accounts.put({
    id: ACCOUNT,
    platform: "mercari",
    loginId: "123",
    localOnly: false,
  } as never);
});

describe("cancelled", () => {
  const asCancelled = () => ({ ok: true, target: postingRow({ driver: "tab", state: "cancelled" }) });

  it("while the service was being asked for a row: it hears of that, and nothing is filled", async () => {
    await keep(post({}));
    const { promise: answered, resolve: answer } = Promise.withResolvers<string>();
    service.createJob = () => answered;
    service.answer = asCancelled;
    await schedulePosts();
    await expect.poll(() => service.jobs.length).toBe(1);
    await cancelPost("one");
    answer("target");
    await expect.poll(() => runsHere.size).toBe(0);
    expect(events()).toEqual(["cancel"]);
    expect(service.told.map(({ name }) => name)).not.toContain("claim_target");
    expect((await readPost("one")).posting.state).toBe("cancelled");
    expect(chromeNow.permissions.contains).not.toHaveBeenCalled();
  });

  it("after the service made the row and its answer was lost: it is told once it answers, to that very row", async () => {
    await keep(post({}));
    service.createJob = () => Promise.reject(new ApiUnavailable("lost"));
    await runPost("one", new AbortController().signal);
    await cancelPost("one");
    expect(await waiting()).toEqual(["cancel"]);
    service.createJob = () => Promise.resolve("target");
    service.answer = asCancelled;
    await drainAllPostings();
    expect(events()).toEqual(["cancel"]);
    expect(new Set(service.jobs.map(({ key }) => key)).size).toBe(1);
    expect((await readPost("one")).posting.state).toBe("cancelled");
  });

  it("before the service was asked at all: it never is", async () => {
    await keep(post({}));
    await cancelPost("one");
    await runPost("one", new AbortController().signal);
    await drainAllPostings();
    expect([service.jobs, await waiting()]).toEqual([[], []]);
  });
});

describe("pressed by hand while the service is away", () => {
  const standing = () =>
    post(
      {},
      { target, tabId: 7, isStanding: true, plan: { frameHost: null } as never, handBaseline: ["m1"] },
    );
  beforeEach(() => {
    service.user = null;
    page.pressedBy = "person";
    chromeNow.permissions.contains.mockResolvedValue(true);
  });

  it("met by a run: on record at once, with the rows that were there before", async () => {
    await keep(standing());
    await runPost("one", new AbortController().signal);
    const [told] = await database.postingOutbox.toArray();
    expect(told?.event).toMatchObject({ kind: "pressed-by-person", baseline: ["m1"] });
    const { posting, isStanding } = await readPost("one");
    expect(posting).toMatchObject({ state: "unknown", presses: 1, consent: null });
    expect([isStanding, page.pressedBy]).toEqual([false, null]);
  });

  it("and the worker died before it was on record: the form still counts as standing, and the page remembers", async () => {
    await keep(standing());
    const dies = vi.spyOn(database.postingOutbox, "add").mockRejectedValueOnce(new Error("the worker died"));
    await expect(runPost("one", new AbortController().signal)).rejects.toThrow("the worker died");
    dies.mockRestore();
    expect([(await readPost("one")).isStanding, page.pressedBy]).toEqual([true, "person"]);
  });

  it("between the first question and the filling, while the lists were read: no form is opened over it", async () => {
    await keep({ ...standing(), item: SAMPLES.camera });
    const { signal } = new AbortController();
    expect(await fillPost("one", { signal })).toEqual({ kind: "pressed" });
    expect(await readPost("one")).toMatchObject({ isStanding: true, plan: { frameHost: null } });
    expect([chromeNow.tabs.create.mock.calls, page.pressedBy]).toEqual([[], "person"]);
  });
});

it("an account that only this browser knows is disconnected and connected again: its open posts go on", async () => {
  const now = await keepersNow("browser");
  const read = { baseline: [], readingAt: now, readingFence: 3, runUntil: now + 900_000 };
  await keep(post({ ...read, state: "filling", fence: 3 }, { keeper: "browser", accountId: "before" }));
  const lease = { login: "mercari:123", holder: await browserStart(), posting: "one", fence: 3 };
  await database.loginLeases.put({ ...lease, until: now + 100_000 } as never);
  const policy = { windowMs: 60_000, absenceProves: true };
  const permit = { kind: "permit", fence: 3, hash: "hash", policy, ...marked } as const;
  await database.accounts.update(ACCOUNT, { loginId: "456" });
  expect(await sendEvent("one", permit)).toEqual({ ok: false, code: "disconnected" });
  await database.accounts.update(ACCOUNT, { loginId: "123", localOnly: true });
  expect(await sendEvent("one", permit)).toMatchObject({ ok: true });
});

describe("a line of somebody else's", () => {
  beforeEach(async () => {
    const posting = post({}).posting;
    const row = { id: "target", jobId: "job", accountId: ACCOUNT, platform: "mercari", posting };
    await database.targets.put(row as never);
  });

  it("is taken over twice at once: it is one post", async () => {
    const [first, second] = await Promise.all([adoptTarget("target"), adoptTarget("target")]);
    expect(second).toBe(first);
    expect(await database.posts.count()).toBe(1);
  });

  it("is filled for the city that it was asked for, whatever is chosen in this browser", async () => {
    await database.settings.put({ key: "preferences", value: { mode: "publish", city: "https://sfbay.x" } });
    service.payload = { item: lamp, city: "https://newyork.x" };
    expect(await readPost(await adoptTarget("target"))).toMatchObject({ city: "https://newyork.x" });
  });

  it("cannot be read by this version: it is said, and nothing is made of it", async () => {
    service.payload = { item: { title: 7 } };
    await expect(adoptTarget("target")).rejects.toThrow("could not be read");
    expect(await database.posts.count()).toBe(0);
  });
});

describe("a post that nobody came for, when the service is away again", () => {
  it("waits for it, without a pause in between and without holding up the others of its site", async () => {
    const called = { number: 1, kind: "stuck", askedAt: 0, candidates: [] } as never;
    const others = Array.from({ length: 29 }, (_, at) => `after ${at}`);
    const later = (id: string) => post({}, { id, createdAt: "2026-06-02T00:00:00.000Z" });
    await keep(
      post({ state: "needs_human", question: called, questions: 1 }, { id: "first", target }),
      ...others.map(later),
    );
    service.user = null;
    const runs = vi.spyOn(runsHere, "add");
    await schedulePosts();
    const withoutNote = async () => (await database.posts.toArray()).filter(({ note }) => note === null);
    await expect.poll(async () => (await withoutNote()).map(({ id }) => id)).toEqual(["first"]);
    await expect.poll(() => runsHere.size).toBe(0);
    await schedulePosts();
    expect(runs.mock.calls.map(([id]) => id).sort()).toEqual(["first", ...others].sort());
    expect((await readPost("first")).posting.state).toBe("needs_human");
  });
});

describe("the row that the service makes of a post", () => {
  const heard = async (state: "queued" | "unknown") => {
    const row = postingRow({ driver: "tab", state });
    service.answer = ({ name }) =>
      name === "claim_target"
        ? { claimed: false, fence: null, at: null, reason: "not_due", retry_at: null, target: row }
        : { ok: true, target: row };
    await runPost("one", new AbortController().signal);
    await drainAllPostings();
    return events();
  };

  it("hears of a press that a power cut took from the record, before anything can be pressed again", async () => {
    presses.last = 1;
    await keep(post({}));
    expect(await heard("unknown")).toEqual(["pressed-by-person"]);
    presses.last = null;
    expect((await readPost("one")).posting.state).toBe("unknown");
  });

  it("and the worker died before the presses of the old numbering were forgotten: none of them is one of the new", async () => {
    Object.assign(presses, { last: 2, dies: true });
    await keep(post({ permits: 2, settledAttempts: 2 }));
    await expect(registerPost(await readPost("one"))).rejects.toThrow("died");
    expect((await readPost("one")).target).not.toBeNull();
    presses.dies = false;
    expect(await registerPost(await readPost("one"))).toBe("registered");
    expect(presses.last).toBeNull();
  });

  it("hears of a form that was filled before, with what its listing would be known by; once", async () => {
    await keep(post({ filledAt: Date.now() }, { handBaseline: ["m1"] }));
    expect(await heard("queued")).toEqual(["form-stands"]);
    expect(service.told.find(({ name }) => name === "posting_event")?.args["p_event"]).toMatchObject({
      marker: marked.marker,
      baseline: ["m1"],
    });
  });

  it("hears of it once, however often it is filled while the service is away", async () => {
    await keep(post({}, { target }));
    service.user = null;
    const stands = formStands(await readPost("one"));
    for (let n = 0; n < 3; n += 1) await sendEvent("one", stands);
    expect(await waiting()).toEqual(["form-stands"]);
  });

  it("of a version that knows no form that stands is told of the press all the same", async () => {
    await keep(post({ filledAt: Date.now() }));
    service.user = null;
    await sendEvent("one", pressedByHand);
    service.user = USER;
    service.answer = () => ({ ok: true, target: postingRow({ driver: "tab", state: "unknown" }) });
    service.refusalOf = (event) =>
      event === "form-stands" ? { code: "HK400", message: "no such event" } : null;
    await drainAllPostings();
    expect([events().sort(), await waiting()]).toEqual([["form-stands", "pressed-by-person"], []]);
  });
});

describe("a target that the service refuses", () => {
  const pressed = async (id = "one") => {
    await keep(post({ permits: 1, presses: 0 }, { id, target: { jobId: "job", targetId: `of ${id}` } }));
    service.user = null;
    await sendEvent(id, pressedByHand);
    service.user = USER;
  };

  it.each([
    ["for want of a role", "HK403"],
    ["because it is of a version that knows no such event", "HK400"],
  ])("%s: what was pressed waits, and the line says why", async (_why, code) => {
    await pressed();
    refusedAs(code);
    await drainAllPostings();
    expect(await waiting()).toEqual(["pressed-by-person"]);
    expect((await readPost("one")).note?.code).toBe("refused-by-service");
    service.refusal = null;
    await drainAllPostings();
    expect([await waiting(), (await readPost("one")).note]).toEqual([[], null]);
  });

  it("because the database was put back to before it: asked for anew, as pressed", async () => {
    await pressed();
    refusedAs("HK404");
    await drainAllPostings();
    expect(await readPost("one")).toMatchObject({ target: null, posting: { state: "unknown", presses: 1 } });
    service.refusal = null;
    await drainAllPostings();
    expect(service.jobs).toMatchObject([{ pressed: true }]);
    expect(service.told.at(-1)?.args).toMatchObject({ p_target_id: "target" });
    expect(await waiting()).toEqual([]);
  });

  it("when it is claimed: the others of the site go first, and it can be cancelled", async () => {
    await keep(post({}, { target }));
    refusedAs("HK404");
    expect(await runPost("one", new AbortController().signal)).toBeGreaterThan(Date.now());
    await cancelPost("one");
    expect((await readPost("one")).posting.state).toBe("cancelled");
  });

  it("asked for as pressed, by somebody who may not post there now: it waits", async () => {
    await pressed();
    await database.posts.update("one", { target: null });
    service.createJob = () => Promise.reject(new ApiError("forbidden", 403, "Ask an owner."));
    await drainAllPostings();
    expect(await waiting()).toEqual(["pressed-by-person"]);
    expect((await readPost("one")).note).toMatchObject({ message: "Ask an owner." });
  });

  it("asked for as pressed, where there is no such workspace: it ends here with the reason, and is watched for here", async () => {
    await pressed();
    await database.posts.update("one", { target: null });
    service.createJob = () => Promise.reject(new ApiError("not_found", 404, "no such workspace"));
    await drainAllPostings();
    const { keeper, posting } = await readPost("one");
    expect(keeper).toBe("browser");
    expect(posting).toMatchObject({ state: "failed", ending: { code: "refused-by-service" } });
    expect(posting.closedAt).not.toBeNull();
  });

  it("with an error nobody foresaw: what other posts have to tell is told", async () => {
    await pressed("one");
    await pressed("two");
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    service.answer = ({ args }) =>
      args["p_target_id"] === "of one" ? "nonsense" : { ok: true, target: postingRow() };
    await drainAllPostings();
    expect((await database.postingOutbox.toArray()).map(({ postId }) => postId)).toEqual(["one"]);
  });
});
