/** Fields that a site writes over while others are still being filled, as image recognition does. */
import { expect, it } from "vitest";
import type { FillStep } from "../../plan/index.ts";
import { runPhaseIn } from "../testing/drive.ts";
import { field, planOf, useSmallPages } from "../testing/small-pages.ts";

const { page, pages, open } = useSmallPages();

const choice = (id: string, accept: string): FillStep => ({
  ...field(id, ""),
  value: { kind: "choice", accept: [accept] },
});

/** Sizes are those of the category. Once there is a title, the site guesses another category, `times` times. */
const FORM = (times: number) => `
  <label>Category <select id=c><option>Choose<option>Jackets<option>Vases</select></label>
  <label>Title <input id=t></label>
  <label>Size <select id=s></select></label>
  <script>
    let guesses = ${times};
    const SIZES = { Choose: [], Jackets: ["S", "M"], Vases: ["12 oz"] };
    const show = () => { s.innerHTML = ["Choose", ...SIZES[c.value]].map((size) => "<option>" + size).join(""); };
    const guess = () => { if (guesses > 0) { guesses -= 1; c.value = "Vases"; show(); } };
    c.onchange = () => { show(); if (t.value) guess(); };
    t.onchange = guess;
    show();
  </script>`;

const run = async () =>
  runPhaseIn(
    await open(),
    planOf([choice("Category", "Jackets"), field("Title", "Lamp"), choice("Size", "M")]),
  );

it("a size that the guessed category does not have is set once the category is right again", async () => {
  pages["/"] = FORM(1);
  expect(await run()).toMatchObject({ kind: "complete", steps: [{ attempts: 2 }, {}, { verified: true }] });
  expect(await page().evaluate("[c.value, s.value]")).toEqual(["Jackets", "M"]);
});

it("a site that guesses for ever is not fought for ever", async () => {
  pages["/"] = FORM(1_000);
  expect(await run()).toMatchObject({ kind: "refused", why: { code: "steps" } });
});
