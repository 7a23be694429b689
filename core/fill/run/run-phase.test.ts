/** Phases against small pages: order, presses, page loads, permit, recheck, stop signs. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import type { Plan, StartPhase, Step } from "../../plan/index.ts";
import { launchTestBrowser, pageBundle } from "../testing/browser.ts";
import { Driver } from "../testing/drive.ts";

const HOST = "shop.example.test";
const fill = (id: string, text: string, more: Partial<Step> = {}): Step =>
  ({
    id,
    label: id,
    need: "required",
    kind: "fill",
    field: "form",
    value: { kind: "text", text },
    locators: [{ by: "label", text: id }],
    ...more,
  }) as Step;
const press = (
  name: string,
  expectation: Extract<Step, { kind: "press" }>["expect"],
  more: Partial<Step> = {},
): Step =>
  ({
    id: `press.${name}`,
    label: name,
    need: "required",
    kind: "press",
    locators: [{ by: "role", role: "button", name }],
    expect: expectation,
    ...more,
  }) as Step;
const planOf = (fillSteps: Step[], submit: Step[] = []): Plan => ({
  version: 1,
  marketplace: "none",
  url: `https://${HOST}/`,
  hosts: [HOST],
  fill: fillSteps,
  submit,
});
const start = (plan: Plan, phase: StartPhase["phase"] = "fill", from = 0): StartPhase => ({
  plan,
  phase,
  from,
  deadlineMs: 20_000,
});

describe("a phase", () => {
  let browser: Browser;
  let page: Page;
  let pages: Record<string, string>;
  beforeAll(async () => {
    browser = await launchTestBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    await page?.close();
    page = await browser.newPage();
    pages = {};
    await page.route(`https://${HOST}/**`, (route) => {
      const body = pages[new URL(route.request().url()).pathname] ?? "<h1>nothing</h1>";
      return route.fulfill({ contentType: "text/html", body: `<!doctype html><meta charset=utf-8>${body}` });
    });
  });
  const open = async (path = "/"): Promise<Driver> => {
    await page.goto(`https://${HOST}${path}`);
    const driver = new Driver(page, await pageBundle());
    await driver.inject();
    return driver;
  };
  const valueOf = (css: string) => page.inputValue(css);

  it("fills what appears late, and passes over steps of other pages", async () => {
    pages["/"] =
      `<div id=x></div><script>setTimeout(() => { x.innerHTML = '<label>Title <input id=t></label>' }, 300)</script>`;
    const { result } = await (
      await open()
    ).run(
      start(
        planOf([
          fill("Title", "Hat"),
          fill("Zip", "94107", { when: { urlIncludes: "/two" } } as Partial<Step>),
        ]),
      ),
    );
    expect(result).toMatchObject({
      kind: "complete",
      steps: [
        { id: "Title", status: "done", verified: true },
        { id: "Zip", status: "skipped" },
      ],
    });
    expect(await valueOf("#t")).toBe("Hat");
  });

  it("refuses and stops when two visible controls answer to the same label", async () => {
    pages["/"] = `<label>Title <input></label><label>Title <input></label><label>Price <input id=p></label>`;
    const { result } = await (
      await open()
    ).run({ ...start(planOf([fill("Title", "Hat"), fill("Price", "3")])), deadlineMs: 1500 });
    expect(result).toMatchObject({
      kind: "refused",
      steps: [{ id: "Title", status: "refused", reason: "ambiguous" }],
    });
    expect(await valueOf("#p")).toBe("");
  });

  it("takes the live copy of a form mounted twice", async () => {
    pages["/"] =
      `<style>form{position:absolute;top:20px;left:20px;background:#fff;width:300px;height:200px}</style>
      <form><label>Title <input id=dead></label></form><form style="z-index:2"><label>Title <input id=live></label></form>`;
    const { result } = await (await open()).run(start(planOf([fill("Title", "Hat")])));
    expect(result.kind).toBe("complete");
    expect([await valueOf("#dead"), await valueOf("#live")]).toEqual(["", "Hat"]);
  });

  it("pierces open shadow roots and same-origin frames", async () => {
    pages["/"] =
      `<div id=host></div><iframe src="/inner" width=400 height=200></iframe><script>host.attachShadow({mode:'open'}).innerHTML='<label>Title <input></label>'</script>`;
    pages["/inner"] = `<label>Price <input id=p></label>`;
    const { result } = await (await open()).run(start(planOf([fill("Title", "Hat"), fill("Price", "3")])));
    expect(result.kind).toBe("complete");
    expect(await page.evaluate("host.shadowRoot.querySelector('input').value")).toBe("Hat");
    expect(await page.frames()[1]?.inputValue("#p")).toBe("3");
  });

  it("writes again what the page overwrote meanwhile", async () => {
    pages["/"] =
      `<label>Title <input id=t></label><label>Brand <input id=b></label><script>b.addEventListener('change', () => { t.value = 'recognised' }, { once: true })</script>`;
    const { result, reports } = await (
      await open()
    ).run(start(planOf([fill("Title", "Hat"), fill("Brand", "Acme")])));
    expect(result.kind).toBe("complete");
    expect(await valueOf("#t")).toBe("Hat");
    expect(reports.find((one) => one.id === "Title")).toMatchObject({
      status: "done",
      verified: true,
      attempts: 2,
    });
  });

  it("reports a press before it presses, and goes on in the next document", async () => {
    pages["/"] = `<form action="/two"><label>Title <input id=t name=t></label><button>Next</button></form>`;
    pages["/two"] = `<label>Zip <input id=z></label>`;
    const plan = planOf([
      fill("Title", "Hat"),
      press("Next", { any: [{ newDocument: true }] }),
      fill("Zip", "94107"),
    ]);
    const driver = await open();
    let last = -1;
    const gone = driver.run(start(plan), { onTurn: (turn) => { if (turn.kind === "progress") last = turn.index; } }).then((driven) => driven.result, (cause: unknown) => String(cause)); // prettier-ignore
    await page.waitForURL("**/two?**");
    const ended = await gone;
    expect(last).toBe(1);
    if (typeof ended !== "string") expect(ended).toMatchObject({ kind: "navigating", next: 2 });
    const next = new Driver(page, await pageBundle());
    await next.inject();
    const { result } = await next.run(start(plan, "fill", last + 1));
    expect(result).toMatchObject({
      kind: "complete",
      steps: [
        { id: "press.Next", verified: true },
        { id: "Zip", status: "done" },
      ],
    });
  });

  it("does not go on when the page that came is not the one expected", async () => {
    pages["/wrong"] = `<h1>Something went wrong</h1><label>Zip <input></label>`;
    const plan = planOf([press("Next", { any: [{ url: "/two" }] }), fill("Zip", "94107")]);
    const { result } = await (await open("/wrong")).run(start(plan, "fill", 1));
    expect(result).toMatchObject({
      kind: "refused",
      steps: [{ status: "failed", reason: "page-not-expected" }],
    });
  });

  describe("submit", () => {
    const FORM = `<label>Title <input id=t></label><button onclick="document.title='pressed'; done.hidden=false">Publish</button><p id=done hidden>Live</p>`;
    const plan = planOf(
      [fill("Title", "Hat")],
      [press("Publish", { any: [{ visible: [{ by: "css", css: "#done" }] }] })],
    );

    it("presses only with a permit", async () => {
      pages["/"] = FORM;
      const driver = await open();
      await driver.run(start(plan));
      expect((await driver.run(start(plan, "submit"), { permit: false })).result.kind).toBe("refused");
      expect(await page.title()).not.toBe("pressed");
      expect((await driver.run(start(plan, "submit"), { permit: true })).result).toMatchObject({
        kind: "complete",
        steps: [{ verified: true }],
      });
      expect(await page.title()).toBe("pressed");
    });

    it("presses nothing when a field reads differently than it was filled", async () => {
      pages["/"] = FORM;
      const driver = await open();
      await driver.run(start(plan));
      await page.fill("#t", "someone else's");
      const { result } = await driver.run(start(plan, "submit"), { permit: true });
      expect(result).toMatchObject({ kind: "refused", steps: [{ id: "Title", reason: "site-changed-it" }] });
      expect(await page.title()).not.toBe("pressed");
    });

    it("never presses the last button twice when nothing follows", async () => {
      pages["/"] =
        `<label>Title <input id=t></label><button onclick="window.n=(window.n||0)+1">Publish</button><p id=done hidden>Live</p>`;
      const driver = await open();
      await driver.run(start(plan));
      const { result } = await driver.run(
        { ...start(plan, "submit"), deadlineMs: 2500 },
        { permit: true, trusted: true },
      );
      expect(result.kind).toBe("refused");
      expect(await page.evaluate("window.n")).toBe(1);
    });
  });

  it("hands over at a captcha challenge, not at its badge", async () => {
    pages["/"] = `<label>Title <input id=t></label><iframe title="reCAPTCHA" width=256 height=60></iframe>`;
    expect((await (await open()).run(start(planOf([fill("Title", "Hat")])))).result.kind).toBe("complete");
    pages["/"] =
      `<label>Title <input id=t></label><iframe title="reCAPTCHA challenge" width=400 height=580></iframe>`;
    expect((await (await open()).run(start(planOf([fill("Title", "Hat")])))).result).toMatchObject({
      kind: "stopped",
      stop: { kind: "captcha" },
    });
    expect(await valueOf("#t")).toBe("");
  });

  it("refuses to run on a host the plan does not name", async () => {
    pages["/"] = `<label>Title <input></label>`;
    const driver = await open();
    await expect(
      driver.run(start({ ...planOf([fill("Title", "Hat")]), hosts: ["other.test"] })),
    ).rejects.toThrow(/may not run on/);
  });

  it("never writes to a password or a trap", async () => {
    pages["/"] =
      `<label>Title <input type=password id=a></label><label style="position:absolute;left:-9999px">Brand <input id=b></label>`;
    const { result } = await (
      await open()
    ).run({
      ...start(
        planOf([fill("Title", "Hat", { need: "optional" }), fill("Brand", "Acme", { need: "optional" })]),
      ),
      deadlineMs: 4000,
    });
    expect(result.steps.map((one) => one.status)).toEqual(["refused", "refused"]);
    expect([await valueOf("#a"), await valueOf("#b")]).toEqual(["", ""]);
  });
});
