/** Phases against small pages: order, presses, page loads, stop signs. */
import { describe, expect, it } from "vitest";
import { runPhaseIn } from "../testing/drive.ts";
import { field, planOf, press, useSmallPages } from "../testing/small-pages.ts";

describe("a phase", () => {
  const { page, pages, open } = useSmallPages();
  const valueOf = (css: string) => page().inputValue(css);
  const title = field("Title", "Hat");
  const price = field("Price", "3");

  it("fills what appears late, and passes over steps of pages that need not come", async () => {
    pages["/"] =
      `<div id=x></div><script>setTimeout(() => { x.innerHTML = '<label>Title <input id=t></label>' }, 300)</script>`;
    const zip = field("Zip", "94107", { when: { urlIncludes: "/two" }, sometimes: true });
    const end = await runPhaseIn(await open(), planOf([title, zip]));
    expect(end).toMatchObject({
      kind: "complete",
      steps: [
        { id: "Title", status: "done", verified: true },
        { id: "Zip", status: "skipped" },
      ],
    });
    expect(await valueOf("#t")).toBe("Hat");
  });

  it("refuses and stops when two visible controls answer to the same label", async () => {
    pages["/"] = `<label>Title <input></label><label>Title <input></label><label>Price <input id=p></label>`;
    const end = await runPhaseIn(await open(), planOf([title, price]), { deadlineMs: 1500 });
    expect(end).toMatchObject({
      kind: "refused",
      why: { code: "steps", stuck: [{ id: "Title", status: "refused", reason: "ambiguous" }] },
    });
    expect(await valueOf("#p")).toBe("");
  });

  it("takes the live copy of a form mounted twice", async () => {
    pages["/"] =
      `<style>form{position:absolute;top:20px;left:20px;background:#fff;width:300px;height:200px}</style>
      <form><label>Title <input id=dead></label></form><form style="z-index:2"><label>Title <input id=live></label></form>`;
    expect((await runPhaseIn(await open(), planOf([title]))).kind).toBe("complete");
    expect([await valueOf("#dead"), await valueOf("#live")]).toEqual(["", "Hat"]);
  });

  it("pierces open shadow roots and same-origin frames", async () => {
    pages["/"] =
      `<div id=host></div><iframe src="/inner" width=400 height=200></iframe><script>host.attachShadow({mode:'open'}).innerHTML='<label>Title <input></label>'</script>`;
    pages["/inner"] = `<label>Price <input id=p></label>`;
    expect((await runPhaseIn(await open(), planOf([title, price]))).kind).toBe("complete");
    expect(await page().evaluate("host.shadowRoot.querySelector('input').value")).toBe("Hat");
    expect(await page().frames()[1]?.inputValue("#p")).toBe("3");
  });

  it("writes again what the page overwrote meanwhile", async () => {
    pages["/"] =
      `<label>Title <input id=t></label><label>Brand <input id=b></label><script>b.addEventListener('change', () => { t.value = 'recognised' }, { once: true })</script>`;
    const end = await runPhaseIn(await open(), planOf([title, field("Brand", "Acme")]));
    expect(end.kind).toBe("complete");
    expect(await valueOf("#t")).toBe("Hat");
    expect(end.steps[0]).toMatchObject({ id: "Title", status: "done", verified: true, attempts: 2 });
  });

  it("reports a press before it presses, and goes on in the next document", async () => {
    pages["/"] = `<form action="/two"><label>Title <input id=t name=t></label><button>Next</button></form>`;
    pages["/two"] = `<label>Zip <input id=z></label>`;
    const next = press("Next", { any: [{ newDocument: true }] });
    const end = await runPhaseIn(await open(), planOf([title, next, field("Zip", "94107")]), {
      onStep: (step) => {
        if (step.detail === "pressing") expect(new URL(page().url()).pathname).toBe("/");
      },
    });
    expect(end).toMatchObject({
      kind: "complete",
      steps: [
        { id: "Title", verified: true },
        { id: "press.Next", verified: true },
        { id: "Zip", status: "done" },
      ],
    });
    expect(await valueOf("#z")).toBe("94107");
  });

  it("does not go on when the page that came is not the one expected", async () => {
    pages["/wrong"] = `<h1>Something went wrong</h1><label>Zip <input></label>`;
    const plan = planOf([press("Next", { any: [{ url: "/two" }] }), field("Zip", "94107")]);
    expect(await runPhaseIn(await open("/wrong"), plan, { from: 1 })).toMatchObject({
      kind: "refused",
      why: { stuck: [{ status: "failed", reason: "page-not-expected" }] },
    });
  });

  it("hands over at a captcha challenge, not at its badge", async () => {
    pages["/"] = `<label>Title <input id=t></label><iframe title="reCAPTCHA" width=256 height=60></iframe>`;
    expect((await runPhaseIn(await open(), planOf([title]))).kind).toBe("complete");
    pages["/"] =
      `<label>Title <input id=t></label><iframe title="reCAPTCHA challenge" width=400 height=580></iframe>`;
    const end = await runPhaseIn(await open(), planOf([title]));
    expect(end).toMatchObject({ kind: "stopped", stop: { kind: "captcha" } });
    expect(await valueOf("#t")).toBe("");
  });

  it("hands over at once when a press led to a captcha", async () => {
    pages["/"] = `<form action="/two"><button>Next</button></form>`;
    pages["/two"] = `<iframe title="reCAPTCHA challenge" width=400 height=580></iframe>`;
    const plan = planOf([press("Next", { any: [{ url: "/three" }] }), title]);
    expect(await runPhaseIn(await open(), plan)).toMatchObject({ kind: "stopped" });
  });

  it("refuses to run on a host the plan does not name", async () => {
    pages["/"] = `<label>Title <input></label>`;
    const elsewhere = { ...planOf([title]), hosts: ["other.test"] };
    await expect(runPhaseIn(await open(), elsewhere)).rejects.toThrow(/may not run on/);
  });

  it("never writes to a password or a trap", async () => {
    pages["/"] =
      `<label>Title <input type=password id=a></label><label style="position:absolute;left:-9999px">Brand <input id=b></label>`;
    const optional = { need: "optional" } as const;
    const plan = planOf([field("Title", "Hat", optional), field("Brand", "Acme", optional)]);
    const end = await runPhaseIn(await open(), plan, { deadlineMs: 4000 });
    expect(end.steps.map((one) => one.status)).toEqual(["refused", "refused"]);
    expect([await valueOf("#a"), await valueOf("#b")]).toEqual(["", ""]);
  });

  it("types a long title with real keys where a field takes nothing else", async () => {
    pages["/"] = `<label>Title <input id=t></label><script>
      let held = '', real = false;
      t.addEventListener('mousedown', (event) => { real = event.isTrusted });
      t.addEventListener('input', (event) => { if (real && event.isTrusted) held = t.value; else t.value = held });
    </script>`;
    const long = "Enter: a hand-thrown stoneware teapot, 1.2 l, with a cane handle and two cups (1970s)";
    const host = await open("/", { trusted: true });
    const end = await runPhaseIn(host, planOf([field("Title", long)]));
    expect(end).toMatchObject({ kind: "complete", steps: [{ verified: true, attempts: 3 }] });
    expect(await valueOf("#t")).toBe(long);
  });

  it("tells a text that is the name of a key from the key", async () => {
    pages["/"] = `<label>Title <input id=t></label><script>
      let asked = false; t.addEventListener('mousedown', (event) => { asked = event.isTrusted });
      t.addEventListener('blur', () => { asked = false });
      t.addEventListener('input', (event) => { if (!(event.isTrusted && asked)) t.value = '' });
    </script>`;
    const end = await runPhaseIn(await open("/", { trusted: true }), planOf([field("Title", "Escape")]));
    expect(end.kind).toBe("complete");
    expect(await valueOf("#t")).toBe("Escape");
  });
});
