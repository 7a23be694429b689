import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { createApp } from "./app.ts";
import { parseEnv } from "./env.ts";
import { apiUnderTest } from "./testing/api-under-test.ts";
import workers from "./workers.ts";

const ENTRY = resolve(import.meta.dirname, "node.ts");
const run = promisify(execFile);

describe("node server/node.ts", () => {
  it("when asked for help: names what it needs", async () => {
    const { stdout } = await run(process.execPath, [ENTRY, "--help"]);
    expect(stdout).toContain("SUPABASE_URL");
  });

  it("when the environment is not usable: says so and exits with 2", async () => {
    const failed = await run(process.execPath, [ENTRY], { env: { PATH: process.env["PATH"] } }).catch(
      (error: unknown) => error as { code: number; stderr: string },
    );
    expect(failed).toMatchObject({ code: 2 });
    expect(failed.stderr).toContain("SUPABASE_URL is missing");
    expect(failed.stderr).not.toContain("at file:");
  });

  it("when started: prints its address; on SIGTERM it ends with 0", async () => {
    const child = spawn(process.execPath, [ENTRY, "--port", "0"], {
      env: { ...process.env, ...apiUnderTest().variables },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = once(child, "exit");
    const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    const ready = JSON.parse(line) as { msg: string; url: string };
    expect(ready.msg).toBe("ready");
    expect(ready.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${ready.url}/ready`)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await exited).toEqual([0, null]);
  });
});

describe("when the database is away", () => {
  const env = parseEnv({ ...apiUnderTest().variables, SUPABASE_URL: "http://127.0.0.1:9" });
  const lines: object[] = [];
  const app = createApp(env, { log: (line) => lines.push(line) });

  it("health says ok, ready says 503 with when to come back, and the reason is in the log only", async () => {
    expect((await app.request("/health")).status).toBe(200);
    const answer = await app.request("/ready");
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(await answer.text()).not.toMatch(/fetch failed|ECONN|127\.0\.0\.1/);
    expect(JSON.stringify(lines)).toContain("fetch failed");
  });
});

describe("workers.ts", () => {
  it("when its variables are missing: 503 as problem details, without their names", async () => {
    const answer = await workers.fetch(new Request("http://x.example/health"), {});
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("SUPABASE");
  });
});
