import { describe, expect, it } from "vitest";
import { mutateCss, mutateHtml, mutationFrom } from "./mutation.ts";

const none = mutationFrom({ level: "none", seed: "" });
const locators = mutationFrom({ level: "locators", seed: "a" });
const hard = mutationFrom({ level: "hard", seed: "a" });
const field =
  '<label for="sellName">Title</label><input id="sellName" class="box wide" name="sellName" data-testid="Title" aria-label="Title" required>';

describe("mutateHtml", () => {
  it("changes nothing when there is no mutation", () => {
    expect(mutateHtml(field, none)).toBe(field);
  });

  it("renames every stable handle and keeps references and labels together", () => {
    const html = mutateHtml(field, locators);
    expect(html).not.toMatch(/sellName|data-testid="Title"|box/);
    expect(/for="([^"]+)"/.exec(html)?.[1]).toBe(/\sid="([^"]+)"/.exec(html)?.[1]);
    expect(html).toContain(">Title</label>");
    expect(html).toContain('aria-label="Title"');
    expect(html).toContain(" required");
  });

  it("is the same for the same seed and another for another", () => {
    const again = mutationFrom({ level: "locators", seed: "a" });
    const other = mutationFrom({ level: "locators", seed: "b" });
    expect(again.id("sellName")).toBe(locators.id("sellName"));
    expect(other.id("sellName")).not.toBe(locators.id("sellName"));
  });

  it("rewords labels and drops ARIA at the hard level", () => {
    const html = mutateHtml(field, hard);
    expect(html).not.toContain(">Title<");
    expect(html).not.toContain("aria-label");
  });

  it("leaves scripts and values of fields alone", () => {
    const html = '<input value="Title"><script type="application/json">{"id":"sellName"}</script>';
    expect(mutateHtml(html, hard)).toBe(html);
  });
});

describe("mutateCss", () => {
  it("renames class selectors and nothing else", () => {
    const css = mutateCss(".box:focus, .box > .wide { margin: 0.5em; background: #fff }", locators);
    const [box, wide] = [locators.className("box"), locators.className("wide")];
    expect(css).toBe(`.${box}:focus, .${box} > .${wide} { margin: 0.5em; background: #fff }`);
  });
});

describe("a deploy", () => {
  it("gives Facebook other class names even without a mutation", () => {
    const classIn = (deploy: string) => mutationFrom({ level: "none", seed: "", deploy }).className("box");
    expect(classIn("1")).not.toBe("box");
    expect(classIn("1")).not.toBe(classIn("2"));
  });
});
