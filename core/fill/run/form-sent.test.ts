/** A form that is sent by nobody's press: filling it must not, and a draft that a script saves is no press by a person. */
import { describe, expect, it } from "vitest";
import type { FillStep, Step } from "../../plan/index.ts";
import { runPhaseIn } from "../testing/drive.ts";
import { dial, field, planOf, press, useSmallPages } from "../testing/small-pages.ts";

const publish = press("Publish", { any: [{ visible: [{ by: "css", css: "#done" }] }] });
const title = field("Title", "Lamp");
const WORLDS = ["main", "isolated"] as const;
const FORM = (html: string, script = "") => `<form id=f><label>Title <input id=t></label>${html}
  <button id=publish>Publish</button></form><p id=done hidden>Live</p>
  <script>sent = 0; f.onsubmit = (event) => { event.preventDefault(); sent += 1; done.hidden = false; }; ${script}</script>`;
const box = (value: FillStep["value"]): FillStep => ({
  ...field("Size", ""),
  value,
  locators: [{ by: "css", css: "#box" }],
});

/** What stands on a button without a type sends the form until it listens: a while after the title was filled. */
const MENU = FORM(
  `<button id=box role=combobox aria-haspopup=listbox aria-expanded=false aria-label=Size>Choose</button><div id=list></div>`,
  `const show = (on) => { box.setAttribute("aria-expanded", on); list.innerHTML = on ? "<ul role=listbox><li role=option>S<li role=option>M</ul>" : "" };
  t.onchange = () => setTimeout(() => {
    box.onclick = (event) => { event.preventDefault(); show(true) };
    list.onclick = (event) => { box.textContent = event.target.textContent; show(false) };
  }, 100);`,
);
const SWITCH = FORM(
  `<button id=box role=switch aria-checked=false aria-label=Size>Local</button>`,
  `t.onchange = () => setTimeout(() => { box.onclick = (event) => { event.preventDefault(); box.setAttribute("aria-checked", true) } }, 100);`,
);
const CHIPS = FORM(
  `<div><span id=made></span><input id=box aria-label=Size><button id=add>Add</button></div>`,
  `add.onclick = () => { made.innerHTML += "<span class=chip>" + box.value + " <i>x</i></span>"; box.value = "" };`,
);
const ENTER = FORM(
  `<div><span id=made></span><input id=box aria-label=Size></div>`,
  `box.onkeydown = (event) => {
    if (event.key !== "Enter") return;
    made.innerHTML += "<span class=chip>" + box.value + " <i>x</i></span>"; box.value = ""; f.requestSubmit();
  };`,
);
const DIAL = FORM(`<button id=dial onclick="this.innerText = this.dataset.next">low</button>`);

describe("filling sends nothing, and the one press is the permitted one", () => {
  const { page, pages, open } = useSmallPages();
  const cases: [string, string, Step][] = [
    ["a menu's button without a type", MENU, box({ kind: "choice", accept: ["M"] })],
    ["a switch's button without a type", SWITCH, box({ kind: "switch", on: true })],
    ["the Add beside a field for tags", CHIPS, box({ kind: "chips", texts: ["lamp"] })],
    ["a script that sends it at Enter in a field for tags", ENTER, box({ kind: "chips", texts: ["lamp"] })],
    ["a button that a gesture presses", DIAL, dial("high")],
  ];
  it.each(WORLDS.flatMap((world) => cases.map((one) => [world, ...one] as const)))(
    "%s world: %s",
    async (world, _what, html, step) => {
      pages["/"] = html;
      const host = await open("/", { world });
      const plan = planOf([title, step], [publish]);
      const filled = await runPhaseIn(host, plan);
      expect(await page().evaluate("sent")).toBe(0);
      expect(filled.kind).toBe("complete");
      let asked = 0;
      const permit = () => Promise.resolve((asked += 1) > 0);
      const end = await runPhaseIn(host, plan, { phase: "submit", reports: filled.steps, permit });
      expect(end).toMatchObject({ kind: "pressed", by: "hawker" });
      expect([asked, await page().evaluate("sent")]).toEqual([1, 1]);
    },
  );
});

describe.each(WORLDS)("a draft that a script saves by sending the form, %s world", (world) => {
  const { page, pages, open } = useSmallPages();
  const plan = planOf([title, field("More", "x")], [publish]);
  const DRAFT = FORM(
    `<label>More <input id=m></label>`,
    `save = () => f.requestSubmit(); t.oninput = () => setTimeout(save, 20);`,
  );
  const seen = async (act: () => Promise<void>) => {
    pages["/"] = DRAFT;
    const host = await open("/", { world });
    expect(await runPhaseIn(host, plan)).toMatchObject({ kind: "complete" });
    await act();
    return host.ask(await host.document(), "submitSeen", plan);
  };

  it("is no press by a person, not even while they type", async () => {
    const typed = seen(async () => {
      await page().locator("#t").pressSequentially("s");
      await page().waitForFunction("sent > 0");
    });
    expect(await typed).toBeNull();
  });

  it("is one when the script sends it for their Enter", async () => {
    const entered = seen(async () => {
      await page().evaluate(
        `m.onkeydown = (event) => { event.preventDefault(); setTimeout(() => { save(); entered = true }, 50) }; entered = false`,
      );
      await page().press("#m", "Enter");
      await page().waitForFunction("entered");
    });
    expect(await entered).toMatchObject({ by: "person", how: "form" });
  });
});
