/** A form a person has had their hands in: what stands there, what they set, and going on without writing over it. */
import { describe, expect, it } from "vitest";
import type { Plan, StepReport } from "../../plan/index.ts";
import { runPhaseIn, type PageHost } from "../testing/drive.ts";
import { dial, field, planOf, press, useSmallPages } from "../testing/small-pages.ts";

const publish = press("Publish", { any: [{ visible: [{ by: "css", css: "#done" }] }] });
const title = field("Title", "Hat");
const size = field("Size", "", { value: { kind: "choice", accept: ["M"] } });
const FORM = `<label>Title <input id=t></label><label>Brand <input id=b></label>
  <label>Size <select id=s><option value="">Choose</option><option>S</option><option>L</option></select></label>
  <button onclick="done.hidden = false">Publish</button><p id=done hidden>Live</p>`;
const plan = planOf([title, size, field("Brand", "Acme")], [publish]);
const permit = () => Promise.resolve(true);

describe("going on after a person", () => {
  const { page, pages, open } = useSmallPages();
  /** A run that stopped at the size, which the site does not offer. */
  const stuck = async () => {
    pages["/"] = FORM;
    const host = await open();
    const end = await runPhaseIn(host, plan);
    expect(end).toMatchObject({
      kind: "refused",
      why: { stuck: [{ id: "Size", reason: "option-missing" }] },
    });
    return { host, reports: end.steps, goOn: { reports: end.steps, byHand: ["Size"] } };
  };

  it("reads what the person chose, leaves it, fills the rest, and submits", async () => {
    const { host, goOn } = await stuck();
    await page().selectOption("#s", "L");
    const end = await runPhaseIn(host, plan, goOn);
    expect(end).toMatchObject({
      kind: "complete",
      steps: [{ id: "Title" }, { id: "Size", verified: true, byHand: true }, { id: "Brand", verified: true }],
    });
    expect(await page().inputValue("#s")).toBe("L");
    // From here on the reports say whose answer it is.
    const submit = await runPhaseIn(host, plan, { phase: "submit", reports: end.steps, permit });
    expect(submit).toMatchObject({ kind: "pressed", by: "hawker" });
    expect(await page().inputValue("#s")).toBe("L");
  });

  it("what the site writes over the person's word is not taken for theirs, nor written over", async () => {
    const { host, reports } = await stuck();
    await page().selectOption("#s", "L");
    await page().fill("#t", "Straw hat");
    await page().evaluate(`b.addEventListener("change", () => { t.value = "recognised" }, { once: true })`);
    const end = await runPhaseIn(host, plan, { reports, byHand: ["Size", "Title"] });
    expect(end).toMatchObject({
      kind: "refused",
      why: { stuck: [{ id: "Title", reason: "site-changed-it", byHand: true }] },
    });
    expect(await page().inputValue("#t")).toBe("recognised");
    await page().fill("#t", "Straw hat");
    const again = await runPhaseIn(host, plan, { reports: end.steps, byHand: ["Size", "Title"] });
    expect(again.kind).toBe("complete");
    expect(await page().inputValue("#t")).toBe("Straw hat");
  });

  it("stops again, naming the field, while it is still empty", async () => {
    const { host, goOn } = await stuck();
    expect(await runPhaseIn(host, plan, goOn)).toMatchObject({
      kind: "refused",
      why: { stuck: [{ id: "Size", reason: "left-empty" }] },
    });
  });

  it("takes the one field the person filled for the one it could not find", async () => {
    pages["/"] = `<label>Title <input id=t></label><p>Unnamed</p><input id=x><input id=y>${publishButton}`;
    const odd = planOf([title, field("Condition notes", "Good")], [publish]);
    const host = await open();
    const first = await runPhaseIn(host, odd, { deadlineMs: 4_000 });
    expect(first).toMatchObject({
      kind: "refused",
      why: { stuck: [{ id: "Condition notes", reason: "not-found" }] },
    });
    await page().locator("#y").pressSequentially("Fine");
    const end = await runPhaseIn(host, odd, { reports: first.steps, byHand: ["Condition notes"] });
    expect(end).toMatchObject({ kind: "complete" });
    expect([await page().inputValue("#x"), await page().inputValue("#y")]).toEqual(["", "Fine"]);
  });

  it("reads a gesture's widget instead of working it", async () => {
    pages["/"] = `<button id=dial onclick="this.innerText = this.dataset.next">low</button>${publishButton}`;
    const what = planOf([dial("high")], [publish]);
    const end = await runPhaseIn(await open(), what, { byHand: ["Dial"] });
    expect(end).toMatchObject({ kind: "complete", steps: [{ verified: true, byHand: true }] });
    expect(await page().innerText("#dial")).toBe("low");
  });
});

const publishButton = `<button onclick="done.hidden = false">Publish</button><p id=done hidden>Live</p>`;

describe("whether the form stands", () => {
  const { page, pages, open } = useSmallPages();
  const stateOf = async (host: PageHost, what: Plan, reports: StepReport[], keep = true) =>
    host.ask(await host.document(), "formState", what, reports, [], keep);
  const whole = planOf([title, field("Brand", "Acme"), dial("high")], [publish]);
  const WHOLE = `<label>Title <input id=t></label><label>Brand <input id=b></label>
    <button id=dial onclick="this.innerText = this.dataset.next"></button>${publishButton}`;

  it("is whole as it was filled, and with what a person set; not with a field that is empty now", async () => {
    pages["/"] = WHOLE;
    const host = await open();
    const { steps } = await runPhaseIn(host, whole);
    expect(await stateOf(host, whole, steps)).toEqual({ stands: true, from: 0, isWhole: true, byHand: [] });
    await page().fill("#t", "Straw hat");
    const theirs = { stands: true, from: 0, byHand: ["Title"] };
    const typing = await stateOf(host, whole, steps, false);
    expect(typing, "it is theirs by their word alone").toEqual({ ...theirs, isWhole: true, byHand: [] });
    expect(await stateOf(host, whole, steps)).toEqual({ ...theirs, isWhole: true });
    await page().evaluate(`b.value = ""`);
    expect(await stateOf(host, whole, steps)).toEqual({ ...theirs, isWhole: false });
  });

  it("a required field that nobody can read back is not whole: it would not be sent", async () => {
    pages["/"] = WHOLE;
    const host = await open();
    const { steps } = await runPhaseIn(host, whole);
    await page().evaluate(`dial.remove()`);
    expect(await stateOf(host, whole, steps)).toMatchObject({ stands: true, isWhole: false });
  });

  it("a fresh form of the same address does not stand, nor does another page", async () => {
    pages["/"] = WHOLE;
    const host = await open();
    const { steps } = await runPhaseIn(host, whole);
    await page().reload();
    expect(await stateOf(host, whole, steps)).toMatchObject({ stands: false, from: 0 });
    await page().goto("https://shop.example.test/elsewhere");
    expect(await stateOf(host, whole, steps)).toMatchObject({ stands: false });
  });

  it("a wizard's later page stands where its pages before were left; their reports vouch for them", async () => {
    pages["/"] = `<form action="/two"><label>Title <input id=t></label><button>Next</button></form>`;
    pages["/two"] = `<label>Brand <input id=b></label>${publishButton}`;
    const next = press("Next", { any: [{ url: "/two" }] });
    const wizard = planOf([title, next, field("Brand", "Acme")], [publish]);
    const host = await open();
    const { steps } = await runPhaseIn(host, wizard);
    expect(await stateOf(host, wizard, steps)).toMatchObject({
      stands: true,
      from: 2,
      isWhole: true,
    });
    await page().goto("https://shop.example.test/");
    expect(await stateOf(host, wizard, steps)).toMatchObject({ stands: false });
  });

  it("reading does not write: the page is as it was", async () => {
    pages["/"] =
      `${WHOLE}<script>changes = 0; for (const type of ["input", "change", "click", "focusin"]) addEventListener(type, () => changes++, true)</script>`;
    const host = await open();
    await stateOf(host, whole, []);
    expect(await page().evaluate("changes")).toBe(0);
  });
});
