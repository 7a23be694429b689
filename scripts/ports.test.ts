import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { portFor } from "#supabase/local/ports.ts";

let dir = "";
beforeEach(async () => void (dir = await mkdtemp(path.join(tmpdir(), "hawker-ports-"))));
afterEach(() => rm(dir, { recursive: true, force: true }));

describe("ports of a folder", () => {
  it("are the same the next time", async () => {
    const port = await portFor(dir, "api");
    expect(await portFor(dir, "api")).toBe(port);
  });

  it("are none that a system lends to whoever asks for any: another run could be lent it before the service listens", async () => {
    const ports = await Promise.all(
      Array.from({ length: 50 }, (_, n) => portFor(path.join(dir, String(n)), "api")),
    );
    expect(Math.max(...ports)).toBeLessThan(32_768);
  });

  it("two services that were given one port get one each", async () => {
    const port = await portFor(dir, "database");
    await writeFile(path.join(dir, "ports.json"), JSON.stringify({ database: port, supabase: port }));
    const mended = [await portFor(dir, "database"), await portFor(dir, "supabase")];
    expect(new Set(mended).size).toBe(2);
  });
});
