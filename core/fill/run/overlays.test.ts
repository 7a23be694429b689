/** Cookie banners and welcome dialogs come when they come. */
import { expect, it } from "vitest";
import type { DismissStep } from "../../plan/index.ts";
import { runPhaseIn } from "../testing/drive.ts";
import { dial, field, planOf, press, useSmallPages } from "../testing/small-pages.ts";

const { page, pages, open } = useSmallPages();

const banner: DismissStep = {
  kind: "dismiss",
  id: "banner",
  label: "Banner",
  need: "optional",
  overlay: [{ by: "role", role: "dialog", name: "Cookies" }],
  button: [{ by: "role", role: "button", name: "Only necessary" }],
};
const next = press("Next", { any: [{ visible: [{ by: "role", role: "heading", name: "Two" }] }] });

/** The banner comes once the title is written; `closes` is what its button does. */
const FORM = (closes: string) => `
  <label>Title <input id=t onchange="over.hidden = false"></label>
  <button id=dial onclick="if (over.hidden) this.innerText = 'high'">off</button>
  <button onclick="if (over.hidden) two.hidden = false">Next</button><h1 id=two hidden>Two</h1>
  <div id=over role=dialog aria-label=Cookies hidden>
    <button onclick="presses += 1; ${closes}">Only necessary</button>
  </div><script>let presses = 0;</script>`;

const run = async () =>
  runPhaseIn(await open(), planOf([banner, field("Title", "Lamp"), dial("high"), next]));

it("what lies over the form from its second field on is closed, and the fields under it are filled", async () => {
  pages["/"] = FORM("over.hidden = true");
  const end = await run();
  expect(end).toMatchObject({ kind: "complete" });
  expect(end.steps[0]).toMatchObject({ id: "banner", verified: true });
  expect(await page().evaluate("presses")).toBe(1);
});

it("what does not go is pressed once, and said to have stayed", async () => {
  pages["/"] = FORM("");
  const end = await runPhaseIn(
    await open(),
    planOf([banner, field("Title", "Lamp"), field("More", "x", { need: "optional" })]),
  );
  expect(end.steps[0]).toMatchObject({ id: "banner", status: "skipped", detail: "it stayed open" });
  expect(await page().evaluate("presses")).toBe(1);
});
