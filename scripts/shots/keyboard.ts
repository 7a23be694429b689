/** Walks a page by Tab alone: everything that can be used is reached, and where one is can be seen. */
import type { Page } from "playwright-core";
import type { Finding } from "./camera.ts";

/** Marks what a person could use with the mouse and returns how many that is. Of a group of radios one is enough. */
const markUsable = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const root = document.querySelector("[role=dialog]") ?? document.body;
    const groups = new Set<string>();
    let marked = 0;
    for (const el of root.querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, summary, [tabindex='0']",
    )) {
      const box = el.getBoundingClientRect();
      // A tab list hands the focus on to its chosen tab.
      const off =
        el.matches(":disabled, [tabindex='-1'], [role=tablist]") || el.closest("[aria-hidden=true], [inert]");
      if (off || !el.checkVisibility() || (box.width <= 1 && box.height <= 1)) continue;
      if (el instanceof HTMLInputElement && el.type === "radio") {
        if (groups.has(el.name) || !(el.checked || !document.querySelector(`[name="${el.name}"]:checked`)))
          continue;
        groups.add(el.name);
      }
      el.dataset["usable"] = "";
      marked += 1;
    }
    return marked;
  });

/** One step: marks what has the focus as reached; says what shows no ring. */
const lookAtFocus = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const el = document.activeElement as HTMLElement | null;
    if (!el || el === document.body) return null;
    delete el.dataset["usable"];
    const rings = (of: Element | null): boolean => {
      if (!of) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(of);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
    };
    // A see-through file input shows its ring on the box around it; a dialog is announced by its title.
    const shown = rings(el) || (el.matches("input[type=file]") && rings(el.parentElement));
    return shown || el.matches("[role=dialog], [role=tablist], [cmdk-input]")
      ? null
      : el.outerHTML.slice(0, 160);
  });

export const walkByKeyboard = async (page: Page, screen: string): Promise<Finding[]> => {
  const steps = (await markUsable(page)) + 8;
  const ringless = new Set<string>();
  for (let i = 0; i < steps; i += 1) {
    await page.keyboard.press("Tab");
    const bare = await lookAtFocus(page);
    if (bare) ringless.add(bare);
  }
  const missed = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("[data-usable]")].map((el) => el.outerHTML.slice(0, 160)),
  );
  const finding = (id: string, nodes: string[]): Finding[] =>
    nodes.length > 0 ? [{ screen, id, impact: "serious", nodes }] : [];
  return [
    ...finding("not reached by Tab", missed),
    ...finding("focused without a ring to be seen", [...ringless]),
  ];
};
