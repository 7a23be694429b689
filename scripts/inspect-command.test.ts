/** `npm run inspect` as people call it. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const inspect = (...args: string[]) =>
  execFileSync(process.execPath, ["scripts/inspect.ts", ...args], {
    cwd: root,
    encoding: "utf8",
    timeout: 110_000,
  });
const FORM = "core/fill/fixtures/plain.html";
type Control = {
  selector: string;
  label: string;
  kind: string;
  field: string | null;
  score: number;
  margin: number;
  status: string;
  readBack: string | null;
};

describe("npm run inspect", () => {
  it("prints its usage", () => {
    expect(inspect("--help")).toContain("--storage-state FILE");
  });

  it("says for every control what it is, as JSON", () => {
    const { controls } = JSON.parse(inspect("--html", FORM, "--json")) as { controls: Control[] };
    expect(controls.find((one) => one.field === "title")).toMatchObject({
      selector: "#f1",
      label: "Listing title",
      kind: "text",
      status: "sure",
      readBack: "",
    });
    expect(controls.find((one) => one.selector === "#f3b")).toMatchObject({ field: null });
    expect(controls.find((one) => one.selector === "#f13")).toMatchObject({
      field: null,
      status: "forbidden",
      readBack: null,
    });
    expect(new Set(controls.map((one) => one.selector)).size).toBe(controls.length);
  });

  it("fills with an item of one's own, submits nothing, and takes a picture", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "hawker-inspect-"));
    const file = path.join(folder, "item.json");
    writeFileSync(
      path.join(folder, "a.png"),
      Buffer.from(
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==",
        "base64",
      ),
    );
    writeFileSync(
      file,
      JSON.stringify({
        title: "Oak chair",
        price: { amountMinor: 12000, currency: "USD" },
        condition: "like_new",
        colors: ["red"],
        photoFiles: ["a.png"],
      }),
    );
    const shot = path.join(folder, "shot.png");
    const { controls } = JSON.parse(
      inspect("--html", FORM, "--item", file, "--fill", "--screenshot", shot, "--json"),
    ) as { controls: Control[] };
    const read = Object.fromEntries(
      controls.filter((one) => one.status === "filled").map((one) => [one.field, one.readBack]),
    );
    expect(read).toMatchObject({
      title: "Oak chair",
      price: "120.00",
      condition: "Like new",
      colors: "Red",
      photos: "1 files",
    });
    expect(existsSync(shot)).toBe(true);
  });

  it("says what to do when no page is named", () => {
    expect(() => inspect("--json")).toThrow(/Name one page/);
  });
});
