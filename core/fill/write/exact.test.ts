/**
 * Verified means that the application holds what was meant. Pages that take a value and keep another one, each after a
 * trouble people had; in the main world (worker) and an isolated world (content script).
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import type { ControlValue, Locator } from "../../plan/index.ts";
import { launchTestBrowser } from "../testing/browser.ts";
import type { World } from "../testing/drive.ts";
import { fillOn } from "../testing/own-page.ts";

const label = (text: string): Locator[] => [{ by: "label", text }];
const text = (value: string): ControlValue => ({ kind: "text", text: value });
const choice = (...accept: string[]): ControlValue => ({ kind: "choice", accept });
/** The application keeps what `keep` makes of the box's text. */
const kept = (keep: string, box = "<input id=x>") =>
  `<label>Field ${box}</label><script>window.saved = ""; x.addEventListener("input", () => { ${keep} })</script>`;
const LISTBOX = (shown: string, around: string) => `<div class=row><span>Condition</span>
  <button type=button id=b aria-label=Condition aria-haspopup=listbox aria-controls=list>${shown}</button>${around}</div>
  <ul id=list role=listbox hidden><li role=option>New</li><li role=option>Used</li></ul>
  <script>window.saved = null; b.onclick = () => { list.hidden = !list.hidden };
    list.onclick = (event) => { b.textContent = window.saved = event.target.textContent; list.hidden = true }</script>`;

describe.each<World>(["main", "isolated"])("in the %s world", (world) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchTestBrowser();
  });
  afterAll(() => browser.close());
  const fill = (html: string, value: ControlValue, locators = label("Field")) =>
    fillOn(browser, world, html, { value, locators });

  describe("a text", () => {
    it.each(["<input id=x maxlength=20>", "<textarea id=x maxlength=20></textarea>"])(
      "longer than %s takes is refused, though a script could set it",
      async (box) => {
        const { report, saved } = await fill(
          kept("window.saved = x.value.slice(0, 20)", box),
          text("A title longer than twenty characters"),
        );
        expect(report).toMatchObject({ status: "refused", detail: "the field takes 20 characters, not 37" });
        expect(saved).toBe("");
      },
    );

    it("of exactly the length the field takes is written", async () => {
      const { report, saved } = await fill(
        kept("window.saved = x.value", "<input id=x maxlength=5>"),
        text("Lamps"),
      );
      expect([report.verified, saved]).toEqual([true, "Lamps"]);
    });

    it.each([
      ["a ZIP code in a number box", "<input id=x type=number>", "02139"],
      ["a ZIP code in a text box of an application that counts", "<input id=x>", "02139"],
      ["a size", "<input id=x>", "08"],
      ["a stock number", "<input id=x>", "0042.50"],
    ])("keeps its leading zero or is refused: %s", async (_what, box, value) => {
      const keep = "window.saved = Number(x.value); queueMicrotask(() => { x.value = String(window.saved) })";
      const { report } = await fill(kept(keep, box), text(value));
      expect(report).toMatchObject({ status: "refused", reason: "read-back-differs", verified: false });
    });

    it("in a number box that keeps it as it is, is written", async () => {
      const { report, saved } = await fill(
        kept("window.saved = x.value", "<input id=x type=number>"),
        text("02139"),
      );
      expect([report.verified, saved]).toEqual([true, "02139"]);
    });

    it("with signs the field drops is refused, and they are named", async () => {
      const drops = String.raw`window.saved = x.value = x.value.replace(/\p{Extended_Pictographic}\uFE0F?|\u200D/gu, "").trimStart()`;
      const { report, saved } = await fill(kept(drops), text("🔥 Rare brass lamp 👨‍👩‍👧"));
      expect(report).toMatchObject({
        status: "refused",
        reason: "read-back-differs",
        detail: "the site does not take 🔥 👨‍👩‍👧",
      });
      expect(saved).toBe("Rare brass lamp ");
    });

    it("cut by the field's own script is refused, with how much it keeps", async () => {
      const { report } = await fill(
        kept("window.saved = x.value = x.value.slice(0, 9)"),
        text("Rare brass lamp"),
      );
      expect(report.detail).toBe("the site keeps 9 of its 15 characters");
    });
  });

  describe("an amount", () => {
    it.each([
      ["$24.50", "$24.50"],
      ["24,50 €", "24,50 €"],
      ["24.5", "24.5"],
    ])("that the field prints as %s is the one that was meant", async (shown) => {
      const { report } = await fill(kept(`window.saved = x.value = "${shown}"`), {
        kind: "money",
        text: "24.50",
      });
      expect(report.verified).toBe(true);
    });

    it.each(["25", "$24", "2450", "24.50 - 30.00", "24 50"])(
      "that the field turns into %s is refused",
      async (shown) => {
        const { report } = await fill(kept(`window.saved = x.value = "${shown}"`), {
          kind: "money",
          text: "24.50",
        });
        expect(report).toMatchObject({ status: "refused", reason: "read-back-differs" });
      },
    );
  });

  describe("a choice", () => {
    const select = (options: string) =>
      `<label>Field <select id=x>${options}</select></label><script>window.saved = null; x.onchange = () => { window.saved = x.value }</script>`;

    it("is not another option that says more in brackets", async () => {
      const { report, saved } = await fill(
        select(
          "<option value=''>Choose</option><option>New with tags</option><option>New (other)</option><option>Pre-owned</option>",
        ),
        choice("New"),
      );
      expect(report).toMatchObject({ status: "refused", reason: "option-missing" });
      expect(saved).toBeNull();
    });

    it("between two equal options of a select is refused, unless their groups tell them apart", async () => {
      const grouped = select(
        "<option value=''>Choose</option><optgroup label=Women><option value=1>Shoes</option></optgroup><optgroup label=Men><option value=2>Shoes</option></optgroup>",
      );
      expect((await fill(grouped, choice("Shoes"))).report.reason).toBe("option-missing");
      const { report, saved } = await fill(grouped, { kind: "path", path: ["Men", "Shoes"] });
      expect([report.verified, saved]).toEqual([true, "2"]);
    });

    it("that a left-over draft made in another group is made anew", async () => {
      const draft = select(
        "<optgroup label=Women><option value=1 selected>Shoes</option></optgroup><optgroup label=Men><option value=2>Shoes</option></optgroup>",
      );
      const { saved } = await fill(draft, { kind: "path", path: ["Men", "Shoes"] });
      expect(saved).toBe("2");
    });

    it("is not made because a hint beside it says the same word", async () => {
      const { report, saved } = await fill(
        LISTBOX("Choose", "<p>Most sellers choose</p><p>New</p>"),
        choice("New"),
        label("Condition"),
      );
      expect([report.verified, report.attempts, saved]).toEqual([true, 1, "New"]);
    });

    it("goes to the option of that name, not to one of that value", async () => {
      const html = `<fieldset><legend>Field</legend><label><input type=radio name=r value=new>Like new</label>
        <label><input type=radio name=r value=mint checked>New</label></fieldset><script>window.saved = null; onchange = (event) => { window.saved = event.target.value }</script>`;
      const { report, saved } = await fill(
        html.replace(" checked", "").replace("value=new", "value=new checked"),
        choice("New"),
      );
      expect([report.verified, saved]).toEqual([true, "mint"]);
    });
  });

  describe("a category", () => {
    /** A picker that shows only the last part of what was chosen. */
    const picker = (
      shown: string,
    ) => `<div><span>Field</span><button type=button id=b aria-label=Field aria-haspopup=listbox aria-controls=list>${shown}</button></div>
      <ul id=list role=listbox hidden></ul><script>window.saved = null; const TREE = { Women: ["Dresses", "Tops/T-shirts"], Men: ["Jeans", "Tops/T-shirts"] }; let path = [];
        const draw = () => { list.innerHTML = ""; for (const name of path.length ? TREE[path[0]] : Object.keys(TREE)) list.append(Object.assign(document.createElement("li"), { role: "option", textContent: name })) };
        b.onclick = () => { list.hidden = !list.hidden; path = []; draw() };
        list.onclick = (event) => { path.push(event.target.textContent); if (path.length < 2) return draw();
          window.saved = path.join(" > "); b.textContent = path[1]; list.hidden = true }</script>`;
    const path: ControlValue = { kind: "path", path: ["Men", "Tops/T-shirts"] };

    it("of a left-over draft that ends in the same word is chosen anew", async () => {
      const { report, saved } = await fill(picker("Tops/T-shirts"), path);
      expect([report.verified, saved]).toEqual([true, "Men > Tops/T-shirts"]);
    });

    it("that leads another way to the same word is not the one meant", async () => {
      const { saved } = await fill(picker("Women > Tops/T-shirts"), path);
      expect(saved).toBe("Men > Tops/T-shirts");
    });

    it("shown whole is left as it is", async () => {
      const { report, saved } = await fill(picker("Men › Tops/T-shirts"), path);
      expect([report.verified, report.attempts, saved]).toEqual([true, 0, null]);
    });
  });

  describe("a rich text", () => {
    const editor = (script: string) =>
      `<div id=l>Field</div><div id=x contenteditable=true aria-labelledby=l><p>Old text</p></div><script>window.saved = x.innerText; ${script}</script>`;
    const rich = (words: string): ControlValue => ({ kind: "richText", text: words });

    it("takes the place of the old one, in an editor that moves the caret when it gets the focus", async () => {
      const { report, saved } = await fill(
        editor(
          "x.onfocus = () => setTimeout(() => { const own = getSelection(); own.selectAllChildren(x); own.collapseToEnd() }); x.oninput = () => { window.saved = x.innerText.trim() }",
        ),
        rich("New text"),
      );
      expect([report.verified, saved]).toEqual([true, "New text"]);
    });

    it("with signs the editor drops is refused, and they are named", async () => {
      const { report } = await fill(
        editor(
          String.raw`new MutationObserver(() => { const clean = x.innerText.replace(/\p{Extended_Pictographic}/gu, ""); if (clean !== x.innerText) x.innerText = clean }).observe(x, { subtree: true, childList: true, characterData: true })`,
        ),
        rich("Rare 🔥 lamp"),
      );
      expect(report).toMatchObject({ status: "refused", detail: "the site does not take 🔥" });
    });
  });

  describe("tags", () => {
    const tags = (
      start: string[],
      around = "",
      attributes = "",
    ) => `<div><label for=x>Field</label><input id=x ${attributes}><span id=chips></span>${around}</div>
      <script>window.saved = ${JSON.stringify(start)};
        const draw = () => { chips.innerHTML = ""; for (const tag of saved) { const chip = document.createElement("span"); chip.className = "chip";
          chip.innerHTML = "<span class=text></span><button type=button aria-label='Remove'>×</button>"; chip.firstChild.textContent = tag;
          chip.lastChild.onclick = () => { saved.splice(saved.indexOf(tag), 1); draw() }; chips.append(chip) } };
        draw(); x.onkeydown = (event) => { if (event.key === "Enter" && x.value) { saved.push(KEEP(x.value)); x.value = ""; draw() } }</script>`;
    const chips = (...texts: string[]): ControlValue => ({ kind: "chips", texts });
    const asIs = (html: string) => html.replace("KEEP", "");

    it("that a left-over draft holds are taken out", async () => {
      const { report, saved } = await fill(asIs(tags(["old", "denim"])), chips("denim", "blue"));
      expect([report.verified, saved]).toEqual([true, ["denim", "blue"]]);
    });

    it("are not there because they are offered", async () => {
      const offered = "<p>Popular: <button type=button>denim</button> <button type=button>blue</button></p>";
      const { report, saved } = await fill(asIs(tags([], offered)), chips("denim"));
      expect([report.verified, saved]).toEqual([true, ["denim"]]);
    });

    it("whose signs the site drops are refused", async () => {
      const html = tags([]).replace("KEEP", "((tag) => tag.replace('#', ''))");
      const { report } = await fill(html, chips("C#"));
      expect(report).toMatchObject({ status: "refused", verified: false });
    });

    it("longer than the field takes are refused", async () => {
      const { report, saved } = await fill(asIs(tags([], "", "maxlength=5")), chips("vintage"));
      expect([report.status, report.detail, saved]).toEqual([
        "refused",
        "the field takes 5 characters, not 7",
        [],
      ]);
    });
  });
});
