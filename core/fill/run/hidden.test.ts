/**
 * Hidden documents: no animation frames, timers at one tick a second; and documents that count as visible and get no
 * frames all the same. Simulated here with a document whose frames never come until it is shown; the real thing
 * (headed, several tabs) is checked end to end.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import type { PageTurn, Plan } from "../../plan/index.ts";
import { launchTestBrowser, pageBundle } from "../testing/browser.ts";
import { runPhaseIn, testHost } from "../testing/drive.ts";

const HIDE = `
  let hidden = true;
  Object.defineProperty(Document.prototype, "hidden", { get: () => hidden && SAYS_SO });
  const waiting = [];
  const frame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (back) => hidden ? waiting.push(back) : frame(back);
  window.show = () => { hidden = false; for (const back of waiting.splice(0)) frame(back); };
  const late = window.setTimeout.bind(window);
  window.setTimeout = (back, ms = 0, ...rest) => late(back, hidden ? Math.max(1000, ms) : ms, ...rest);
`;
const FORM = `<!doctype html><label>Title <input id=t></label>
  <div>Size</div><button id=b aria-haspopup=listbox aria-label=Size>Choose</button><div id=list></div><div id=more></div>
  <script>
    b.onclick = () => FRAME(() => { list.innerHTML = '<ul role=listbox>' + ['S','M','L'].map((x) => '<li role=option>' + x + '</li>').join('') + '</ul>'; });
    list.onclick = (event) => { b.textContent = event.target.textContent; list.innerHTML = ''; };
  </script>`;
const plan: Plan = {
  version: 1, marketplace: "none", url: "", hosts: ["shop.example.test"], submit: [],
  fill: [
    { id: "title", label: "Title", need: "required", kind: "fill", field: "title", value: { kind: "text", text: "Hat" }, locators: [{ by: "label", text: "Title" }] },
    { id: "size", label: "Size", need: "required", kind: "fill", field: "size", value: { kind: "choice", accept: ["M"] }, locators: [{ by: "label", text: "Size" }] },
  ],
}; // oxfmt-ignore

let browser: Browser;
beforeAll(async () => {
  browser = await launchTestBrowser();
});
afterAll(() => browser.close());

const runHidden = async (frame: string, { saysSo = true } = {}) => {
  const page = await browser.newPage();
  await page.addInitScript(HIDE.replace("SAYS_SO", String(saysSo)));
  await page.route("https://shop.example.test/", (route) =>
    route.fulfill({ contentType: "text/html", body: FORM.replace("FRAME", frame) }),
  );
  await page.goto("https://shop.example.test/");
  const kinds: PageTurn["kind"][] = [];
  const began = performance.now();
  const onTurn = async (turn: PageTurn) => {
    kinds.push(turn.kind);
    if (turn.kind === "needVisible") await page.evaluate("show()");
  };
  const result = await runPhaseIn(testHost(page, await pageBundle(), { onTurn }), plan);
  await page.close();
  return { result, kinds, ms: performance.now() - began };
};

it("fills a page that needs no animation frames without asking to be shown, and without waiting on timers", async () => {
  const { result, kinds, ms } = await runHidden("((act) => act())");
  expect(result).toMatchObject({ kind: "complete", steps: [{ verified: true }, { verified: true }] });
  expect(kinds).not.toContain("needVisible");
  expect(ms).toBeLessThan(4000);
});

it("asks once to be shown when the page waits for an animation frame, and goes on", async () => {
  const { result, kinds } = await runHidden("requestAnimationFrame");
  expect(result).toMatchObject({ kind: "complete", steps: [{ verified: true }, { verified: true }] });
  expect(kinds.filter((kind) => kind === "needVisible")).toHaveLength(1);
});

it("asks to be shown when a page that counts as visible gets no frames", async () => {
  const { result, kinds } = await runHidden("requestAnimationFrame", { saysSo: false });
  expect(result).toMatchObject({ kind: "complete", steps: [{ verified: true }, { verified: true }] });
  expect(kinds.filter((kind) => kind === "needVisible")).toHaveLength(1);
});

it("takes the menu that comes late for the opener's, not what was drawn meanwhile", async () => {
  const chips = "<p>Suggested</p><span role=button>Hats</span><span role=button>Caps</span>";
  const { result } = await runHidden(
    `((act) => { more.innerHTML = '${chips}'; requestAnimationFrame(act); })`,
    {
      saysSo: false,
    },
  );
  expect(result).toMatchObject({ kind: "complete", steps: [{ verified: true }, { verified: true }] });
});
