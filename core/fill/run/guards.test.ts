/** What keeps the engine from leaving a page or sending a form: in every host, by what the page says at that moment. */
import { describe, expect, it } from "vitest";
import type { PageTurn, StepReport } from "../../plan/index.ts";
import { runPhaseIn, type PageHost } from "../testing/drive.ts";
import { dial, field, planOf, press, useSmallPages } from "../testing/small-pages.ts";

const DONE = { any: [{ visible: [{ by: "css" as const, css: "#done" }] }] };
const PUBLISH = `<button id=publish onclick="document.title = 'pressed'; done.hidden = false">Publish</button><p id=done hidden>Live</p>`;
const TITLE = `<label>Title <input id=t></label>`;
const DIAL = `<button id=dial onclick="this.innerText = this.dataset.next">off</button>`;
const permit = () => Promise.resolve(true);
const title = field("Title", "Hat");
const publish = press("Publish", DONE);

describe("before the press that submits", () => {
  const { page, pages, open } = useSmallPages();
  const isPressed = async () => (await page().title()) === "pressed";
  const plan = planOf([title, dial("high")], [publish]);

  /** Fills, lets something happen to the page, and submits. */
  const submitAfter = async (change: string, what = plan) => {
    const host = await open();
    const filled = await runPhaseIn(host, what);
    expect(filled.kind).toBe("complete");
    await page().evaluate(change);
    return runPhaseIn(host, what, { phase: "submit", reports: filled.steps, permit });
  };

  it("presses when everything reads as it was filled", async () => {
    pages["/"] = TITLE + DIAL + PUBLISH;
    expect(await submitAfter("null")).toMatchObject({ kind: "pressed", by: "hawker" });
    expect(await isPressed()).toBe(true);
  });

  it.each([
    ["a field reads differently", `t.value = "another's"`, "Title", "site-changed-it"],
    ["a field was emptied", `t.value = ""`, "Title", "site-changed-it"],
    ["a field is no longer there", `t.parentElement.remove()`, "Title", "not-found"],
    ["what a gesture set says something else", `dial.innerText = "low"`, "Dial", "site-changed-it"],
    ["what a gesture set is no longer there", `dial.remove()`, "Dial", "not-found"],
  ])("presses nothing when %s, and names it", async (_what, change, id, reason) => {
    pages["/"] = TITLE + DIAL + PUBLISH;
    expect(await submitAfter(change)).toMatchObject({ kind: "refused", why: { stuck: [{ id, reason }] } });
    expect(await isPressed()).toBe(false);
  });

  it("a form whose choice left nothing to read is not filled", async () => {
    // The select goes with its choice, as some forms do: nothing is left that says what was chosen.
    pages["/"] =
      `${TITLE}<label>Size <select id=s><option></option><option>M</option></select></label>${PUBLISH}
      <script>s.addEventListener('change', () => s.parentElement.remove())</script>`;
    const size = field("Size", "", { value: { kind: "choice", accept: ["M"] } });
    const filled = await runPhaseIn(await open(), planOf([title, size], [publish]));
    expect(filled).toMatchObject({ kind: "refused", why: { stuck: [{ id: "Size", reason: "not-found" }] } });
  });

  it("presses nothing for steps of pages that are gone unless they were read back there", async () => {
    pages["/"] = PUBLISH;
    const wizard = planOf([field("Title", "Hat", { when: { urlIncludes: "/first" } })], [publish]);
    const report: StepReport = {
      id: "Title",
      label: "Title",
      field: "form",
      need: "required",
      status: "done",
      verified: true,
      attempts: 1,
      ms: 1,
    };
    const submitWith = async (reports: StepReport[]) =>
      runPhaseIn(await open(), wizard, { phase: "submit", reports, permit });
    const stuck = (reason: string) => ({ kind: "refused", why: { stuck: [{ id: "Title", reason }] } });
    expect(await submitWith([])).toMatchObject(stuck("not-verified"));
    expect(await submitWith([{ ...report, verified: false }])).toMatchObject(stuck("not-verified"));
    expect(await submitWith([{ ...report, status: "skipped", verified: false }])).toMatchObject(
      stuck("page-not-expected"),
    );
    expect(await isPressed()).toBe(false);
    expect(await submitWith([report])).toMatchObject({ kind: "pressed" });
  });

  it("reads once more when the permit comes: what changed while it was asked for voids it", async () => {
    pages["/"] = TITLE + DIAL + PUBLISH;
    const host = await open();
    const { steps } = await runPhaseIn(host, plan);
    const end = await runPhaseIn(host, plan, {
      phase: "submit",
      reports: steps,
      permit: async () => {
        await page().evaluate(`t.value = "another's"`);
        return true;
      },
    });
    expect(end).toMatchObject({ kind: "void", why: "form-changed" });
    expect(await isPressed()).toBe(false);
  });

  it("presses nothing that was disabled or gone when the permit came", async () => {
    for (const change of ["publish.disabled = true", "publish.remove()"]) {
      pages["/"] = TITLE + PUBLISH;
      const host = await open();
      const { steps } = await runPhaseIn(host, planOf([title], [publish]));
      const end = await runPhaseIn(host, planOf([title], [publish]), {
        phase: "submit",
        reports: steps,
        permit: () =>
          page()
            .evaluate(change)
            .then(() => true),
      });
      expect(end).toMatchObject({ kind: "void", why: "form-changed" });
    }
  });
});

describe("before a press that leaves a page", () => {
  const { page, pages, open } = useSmallPages();
  const next = press("Next", { any: [{ url: "/two" }] });
  const LEAVE = `<form action="/two"><button>Next</button></form>`;
  /** Something happens to the page once this step is reported. */
  const when = (id: string, change: string) => ({
    onTurn: async (turn: PageTurn) => {
      if (turn.told.some(({ step }) => step.id === id && step.detail !== "pressing"))
        await page().evaluate(`window.once ??= (${change}, 1)`);
    },
  });
  const path = () => new URL(page().url()).pathname;
  const fill = (host: PageHost) =>
    runPhaseIn(host, planOf([title, dial("high"), next]), { deadlineMs: 15_000 });

  it("sets again what the page changed, a gesture's too", async () => {
    pages["/"] = TITLE + DIAL + LEAVE;
    const end = await fill(await open("/", when("Dial", `(t.value = "x", dial.innerText = "low")`)));
    expect(end).toMatchObject({
      kind: "complete",
      steps: [{ verified: true }, { id: "Dial", verified: true }, {}],
    });
    expect(path()).toBe("/two");
  });

  it("stays when it cannot be set again, and names it", async () => {
    pages["/"] = TITLE + DIAL + LEAVE;
    const stubborn = `(dial.innerText = "low", dial.onclick = null)`;
    const end = await fill(await open("/", when("Dial", stubborn)));
    expect(end).toMatchObject({
      kind: "refused",
      why: { stuck: [{ id: "Dial", reason: "site-changed-it" }] },
    });
    expect(path()).toBe("/");
  });

  it("stays when a required field has gone", async () => {
    pages["/"] = TITLE + DIAL + LEAVE;
    const end = await fill(await open("/", when("Dial", `t.parentElement.remove()`)));
    expect(end).toMatchObject({ kind: "refused", why: { stuck: [{ id: "Title", reason: "not-found" }] } });
    expect(path()).toBe("/");
  });

  it("a wizard whose page for a required field never came is not complete", async () => {
    pages["/"] = TITLE;
    const photos = field("Photos", "x", { when: { urlIncludes: "/photos" } });
    expect(await runPhaseIn(await open(), planOf([title, photos]))).toMatchObject({
      kind: "refused",
      why: { stuck: [{ id: "Photos", reason: "page-not-expected" }] },
    });
  });
});
