/** The host's own mouse and keyboard: a click goes to a place, and text to whatever has the focus. */
import { describe, expect, it } from "vitest";
import type { FillStep, TrustedPress } from "../../plan/index.ts";
import { runPhaseIn, type PageHost } from "../testing/drive.ts";
import { field, planOf, press, useSmallPages } from "../testing/small-pages.ts";

const publish = press("Publish", { any: [{ visible: [{ by: "css", css: "#done" }] }] });
const title = field("Title", "Lamp");
const size: FillStep = {
  ...field("Size", ""),
  value: { kind: "choice", accept: ["M"] },
  locators: [{ by: "role", role: "combobox", name: "Size" }],
};
const BAR = "position:fixed; bottom:0; left:0; right:0; height:60px; width:100%";
/** Under a bar that stays at the bottom of the window, whatever is scrolled. */
const UNDER = (space: string, html: string, button: string) =>
  `<style>body { margin: 0 }</style><label>Title <input id=t></label><div style="height: ${space}"></div>
  <div style="height: 30px">${html}</div><button style="${BAR}" onclick="pressed += 1; done.hidden = false">${button}</button>
  <p id=done hidden>Live</p><script>pressed = 0</script>`;
const MENU = `<div id=box role=combobox aria-haspopup=listbox aria-expanded=false aria-label=Size tabindex=0>Choose</div>`;
const SWITCH = `<div id=box role=switch aria-checked=false aria-label=Local tabindex=0>Local</div>`;
const BOX = `<label>Brand <input id=b></label><script>b.oninput = () => { b.value = "" }</script>`;
const local = field("Local", "", { value: { kind: "switch", on: true } });

describe("a click that would land on something else is not asked for, and the step says why", () => {
  const { page, pages, open } = useSmallPages();

  it.each<[string, string, string, FillStep]>([
    ["a menu below the fold, under the bar with Publish", "2000px", MENU, size],
    ["a menu right under the bar with Publish", "calc(100vh - 40px)", MENU, size],
    ["a switch under the bar", "2000px", SWITCH, local],
    ["a field that takes no script's text, under the bar", "2000px", BOX, field("Brand", "Acme")],
  ])("%s", async (_what, space, html, step) => {
    for (const button of ["Publish", "Delete draft"]) {
      pages["/"] = UNDER(space, html, button);
      let asked = 0;
      const end = await runPhaseIn(await open("/", { trusted: true }), planOf([title, step], [publish]), {
        permit: () => Promise.resolve((asked += 1) > 0),
      });
      const stuck = [{ reason: "write-had-no-effect", detail: "something else lies over it" }];
      expect(end).toMatchObject({ kind: "refused", why: { stuck } });
      expect([asked, await page().evaluate("pressed")]).toEqual([0, 0]);
    }
  });

  it("a wizard's Next that has become Publish meanwhile is not pressed a second time", async () => {
    pages["/"] = `<label>Title <input></label><button id=b>Next</button><p id=done hidden>Live</p><script>
      pressed = 0;
      b.onclick = () => {
        if (b.textContent === "Publish") { pressed += 1; done.hidden = false; return; }
        history.pushState({}, "", "?step=audience"); // the plan expects another page
        b.textContent = "Publish"; // the same element, as frameworks do it
      };</script>`;
    const wizard = planOf([title, press("Next", { any: [{ url: "step=delivery" }] })], [publish]);
    const end = await runPhaseIn(await open("/", { trusted: true }), wizard, { deadlineMs: 12_000 });
    expect(end).toMatchObject({ kind: "refused", why: { stuck: [{ id: "press.Next" }] } });
    expect(await page().evaluate("pressed")).toBe(0);
  });

  it("nor is it pressed at first, when it became Publish while the press was told of", async () => {
    pages["/"] =
      `<label>Title <input></label><button id=b onclick="pressed += 1">Next</button><script>pressed = 0</script>`;
    const wizard = planOf([title, press("Next", { any: [{ url: "/two" }] })], [publish]);
    const host = await open("/", {
      onTurn: async ({ told }) => {
        if (told.some(({ step }) => step.detail === "pressing"))
          await page().evaluate(`b.textContent = "Publish"`);
      },
    });
    expect(await runPhaseIn(host, wizard, { deadlineMs: 4_000 })).toMatchObject({ kind: "refused" });
    expect(await page().evaluate("pressed")).toBe(0);
  });
});

describe("what moves while the host's hand is on its way", () => {
  const { page, pages, open } = useSmallPages();
  const FIELD = `<label>Brand <input id=b></label><button id=x style="position:absolute; display:none" onclick="pressed += 1">Publish</button>
    <label>Other <input id=o></label><script>
      pressed = 0;
      b.oninput = () => { b.value = "" };</script>`;
  const onItsWay = async (change: (asked: TrustedPress) => string | null): Promise<PageHost> => {
    const host = await open("/", { trusted: true });
    return {
      ...host,
      async pressTrusted(document, asked) {
        const script = change(asked);
        if (script) await page().evaluate(script);
        return host.pressTrusted(document, asked);
      },
    };
  };
  const brand = planOf([field("Brand", "Acme")], [publish]);

  it.each(["Publish", "Delete draft"])("a %s that slid under it is not pressed", async (name) => {
    pages["/"] = FIELD.replace("Publish", name);
    const host = await onItsWay(({ action }) =>
      action === "click"
        ? `{ const { left, top, width, height } = b.getBoundingClientRect(); x.style = "position:fixed; left:" + left + "px; top:" + top + "px; width:" + width + "px; height:" + height + "px" }`
        : null,
    );
    expect(await runPhaseIn(host, brand)).toMatchObject({ kind: "refused" });
    expect(await page().evaluate("pressed")).toBe(0);
  });

  it("text does not go where the focus went meanwhile", async () => {
    pages["/"] = FIELD;
    const host = await onItsWay(({ action }) => (action === "text" ? "o.focus()" : null));
    expect(await runPhaseIn(host, brand)).toMatchObject({ kind: "refused" });
    expect(await page().evaluate("[b.value, o.value]")).toEqual(["", ""]);
  });

  it("text is not asked for where the click gave the focus to another field", async () => {
    pages["/"] = `${FIELD}<script>b.onfocus = () => o.focus()</script>`;
    const asked: string[] = [];
    const host = await onItsWay(({ action }) => (asked.push(action), null));
    expect(await runPhaseIn(host, brand)).toMatchObject({ kind: "refused" });
    expect(asked).not.toContain("text");
    expect(await page().evaluate("o.value")).toBe("");
  });
});
