import { describe, expect, it } from "vitest";
import { runImport, type ImportRow, type ReadyRow } from "./run-import.ts";

const rows = (n: number): ImportRow[] =>
  Array.from({ length: n }, (_, i) => ({
    line: i + 2,
    fields: { title: `Item ${i}`, price: { amountMinor: 100, currency: "USD" } },
    photos: [],
  }));

const world = (isBad: (row: ImportRow) => boolean = () => false) => {
  const written: string[] = [];
  const counts = { writes: 0, told: 0 };
  const stop = new AbortController();
  const run = (some: ImportRow[]) =>
    runImport({
      rows: some,
      files: new Map(),
      onProgress: () => (counts.told += 1),
      signal: stop.signal,
      writeAll: async (ready: readonly ReadyRow[]) => {
        counts.writes += 1;
        if (ready.some(({ row }) => isBad(row))) throw new Error("No title.");
        written.push(...ready.map(({ row }) => row.fields.title));
      },
    });
  return { written, counts, stop, run };
};

describe("an import", () => {
  it("of 5,000 rows writes fifty times, not once a row", async () => {
    const { counts, written, run } = world();
    const report = await run(rows(5_000));
    expect(report).toMatchObject({ items: 5_000, problems: [] });
    expect(written).toHaveLength(5_000);
    expect(counts.writes).toBe(50);
    expect(counts.told).toBeLessThanOrEqual(51);
  });

  it("names the row that cannot be kept and brings in all others", async () => {
    const { written, run } = world((row) => row.line === 42);
    const report = await run(rows(150));
    expect(report.items).toBe(149);
    expect(report.problems).toEqual([{ line: 42, title: "Item 40", message: "No title." }]);
    expect(new Set(written).size).toBe(149);
  });

  it("that is stopped says how many came in", async () => {
    const { stop, run } = world();
    stop.abort();
    expect(await run(rows(10))).toMatchObject({ items: 0 });
  });
});
