import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import { idProblem, nextSteps, scaffold } from "./scaffold.ts";

const root = path.resolve(import.meta.dirname, "..");
const made: string[] = [];
afterAll(() => Promise.all(made.map((dir) => rm(dir, { recursive: true, force: true }))));

describe("idProblem", () => {
  it.each(["", "A", "two words", "../etc", "9gag", "ab", "constructor-x"])("refuses %j", (id) => {
    expect(idProblem(id, [])).toContain("is no id");
  });
  it("refuses one that exists, and takes any other", () => {
    expect(idProblem("mercari", ["mercari"])).toContain("already");
    expect(idProblem("depop", ["mercari"])).toBeNull();
  });
});

describe("scaffold", () => {
  const files = scaffold({ id: "depop", name: "Depop", host: "www.depop.com" });

  it("asks the compiler a question in every file that has one, and nothing else is wrong with them", async () => {
    // Inside the repository, so that #core/ means what it means there.
    const dir = await mkdtemp(path.join(root, "marketplaces", "testing", ".scaffold-"));
    made.push(dir);
    await mkdir(path.join(dir, "depop"));
    for (const [file, text] of Object.entries(files)) await writeFile(path.join(dir, "depop", file), text);
    const sources = Object.keys(files).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
    const { config } = ts.readConfigFile(path.join(root, "tsconfig.base.json"), (file) =>
      ts.sys.readFile(file),
    ) as { config: { compilerOptions: object } };
    const { options } = ts.convertCompilerOptionsFromJson(
      { ...config.compilerOptions, lib: ["es2024", "webworker"] },
      root,
    );
    const program = ts.createProgram(
      sources.map((file) => path.join(dir, "depop", file)),
      options,
    );
    const asked = new Set<string>();
    for (const { file, code } of ts.getPreEmitDiagnostics(program)) {
      asked.add(path.basename(file?.fileName ?? ""));
      // Missing properties, an id the union does not know yet, a function that returns nothing, a constant without a value.
      expect([2322, 2739, 2740, 2741, 2355, 1155, 2366], `TS${code} in ${file?.fileName ?? "?"}`).toContain(
        code,
      );
    }
    expect([...asked].sort()).toEqual([
      "account.ts",
      "categories.ts",
      "conditions.ts",
      "fields.ts",
      "identity.ts",
      "item-page.ts",
      "locators.ts",
      "outcome.ts",
      "plan.ts",
      "problems.ts",
    ]);
  });

  it("says what to do next, by command", () => {
    expect(nextSteps({ id: "depop", name: "Depop", host: "www.depop.com" })).toMatch(
      /npm run inspect[\s\S]*npm run goldens[\s\S]*vitest/,
    );
  });
});
