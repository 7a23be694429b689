/** The seller's own press on the site's button, in Chromium. */
import { describe, expect, it } from "vitest";
import { runPhaseIn } from "../fill/testing/drive.ts";
import { field, planOf, press, useSmallPages } from "../fill/testing/small-pages.ts";
import { watchPress } from "./watch-press.ts";

const publish = press("Publish", { any: [{ newDocument: true }] });
const plan = planOf([field("Title", "Hat")], [publish]);
const form = (onsubmit: string) => `<form id=form action="/sent"><label>Title <input id=t></label>
  <button id=publish>Publish</button></form><a id=away href="/away">Help</a><script>form.onsubmit = () => ${onsubmit}</script>`;

describe.each(["main", "isolated"] as const)(
  "a filled form that waits for its seller, in the %s world",
  (world) => {
    const { page, pages, open } = useSmallPages();
    const filled = async (onsubmit = "true") => {
      pages["/"] = form(onsubmit);
      pages["/sent"] = "<h1>Thanks</h1>";
      const host = await open("/", { world });
      expect((await runPhaseIn(host, plan)).kind).toBe("complete");
      return host;
    };

    it.each<[string, () => Promise<void>, string]>([
      ["a click", () => page().click("#publish"), "click"],
      ["Enter in the form", () => page().press("#t", "Enter"), "click"],
      [
        "a script that sends the form for a key of theirs",
        async () => {
          await page().evaluate(
            `t.onkeydown = (event) => { if (event.key === "Enter") event.preventDefault(), setTimeout(() => form.requestSubmit(), 50) }`,
          );
          await page().press("#t", "Control+Enter");
        },
        "form",
      ],
    ])("hears of %s, also when the page leaves with it", async (_what, act, how) => {
      for (const leaves of ["true", "false"]) {
        const host = await filled(leaves);
        const watching = watchPress(host, plan);
        await act();
        expect(await watching).toMatchObject({ kind: "pressed", press: { by: "person", how } });
        if (leaves === "true") await page().waitForURL("**/sent*"); // still on its way when it is heard of
      }
    });

    it("hears of a press that came while nobody watched, in the same page and in the one after it", async () => {
      for (const leaves of ["true", "false"]) {
        const host = await filled(leaves);
        await page().click("#publish");
        if (leaves === "true") await page().waitForURL("**/sent*");
        expect(await watchPress(host, plan)).toMatchObject({ kind: "pressed", press: { by: "person" } });
      }
    });

    it("another item's form in the same tab is not pressed by it, nor is a new one of the same item", async () => {
      const host = await filled();
      await page().click("#publish");
      await page().waitForURL("**/sent*");
      const other = planOf([field("Title", "Scarf")], [publish]);
      await page().goto("https://shop.example.test/");
      const seen = async (what = plan) => host.ask(await host.document(), "submitSeen", what);
      expect(await seen(other)).toBeNull();
      expect(await seen()).not.toBeNull();
      expect((await runPhaseIn(host, plan)).kind).toBe("complete");
      expect(await seen()).toBeNull();
    });

    it("says that the form was left when nobody pressed", async () => {
      const host = await filled();
      pages["/away"] = "<h1>Help</h1>";
      const watching = watchPress(host, plan);
      await page().click("#away");
      expect(await watching).toMatchObject({ kind: "left" });
    });

    it("ends with the reason it was told to stop for", async () => {
      const host = await filled();
      const order = new AbortController();
      const watching = watchPress(host, plan, { signal: order.signal });
      order.abort(new Error("cancelled"));
      await expect(watching).rejects.toThrow("cancelled");
    });

    it("a click on the button while it is disabled is none", async () => {
      const host = await filled();
      await page().evaluate(`publish.setAttribute("aria-disabled", "true"), publish.type = "button"`);
      await page().click("#publish", { force: true });
      expect(await host.ask(await host.document(), "submitSeen", plan)).toBeNull();
    });
  },
);
