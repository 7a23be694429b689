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

it.each([
  ["a buyer's offer in a dialog", "role=dialog aria-label='New offer'", "Decline"],
  ["the form's own way out", "role=region aria-label=Form", "Close"],
])("%s is left alone by what closes a banner that has another button", async (_what, where, name) => {
  pages["/"] =
    `<label>Title <input id=t onchange="offer.hidden = over.hidden = false"></label><label>More <input></label>
    <div id=over hidden role=region aria-label=Cookies>We use cookies <button>Accept all</button></div>
    <div id=offer hidden ${where}><button onclick="said = true">${name}</button></div><script>said = false</script>`;
  const cookies: DismissStep = {
    ...banner,
    overlay: [{ by: "role", role: "region", name: "Cookies" }],
    button: [{ by: "text", text: ["Only necessary", "Decline", "Close"] }],
  };
  const end = await runPhaseIn(await open(), planOf([cookies, field("Title", "Lamp"), field("More", "x")]));
  expect(end).toMatchObject({
    kind: "complete",
    steps: [{ status: "skipped", reason: "not-found" }, {}, {}],
  });
  expect(await page().evaluate("said")).toBe(false);
});
