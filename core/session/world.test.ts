/** core/session runs in a service worker, on the edge and in Node: web standards only, checked in its own source. */
import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const folder = new URL(".", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
const allowedPackages = new Set(["@hpke/core", "zod"]);
const foreignGlobals = new Set([
  ...["process", "Buffer", "require", "global", "module", "__dirname", "__filename", "setImmediate"],
  ...[
    "document",
    "window",
    "navigator",
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "HTMLElement",
    "Node",
  ],
  ...["chrome", "browser", "Date.now", "fetch", "console"],
]);

const parse = (name: string) =>
  ts.createSourceFile(name, readFileSync(new URL(name, folder), "utf8"), ts.ScriptTarget.Latest, true);

const importsOf = (source: ts.SourceFile): string[] => {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      found.push((node.moduleSpecifier as ts.StringLiteral).text);
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      found.push("import()");
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

/** Names read as values: not property names, not keys, not types. */
const globalsOf = (source: ts.SourceFile): string[] => {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && foreignGlobals.has(node.getText())) found.push(node.getText());
    if (ts.isIdentifier(node) && foreignGlobals.has(node.text)) {
      const { parent } = node;
      const isMember =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        (ts.isBindingElement(parent) && parent.name === node) ||
        ts.isPropertyAssignment(parent) ||
        ts.isShorthandPropertyAssignment(parent) ||
        ts.isPropertySignature(parent) ||
        ts.isParameter(parent);
      if (!isMember) found.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

describe("core/session", () => {
  it("has files to check", () => expect(files.length).toBeGreaterThan(10));

  it.each(files)("%s imports only its own folder, @hpke/core and zod", (name) => {
    const outside = importsOf(parse(name)).filter(
      (from) => !/^\.\/[a-z0-9-]+\.ts$/.test(from) && !allowedPackages.has(from),
    );
    expect(outside).toEqual([]);
  });

  it.each(files)("%s uses no global of Node, a page or an extension, no clock and no network", (name) => {
    const local = name === "storage-state.ts" ? ["localStorage"] : []; // a destructured field of the captured state
    expect(globalsOf(parse(name)).filter((found) => !local.includes(found))).toEqual([]);
  });
});
