/** Takes the pictures and asks axe about each. */
import AxeBuilder from "@axe-core/playwright";
import path from "node:path";
import type { Page } from "playwright-core";
import sharp from "sharp";

export type Scheme = "light" | "dark";
export type Finding = { screen: string; id: string; impact: string; nodes: string[] };

export const createCamera = (out: string) => {
  let taken = 0;
  let bytes = 0;
  /** The page as it stands, in each scheme. */
  const take = async (page: Page, name: string, schemes: Scheme[]): Promise<Finding[]> => {
    const findings: Finding[] = [];
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.waitForFunction(() => [...document.images].every((i) => i.complete));
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      // A palette keeps a screen of flat colours at a third of the size, and nobody sees it.
      const { size } = await sharp(await page.screenshot())
        .png({ palette: true, quality: 95, effort: 7 })
        .toFile(path.join(out, `${name}-${colorScheme}.png`));
      taken += 1;
      bytes += size;
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const v of violations) {
        if (v.impact !== "serious" && v.impact !== "critical") continue;
        const nodes = v.nodes.map((n) => `${n.html.slice(0, 160)} ${n.any[0]?.message ?? ""}`);
        findings.push({ screen: `${name} (${colorScheme})`, id: v.id, impact: v.impact, nodes });
      }
    }
    return findings;
  };
  return { take, taken: () => taken, bytes: () => bytes };
};
