/** The press that submits: how old its permit may be, and that there is one press, whoever makes it. */
import { describe, expect, it } from "vitest";
import type { PageTurn, Plan } from "../../plan/index.ts";
import { runPhaseIn, type PageHost } from "../testing/drive.ts";
import { dial, field, planOf, press, useSmallPages } from "../testing/small-pages.ts";

const publish = press("Publish", {
  any: [{ visible: [{ by: "css", css: "#done" }] }, { newDocument: true }],
});
const title = field("Title", "Hat");
const plan = planOf([title], [publish]);
const FORM = `<form id=form action="/sent"><label>Title <input id=t></label><button id=publish>Publish</button></form>
  <p id=done hidden>Live</p>
  <script>n = 0; form.onsubmit = (event) => { n += 1; done.hidden = false; return leaves };  leaves = false</script>`;
const yes = () => Promise.resolve(true);
const shift = (clock: "Date" | "performance", ms: number) =>
  `{ const now = ${clock}.now.bind(${clock}); ${clock}.now = () => now() + ${ms} }`;
const freeze = (clock: "Date" | "performance") => `{ const at = ${clock}.now(); ${clock}.now = () => at }`;

describe("a permit", () => {
  const { page, pages, open } = useSmallPages();
  const presses = () => page().evaluate("n");
  const submit = async (permit: () => Promise<boolean>) => {
    pages["/"] = FORM;
    const host = await open();
    const { steps } = await runPhaseIn(host, plan);
    return runPhaseIn(host, plan, { phase: "submit", reports: steps, permit });
  };
  const meanwhile =
    (...changes: string[]) =>
    async () => {
      for (const change of changes) await page().evaluate(change);
      return true;
    };

  it("is used when it comes in time", async () => {
    expect(await submit(meanwhile(shift("Date", 9_000), shift("performance", 9_000)))).toMatchObject({
      kind: "pressed",
      by: "hawker",
    });
    expect(await presses()).toBe(1);
  });

  it("is not used without a yes", async () => {
    expect(await submit(() => Promise.resolve(false))).toMatchObject({ kind: "void", why: "not-permitted" });
    expect(await presses()).toBe(0);
  });

  it.each<[string, string, string[]]>([
    [
      "the wall clock has gone on while the other stood still, as in a laptop's sleep",
      "aged",
      [freeze("performance"), shift("Date", 10_100)],
    ],
    [
      "the monotonic clock has gone on while the wall clock stood still",
      "aged",
      [freeze("Date"), shift("performance", 10_100)],
    ],
    ["the wall clock was set back", "clock-moved", [shift("Date", -3_600_000)]],
    ["the monotonic clock went back", "clock-moved", [shift("performance", -5_000)]],
  ])("is void when %s", async (_what, why, changes) => {
    expect(await submit(meanwhile(...changes))).toMatchObject({ kind: "void", why });
    expect(await presses()).toBe(0);
  });

  it("is void when its host answers late, and the next one, asked anew, is good", async () => {
    await page().clock.install();
    pages["/"] = FORM;
    const host = await open();
    const { steps } = await runPhaseIn(host, plan);
    const late = () =>
      page()
        .clock.fastForward(11_000)
        .then(() => true);
    const again = { phase: "submit" as const, reports: steps };
    expect(await runPhaseIn(host, plan, { ...again, permit: late })).toMatchObject({
      kind: "void",
      why: "aged",
    });
    expect(await presses()).toBe(0);
    expect(await runPhaseIn(host, plan, { ...again, permit: yes })).toMatchObject({ kind: "pressed" });
    expect(await presses()).toBe(1);
  });
});

describe("one press", () => {
  const { page, pages, open } = useSmallPages();
  const presses = () => page().evaluate("n");
  const filled = async (what: Plan = plan) => {
    const host = await open();
    const { steps } = await runPhaseIn(host, what);
    return { host, submit: { phase: "submit" as const, reports: steps } };
  };
  const byPerson = { kind: "pressed", by: "person" };

  it("never presses twice when nothing follows, nor with a trusted click", async () => {
    pages["/"] =
      `<label>Title <input id=t></label><button onclick="n += 1">Publish</button><script>n = 0</script>`;
    const host = await open("/", { trusted: true });
    const { steps } = await runPhaseIn(host, plan);
    const submit = { phase: "submit" as const, reports: steps, permit: yes, deadlineMs: 2_500 };
    expect(await runPhaseIn(host, plan, submit)).toMatchObject({ kind: "pressed", by: "hawker" });
    expect(await presses()).toBe(1);
    expect(await runPhaseIn(host, plan, submit)).toMatchObject({ kind: "pressed", by: "hawker" });
    expect(await presses(), "another run in the same form").toBe(1);
  });

  it.each<[string, () => Promise<void>]>([
    ["clicks the button", () => page().click("#publish")],
    ["presses Enter in the form", () => page().press("#t", "Enter")],
  ])("when a person %s while the permit is asked for, Hawker adds none", async (_what, act) => {
    for (const answer of [true, false]) {
      pages["/"] = FORM;
      const { host, submit } = await filled();
      const permit = () => act().then(() => answer);
      expect(await runPhaseIn(host, plan, { ...submit, permit })).toMatchObject(byPerson);
      expect(await presses()).toBe(1);
    }
  });

  it("when a person publishes before Hawker asks, no permit is asked for", async () => {
    pages["/"] = FORM;
    const { host, submit } = await filled();
    await page().click("#publish");
    let asked = false;
    const permit = () => Promise.resolve((asked = true));
    expect(await runPhaseIn(host, plan, { ...submit, permit })).toMatchObject(byPerson);
    expect([asked, await presses()]).toEqual([false, 1]);
  });

  it.each([true, false])(
    "when a person publishes while it is still filled (page leaves: %s), it is not filled again",
    async (leaves) => {
      pages["/"] = `${FORM}<label>Brand <input id=b></label><script>leaves = ${leaves}</script>`;
      pages["/sent"] = "<h1>Thanks</h1>";
      const onTurn = async (turn: PageTurn) => {
        if (!turn.told.some(({ step }) => step.id === "Title")) return;
        await page().click("#publish");
        if (leaves) await page().waitForURL("**/sent*");
      };
      const end = await runPhaseIn(
        await open("/", { onTurn }),
        planOf([title, field("Brand", "Acme")], [publish]),
      );
      expect(end).toMatchObject(byPerson);
      expect(await page().inputValue("#b")).toBe("");
    },
  );

  it("a press known to the host is not told again, and a new form begins without it", async () => {
    pages["/"] = FORM;
    const { host, submit } = await filled();
    await page().click("#publish");
    const document = await host.document();
    expect(await host.ask(document, "submitSeen", plan)).toMatchObject({ by: "person", how: "click" });
    await host.ask(document, "forgetSubmit", plan);
    await page().evaluate("done.hidden = true");
    expect(await runPhaseIn(host, plan, { ...submit, permit: yes })).toMatchObject({
      kind: "pressed",
      by: "hawker",
    });
    expect((await runPhaseIn(host, plan)).kind).toBe("complete");
  });

  it("other buttons and other forms of the page are not the press", async () => {
    pages["/"] =
      `${FORM}<form id=search><input id=q><button>Search</button></form><script>search.onsubmit = () => false</script>
      <button id=draft form=form onclick="event.preventDefault()">Save draft</button>`;
    const { host } = await filled();
    await page().press("#q", "Enter");
    await page().click("#draft");
    expect(await host.ask(await host.document(), "submitSeen", plan)).toBeNull();
  });

  it("a trusted click that comes when the submit control lies where it was meant for is swallowed", async () => {
    const at = "position:fixed;top:50px;left:50px;width:120px;height:40px";
    pages["/"] =
      `<button id=next style="${at}">Next</button><button id=publish style="${at}" hidden onclick="n += 1">Publish</button><script>n = 0</script>`;
    const wizard = planOf([press("Next", { any: [{ url: "/two" }] })], [publish]);
    const host = await open("/", { trusted: true });
    const late: PageHost = {
      ...host,
      async pressTrusted(document, asked) {
        await page().evaluate("next.hidden = true, publish.hidden = false");
        return host.pressTrusted(document, asked);
      },
    };
    expect(await runPhaseIn(late, wizard, { deadlineMs: 3_000 })).toMatchObject({ kind: "refused" });
    expect(await presses()).toBe(0);
    await page().click("#publish");
    expect(await presses(), "a person's own click goes through").toBe(1);
  });

  /** Publish opens a dialog that asks once more. */
  const SURE = `<label>Title <input id=t></label><button onclick="log.push('publish'); sure.showModal()">Publish</button>
    <dialog id=sure><button onclick="log.push('sure'); done.hidden = false; sure.close()">Post anyway</button></dialog>
    <p id=done hidden>Live</p><script>log = []</script>`;
  const sure = planOf(
    [title],
    [
      press("Publish", { any: [{ visible: [{ by: "role", role: "dialog" }] }] }),
      press(
        "Post anyway",
        { any: [{ gone: [{ by: "role", role: "dialog" }] }] },
        { need: "optional", confirms: true },
      ),
    ],
  );

  it("presses what confirms the press once, after it, and asks for one permit", async () => {
    pages["/"] = SURE;
    const { host, submit } = await filled(sure);
    let permits = 0;
    const permit = () => Promise.resolve((permits += 1) > 0);
    expect(await runPhaseIn(host, sure, { ...submit, permit })).toMatchObject({
      kind: "pressed",
      by: "hawker",
    });
    expect([permits, await page().evaluate("log")]).toEqual([1, ["publish", "sure"]]);
  });

  it.each<[string, string[], string[]]>([
    ["stood for 55 seconds is confirmed", [shift("Date", 55_000), shift("performance", 55_000)], ["sure"]],
    ["stood while the machine slept is the person's", [freeze("performance"), shift("Date", 61_000)], []],
    ["stood too long by the monotonic clock is the person's", [shift("performance", 61_000)], []],
    ["stood while the clock was set back is the person's", [shift("Date", -3_600_000)], []],
  ])("a page that %s", async (_what, changes, confirmed) => {
    pages["/"] = SURE;
    const onTurn = async (turn: PageTurn) => {
      const isPressing = turn.told.some(
        ({ step }) => step.id === "press.Post anyway" && step.detail === "pressing",
      );
      if (!isPressing) return;
      for (const change of changes) await page().evaluate(change);
    };
    const host = await open("/", { onTurn });
    const { steps } = await runPhaseIn(host, sure);
    const end = await runPhaseIn(host, sure, { phase: "submit", reports: steps, permit: yes });
    expect(end).toMatchObject({ kind: "pressed", by: "hawker" });
    expect(await page().evaluate("log")).toEqual(["publish", ...confirmed]);
  });

  it("a gesture at hand does not hide it: what it set is read before the permit is asked for", async () => {
    pages["/"] = `<button id=dial onclick="this.innerText = this.dataset.next">off</button>${FORM}`;
    const what = planOf([dial("high"), title], [publish]);
    const { host, submit } = await filled(what);
    expect(await runPhaseIn(host, what, { ...submit, permit: yes })).toMatchObject({ kind: "pressed" });
    expect(await presses()).toBe(1);
  });
});
