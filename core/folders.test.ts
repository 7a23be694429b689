/** core is a closed list of folders: what has no place in one of them needs a decision (docs/adr), not a drawer. */
import { readdirSync } from "node:fs";
import { expect, it } from "vitest";

const FOLDERS = ["api", "fill", "host", "item", "job", "marketplace", "plan", "posting", "session"];

it("core has the folders it was decided to have, and no others", () => {
  const entries = readdirSync(import.meta.dirname, { withFileTypes: true });
  expect(
    entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort(),
    "A new folder in core needs an ADR and its name in this list.",
  ).toEqual(FOLDERS);
  const loose = entries.filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"));
  expect(loose.map(({ name }) => name)).toEqual([]);
});
