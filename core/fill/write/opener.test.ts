/** Openers that do not listen yet when they are first pressed, as fields that were enabled a moment ago. */
import { expect, it } from "vitest";
import type { FillStep } from "../../plan/index.ts";
import { runPhaseIn } from "../testing/drive.ts";
import { field, planOf, useSmallPages } from "../testing/small-pages.ts";

const { page, pages, open } = useSmallPages();

const size: FillStep = {
  ...field("Size", ""),
  value: { kind: "choice", accept: ["M"] },
  locators: [{ by: "role", role: "combobox", name: "Size" }],
};

/** `heard` is what a press does; `downs` counts what only a whole press sends. */
const FORM = (heard: string, more = "") => `
  <div id=box role=combobox aria-haspopup=listbox aria-expanded=false aria-label=Size tabindex=0>Choose</div>
  <div id=list></div><div id=more></div>
  <script>
    let downs = 0, awake = false;
    const show = () => { list.innerHTML = "<ul role=listbox><li role=option>S<li role=option>M</ul>"; };
    const say = () => box.setAttribute("aria-expanded", true);
    box.onmousedown = () => { downs += 1; if (downs === 1) { ${more} } };
    box.onclick = () => { ${heard} };
    list.onclick = (event) => {
      box.textContent = event.target.textContent;
      list.innerHTML = "";
      box.setAttribute("aria-expanded", false);
    };
  </script>`;

const WAKES = "setTimeout(() => { awake = true; }, 100);";
const LATE_FIELD = `setTimeout(() => { more.innerHTML = "<label>Colour <input></label>"; }, 20);`;

it.each([
  ["does not listen yet is pressed again, as a whole", "if (awake) { say(); show(); }", WAKES, 2],
  [
    "does not listen yet, while another field appears, is pressed again",
    "if (awake) { say(); show(); }",
    WAKES + LATE_FIELD,
    2,
  ],
  ["opens at once is pressed once", "say(); show();", "", 1],
  ["says that it opens, and shows its list later, is pressed once", "say(); setTimeout(show, 500);", "", 1],
  [
    "shows that its list is being fetched is pressed once",
    `if (!list.firstChild) { list.innerHTML = "<p>Loading</p>"; setTimeout(() => { say(); show(); }, 500); }`,
    "",
    1,
  ],
])("an opener that %s", async (_what, heard, more, downs) => {
  pages["/"] = FORM(heard, more);
  const end = await runPhaseIn(await open(), planOf([size]));
  expect(end).toMatchObject({ kind: "complete", steps: [{ id: "Size", verified: true }] });
  expect(await page().evaluate("[box.textContent, downs]")).toEqual(["M", downs]);
});

/** As a run leaves it that died over it: a press changes nothing, and nothing newly appears. */
const LEFT_OPEN = (kind: string, popup: string) => `
  <div role=dialog aria-label=Chats style="position:fixed;right:0;bottom:0"><a href=#>M</a></div>
  <div id=box role=combobox aria-haspopup=${kind} aria-expanded=true aria-label=Size tabindex=0>Choose</div>
  <div id=list>${popup}</div>
  <script>
    list.onclick = (event) => {
      box.textContent = event.target.textContent;
      list.innerHTML = "";
      box.setAttribute("aria-expanded", false);
    };
  </script>`;

it.each([
  [
    "over the whole page",
    "dialog",
    `<div style="position:fixed;inset:0;background:#fff8"><div role=dialog aria-label=Size><button>S</button><button>M</button></div></div>`,
  ],
  ["below the field", "listbox", "<ul role=listbox><li role=option>S<li role=option>M</ul>"],
])("a list that stands open before it is pressed, %s, is chosen from", async (_where, kind, popup) => {
  pages["/"] = LEFT_OPEN(kind, popup);
  const end = await runPhaseIn(await open(), planOf([size]));
  expect(end).toMatchObject({ kind: "complete", steps: [{ id: "Size", verified: true }] });
  expect(await page().evaluate("box.textContent")).toBe("M");
});
