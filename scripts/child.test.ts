import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

it("a child whose parent was killed ends as well", async () => {
  const dir = await mkdtemp(path.join(tmpdir(), "hawker-child-"));
  const child = path.join(dir, "child.mjs");
  const parent = path.join(dir, "parent.ts");
  await writeFile(
    child,
    "console.log(JSON.stringify({ ready: true, pid: process.pid })); setInterval(() => {}, 1000);",
  );
  await writeFile(
    parent,
    `import { startChild } from ${JSON.stringify(path.join(import.meta.dirname, "child.ts"))};
     const { ready } = await startChild({ name: "child", file: ${JSON.stringify(path.relative(path.resolve(import.meta.dirname, ".."), child))}, logDir: ${JSON.stringify(dir)} });
     console.log(ready.pid);`,
  );
  const started = spawn(process.execPath, [parent], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const line = await new Promise<string>((resolve) =>
      createInterface({ input: started.stdout }).once("line", resolve),
    );
    const pid = Number(line);
    expect(isAlive(pid)).toBe(true);
    started.kill("SIGKILL");
    await expect.poll(() => isAlive(pid)).toBe(false);
  } finally {
    started.kill("SIGKILL");
    await rm(dir, { recursive: true, force: true });
  }
});
