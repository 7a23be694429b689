/** Compares what the finder said with the answers written into a fixture (`data-truth`). */
import type { Page } from "playwright-core";
import type { FoundControl } from "../../plan/index.ts";

export type FormScore = {
  form: string;
  controls: number;
  there: number;
  found: number;
  missed: string[];
  wrong: string[];
};

export async function scoreForm(
  page: Page,
  form: string,
  controls: readonly FoundControl[],
): Promise<FormScore> {
  const truths = await page.evaluate(
    `(() => {
      const all = [...document.querySelectorAll("[data-truth]")];
      const groups = new Map();
      for (const one of all) {
        const key = one.type === "radio" || (one.type === "checkbox" && one.name && document.querySelectorAll('input[name="' + one.name + '"]').length > 1) ? one.name : one;
        if (!groups.has(key)) groups.set(key, { truth: one.dataset.truth, text: one.outerHTML.slice(0, 90), members: [] });
        groups.get(key).members.push(one);
      }
      window.__truths = [...groups.values()];
      return window.__truths.map(({ truth, text }) => ({ truth, text }));
    })()`,
  );
  const said = new Map<number, FoundControl>();
  const stray: string[] = [];
  const indexes = await page.evaluate<
    number[]
  >(`${JSON.stringify(controls.map((control) => control.selector))}.map((selector) => {
    const element = document.querySelector(selector);
    return window.__truths.findIndex((one) => one.members.some((member) => member === element || (element && (element.contains(member) || member.contains(element)))));
  })`);
  for (const [at, control] of controls.entries()) {
    const index = indexes[at];
    if (typeof index === "number" && index >= 0) said.set(index, control);
    else if (control.field !== null)
      stray.push(`${control.field} <- ${control.selector} (${control.label}) has no answer in the fixture`);
  }
  const score: FormScore = {
    form,
    controls: (truths as unknown[]).length,
    there: 0,
    found: 0,
    missed: [],
    wrong: stray,
  };
  for (const [index, { truth, text }] of (truths as { truth: string; text: string }[]).entries()) {
    const control = said.get(index);
    const field = control?.field ?? null;
    // "x|none": right when taken for x, and no loss when not.
    const right = truth.split("|").filter((one) => one !== "none");
    const must = right.length > 0 && !truth.includes("none");
    if (must || (field !== null && right.includes(field))) score.there++;
    if (field !== null && right.includes(field)) score.found++;
    else if (field !== null)
      score.wrong.push(
        `${field} <- ${text} (should be ${truth}); ${control?.votes.map((vote) => `${vote.name} ${vote.weight}`).join(", ")}`,
      );
    else if (must)
      score.missed.push(
        `${truth}: "${control?.label ?? "not seen"}" ${control?.reason ?? ""} [${control?.votes.map((vote) => `${vote.name} ${vote.weight}`).join(", ") ?? ""}]`,
      );
  }
  return score;
}
