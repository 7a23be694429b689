/** The loop over documents, with a host whose pages are scripts of turns. Pages in a browser: core/fill/run. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PageReply, PageTurn, StartPhase } from "../plan/page-protocol.ts";
import type { PhaseResult, Plan, Step, StepReport, StopSign } from "../plan/plan.ts";
import { drivePhase } from "./drive-phase.ts";
import { BrowserGone, DocumentGone, PageUnreadable, type Host } from "./host.ts";
import type { PhaseInput } from "./phase.ts";

const base = { need: "required" as const, locators: [] };
const field = (id: string): Step => ({
  ...base,
  kind: "fill",
  id,
  label: id,
  field: "title",
  value: { kind: "text", text: id },
});
const press = (id: string): Step => ({
  ...base,
  kind: "press",
  id,
  label: id,
  expect: { any: [{ newDocument: true }] },
});
const plan: Plan = {
  version: 1,
  marketplace: "none",
  url: "https://shop.test/new",
  hosts: ["shop.test"],
  fill: [field("title"), press("next"), field("zip"), press("more"), field("size")],
  submit: [press("publish")],
};
const report = (id: string, more: Partial<StepReport> = {}): StepReport => ({
  id,
  label: id,
  field: "form",
  need: "required",
  status: "done",
  verified: true,
  attempts: 1,
  ms: 1,
  ...more,
});
const pressing = (id: string) => report(id, { verified: false, detail: "pressing" });

type Script = (page: Page) => Promise<PhaseResult> | PhaseResult;
/** What a script of one document does with its host. */
type Page = {
  start: StartPhase;
  say(index: number, step: StepReport): Promise<void>;
  ask(question: { kind: "needPermit" } | { kind: "needVisible"; stepId: string }): Promise<PageReply>;
  /** The document goes, whatever is awaited of it. */
  leave(): Promise<never>;
};
type Doc = { script: Script; gone: boolean };

/** Each document plays its script on `start`; a document that was left answers DocumentGone for ever. */
const scripted = (scripts: Script[], more: Partial<Host<Doc>> = {}) => {
  const docs = scripts.map((script): Doc => ({ script, gone: false }));
  const log: string[] = [];
  let at = 0;
  const host: Host<Doc> = {
    open: (url) => {
      log.push(`open ${url}`);
      return host.document();
    },
    document: ({ not } = {}) => {
      if (not && docs[at] === not) at += 1;
      const now = docs[at];
      return now
        ? Promise.resolve(now)
        : Promise.reject(new PageUnreadable("The page that should have come did not."));
    },
    async ask(doc, method, ...args) {
      if (doc.gone) throw new DocumentGone();
      const answer = await engineOf(doc)[method as "start"](...(args as unknown as [StartPhase]));
      return answer as never;
    },
    photo: () => Promise.reject(new Error("no photo")),
    pressTrusted: () => Promise.resolve(false),
    show: () => {
      log.push("shown");
      return Promise.resolve(() => {
        log.push("hidden");
        return Promise.resolve();
      });
    },
    cookie: () => Promise.resolve(null),
    ...more,
  };
  const engines = new Map<Doc, ReturnType<typeof engine>>();
  const engineOf = (doc: Doc) => {
    const known = engines.get(doc) ?? engine(doc, log);
    engines.set(doc, known);
    return known;
  };
  return { host, log };
};

const engine = (doc: Doc, log: string[]) => {
  let turn = Promise.withResolvers<PageTurn>();
  let answer = Promise.withResolvers<PageReply>();
  let id = 0;
  const hand = (question: object) => turn.resolve({ told: [], ...question, id: ++id } as unknown as PageTurn);
  return {
    start(start: StartPhase): Promise<PageTurn> {
      log.push(`start ${start.from}${start.resumed ? " resumed" : ""}`);
      const page: Page = {
        start,
        async say(index, step) {
          hand({ kind: "progress", told: [{ index, total: 9, step }] });
          await answer.promise;
          answer = Promise.withResolvers();
        },
        async ask(question) {
          hand(question);
          const reply = await answer.promise;
          answer = Promise.withResolvers();
          return reply;
        },
        leave() {
          doc.gone = true;
          turn.reject(new DocumentGone());
          return new Promise(() => undefined);
        },
      };
      void (async () => hand({ kind: "finished", result: await doc.script(page) }))();
      return turn.promise;
    },
    reply(_id: number, reply: PageReply): Promise<PageTurn> {
      turn = Promise.withResolvers();
      answer.resolve(reply);
      return turn.promise;
    },
    abort: () => void log.push("abort"),
    stopSign: (): StopSign | null => null,
  };
};

const run = (host: Host<Doc>, input: Partial<PhaseInput> = {}) =>
  drivePhase(host, { plan, phase: "fill", deadlineMs: 60_000, ...input });
const complete: Script = () => ({ kind: "complete", steps: [] });
const given = () => Promise.resolve(true);

describe("over page loads", () => {
  it("goes on after the press that led to the next document, with what is known of the earlier pages", async () => {
    let known: readonly StepReport[] = [];
    const { host, log } = scripted([
      async (page) => {
        await page.say(0, report("title"));
        await page.say(1, pressing("next"));
        return page.leave();
      },
      (page) => {
        known = page.start.reports ?? [];
        return { kind: "complete", steps: [report("next"), report("zip")] };
      },
    ]);
    const end = await run(host);
    expect(end).toMatchObject({
      kind: "complete",
      steps: [{ id: "title" }, { id: "next", verified: true }, { id: "zip" }],
    });
    expect(log).toEqual(["start 0", "start 2 resumed"]);
    expect(known.map(({ id }) => id)).toEqual(["title", "next"]);
  });

  it("a document lost before its first turn is no surprise, however often", async () => {
    const lost: Script = (page) => page.leave();
    const { host, log } = scripted([lost, lost, lost, lost, lost, complete]);
    expect((await run(host)).kind).toBe("complete");
    expect(log.filter((line) => line.startsWith("open"))).toEqual([]);
  });

  it("a page that goes in the middle is opened and filled again; what it held is not taken for done", async () => {
    const { host, log } = scripted([
      async (page) => {
        await page.say(0, report("title"));
        return page.leave();
      },
      (page) => ({
        kind: "complete",
        steps: [report("size", { detail: `knows ${page.start.reports?.length}` })],
      }),
    ]);
    // The fake's `open` gives the document that follows.
    const end = await run({ ...host, open: (url) => (log.push(`open ${url}`), host.document()) });
    expect(log).toEqual(["start 0", `open ${plan.url}`, "start 0 resumed"]);
    expect(end.steps).toMatchObject([{ id: "size", detail: "knows 0" }]);
  });

  it("a press that worked within its page does not explain the loss of that page", async () => {
    const { host, log } = scripted([
      async (page) => {
        await page.say(1, pressing("next"));
        await page.say(1, report("next"));
        return page.leave();
      },
      complete,
    ]);
    await run(host);
    expect(log.at(-1)).toBe("start 0 resumed");
  });

  it("gives up on a page that keeps reloading, and on one that never ends", async () => {
    const reloads: Script = async (page) => {
      await page.say(0, report("title"));
      return page.leave();
    };
    expect(await run(scripted(Array.from({ length: 9 }, () => reloads)).host)).toMatchObject({
      kind: "refused",
      why: { code: "keeps-reloading" },
    });
    const next: Script = () => ({ kind: "navigating", next: 0, steps: [] });
    expect(await run(scripted(Array.from({ length: 40 }, () => next)).host)).toMatchObject({
      why: { code: "too-many-pages" },
    });
  });

  it("stops where the page around a framed form says so, before the form is looked for", async () => {
    const { host, log } = scripted([complete]);
    const stop: StopSign = { kind: "login", evidence: "a login form is shown" };
    const around = {
      ...host,
      ask: ((_doc, method) => Promise.resolve(method === "stopSign" ? stop : null)) as Host<Doc>["ask"],
    };
    const end = await run(around, { plan: { ...plan, frameHost: "form.shop.test" } });
    expect(end).toMatchObject({ kind: "stopped", stop });
    expect(log).toEqual([]);
  });

  it("hides a page that was shown as soon as its step is over, and at the end", async () => {
    const { host, log } = scripted([
      async (page) => {
        await page.ask({ kind: "needVisible", stepId: "title" });
        await page.say(0, report("title"));
        log.push("next step");
        await page.ask({ kind: "needVisible", stepId: "zip" });
        return { kind: "refused", stuck: ["zip"], steps: [report("zip", { status: "refused" })] };
      },
    ]);
    const end = await run(host);
    expect(end).toMatchObject({ kind: "refused", why: { code: "steps", stuck: [{ id: "zip" }] } });
    expect(log).toEqual(["start 0", "shown", "hidden", "next step", "shown", "hidden"]);
  });
});

describe("around the permit", () => {
  const asks =
    (then: (page: Page, reply: PageReply) => Promise<PhaseResult> | PhaseResult): Script =>
    async (page) =>
      then(page, await page.ask({ kind: "needPermit" }));
  const submit = (host: Host<Doc>, permit: () => Promise<boolean>) => run(host, { phase: "submit", permit });

  it("once it was given nothing is started again, whatever happens to the page", async () => {
    const { host, log } = scripted([asks((page) => page.leave()), complete]);
    expect(await submit(host, given)).toMatchObject({ kind: "pressed", by: "unknown" });
    expect(log).toEqual(["start 0 resumed"]);
  });

  it.each([
    ["the browser goes", new BrowserGone("The browser's page is gone.")],
    ["the page cannot be read", new PageUnreadable("offline")],
  ])("once it was given and %s: it counts as pressed", async (_what, error) => {
    const { host } = scripted([asks(() => new Promise(() => undefined))]);
    const ask = ((doc, method, ...args) =>
      method === "reply" ? Promise.reject(error) : host.ask(doc, method, ...args)) as Host<Doc>["ask"];
    expect(await submit({ ...host, ask }, given)).toMatchObject({ kind: "pressed", by: "unknown" });
  });

  it("a page that made no use of it says why", async () => {
    const { host } = scripted([asks(() => ({ kind: "void", why: "aged", steps: [] }))]);
    expect(await submit(host, given)).toMatchObject({ kind: "void", why: "aged" });
  });

  it("when it is refused the page is told, and a person's press in that moment is not lost", async () => {
    const refused = () => Promise.resolve(false);
    const told = scripted([
      asks((_page, reply) => ({ kind: "void", why: reply === null ? "aged" : "not-permitted", steps: [] })),
    ]);
    expect(await submit(told.host, refused)).toMatchObject({ kind: "void", why: "not-permitted" });
    const person = scripted([asks(() => ({ kind: "pressed", by: "person", steps: [] }))]);
    expect(await submit(person.host, refused)).toMatchObject({ kind: "pressed", by: "person" });
    const left = scripted([asks((page) => page.leave())]);
    expect(await submit(left.host, refused)).toMatchObject({ kind: "void", why: "page-left" });
  });

  it("an error of the permit reaches the caller, after the page was told", async () => {
    let heard: PageReply | null = null;
    const { host } = scripted([
      asks((_page, reply) => {
        heard = reply;
        return { kind: "void", why: "not-permitted", steps: [] };
      }),
    ]);
    await expect(submit(host, () => Promise.reject(new Error("stale fence")))).rejects.toThrow("stale fence");
    expect(heard).toEqual({ ok: false });
  });

  it("without a permit to ask for nothing is allowed", async () => {
    const { host } = scripted([
      asks((_page, reply) => ({
        kind: "void",
        why: "ok" in reply && reply.ok ? "aged" : "not-permitted",
        steps: [],
      })),
    ]);
    expect(await run(host, { phase: "submit" })).toMatchObject({ kind: "void", why: "not-permitted" });
  });
});

describe("time and orders", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("the deadline is one over all documents", async () => {
    const lefts: number[] = [];
    const slow: Script = async (page) => {
      lefts.push(page.start.deadlineMs);
      await vi.advanceTimersByTimeAsync(20_000);
      return { kind: "navigating", next: 1, steps: [] };
    };
    const { host } = scripted([
      slow,
      slow,
      (page) => (lefts.push(page.start.deadlineMs), { kind: "complete", steps: [] }),
    ]);
    await run(host);
    expect(lefts.map((ms) => Math.round(ms / 1000))).toEqual([60, 40, 20]);
  });

  it("a page that never answers is given up, and told to stop", async () => {
    const { host, log } = scripted([() => new Promise(() => undefined)]);
    const ended = run(host);
    await vi.advanceTimersByTimeAsync(70_000);
    expect(await ended).toMatchObject({ kind: "refused", why: { code: "deadline" } });
    expect(log).toContain("abort");
  });

  it("a permit that is answered after the time is over does not reach the page", async () => {
    const late = Promise.withResolvers<boolean>();
    let reached = false;
    const { host } = scripted([
      async (page) => {
        await page.ask({ kind: "needPermit" });
        reached = true;
        return { kind: "pressed", by: "hawker", steps: [] };
      },
    ]);
    const ended = run(host, { phase: "submit", permit: () => late.promise });
    await vi.advanceTimersByTimeAsync(70_000);
    expect(await ended).toMatchObject({ kind: "void", why: "aged" });
    late.resolve(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(reached).toBe(false);
  });

  it("ends with the reason it was told to stop for, unless a press may have happened", async () => {
    const order = new AbortController();
    const { host } = scripted([() => new Promise(() => undefined)]);
    const ended = run(host, { signal: order.signal });
    const failed = expect(ended).rejects.toThrow("the lease is lost");
    await vi.advanceTimersByTimeAsync(10);
    order.abort(new Error("the lease is lost"));
    await failed;

    const later = new AbortController();
    const pressed = scripted([
      async (page) => (await page.ask({ kind: "needPermit" }), new Promise(() => undefined)),
    ]);
    const end = run(pressed.host, { phase: "submit", permit: given, signal: later.signal });
    await vi.advanceTimersByTimeAsync(10);
    later.abort(new Error("the lease is lost"));
    expect(await end).toMatchObject({ kind: "pressed", by: "unknown" });
  });
});
