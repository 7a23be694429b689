/** What in a filled form is a person's: what they set with their own hands, and nothing that came there otherwise. */
import { describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import type { FillStep } from "../../plan/index.ts";
import { runPhaseIn } from "../testing/drive.ts";
import { field, planOf, useSmallPages } from "../testing/small-pages.ts";

const { page, pages, open } = useSmallPages();
const choice = (id: string, accept: string): FillStep =>
  field(id, "", { value: { kind: "choice", accept: [accept] } });
const plan = planOf([
  field("Title", "Hat"),
  choice("Size", "M"),
  choice("Kind", "New"),
  field("Local", "", { value: { kind: "switch", on: true } }),
]);
const FORM = `<label>Title <input id=t></label><label>Size <select id=s><option>S<option>M<option>L</select></label>
  <div id=k role=combobox aria-haspopup=listbox aria-expanded=false aria-label=Kind tabindex=0>Choose</div><div id=list></div>
  <label>Local <input id=l type=checkbox></label>
  <script>
    k.onclick = () => { list.innerHTML = "<ul role=listbox><li role=option>New<li role=option>Used</ul>"; k.setAttribute("aria-expanded", true) };
    list.onclick = (event) => { k.textContent = event.target.textContent; list.innerHTML = ""; k.setAttribute("aria-expanded", false) };
  </script>`;

const touchedBy = async (act: (page: Page) => Promise<unknown>) => {
  pages["/"] = FORM;
  const host = await open("/", { world: "isolated" });
  const { kind, steps } = await runPhaseIn(host, plan);
  expect(kind).toBe("complete");
  await act(page());
  return (await host.ask(await host.document(), "formState", plan, steps, [], true)).byHand;
};
const insert = (text: string) => (at: Page) =>
  at.evaluate(`t.focus(), t.select(), document.execCommand("insertText", false, "${text}")`);

describe("is theirs", () => {
  it.each<[string, string, (at: Page) => Promise<unknown>]>([
    ["a text they type", "Title", (at) => at.locator("#t").pressSequentially("s")],
    [
      "a text they paste",
      "Title",
      async (at) => {
        await at.context().grantPermissions(["clipboard-read", "clipboard-write"]);
        await at.evaluate(`navigator.clipboard.writeText("Cap")`);
        await at.click("#t");
        await at.keyboard.press("ControlOrMeta+v");
      },
    ],
    [
      "a text they speak, in the field they went to",
      "Title",
      async (at) => {
        await at.click("#t");
        await at.keyboard.insertText("Cap");
      },
    ],
    ["a choice by keys", "Size", (at) => at.locator("#s").press("ArrowDown")],
    [
      "a choice in a menu of the page's own",
      "Kind",
      async (at) => {
        await at.click("#k");
        await at.click("text=Used");
      },
    ],
    ["a box they tick", "Local", (at) => at.click("#l")],
  ])("%s", async (_what, id, act) => {
    expect(await touchedBy(act)).toEqual([id]);
  });
});

describe("is not theirs", () => {
  it.each<[string, (at: Page) => Promise<unknown>]>([
    ["what a script of the site inserts, as browsers tell it like typing", insert("recognised")],
    [
      "what a script writes where they only went through with Tab",
      async (at) => {
        await at.focus("#t");
        await at.keyboard.press("Tab");
        await at.evaluate(`s.value = "L"; k.textContent = "Used"; t.value = "recognised"`);
      },
    ],
    [
      "what a script writes into a text they clicked into",
      async (at) => {
        await at.click("#t");
        await at.evaluate(`t.value = "recognised"; t.dispatchEvent(new Event("input", { bubbles: true }))`);
      },
    ],
    ["a box a script ticks", (at) => at.evaluate("l.click()")],
    [
      "what they set back to what was filled",
      async (at) => {
        await at.click("#l");
        await at.click("#l");
      },
    ],
  ])("%s", async (_what, act) => {
    expect(await touchedBy(act)).toEqual([]);
  });
});
