import { describe, expect, it } from "vitest";
import { parseWorkerEnv } from "./env.ts";

const good = {
  DATABASE_URL: "postgres://w@127.0.0.1/h",
  SUPABASE_URL: "http://127.0.0.1:1",
  SUPABASE_SECRET_KEY: "sb_secret_x",
  HAWKER_WORKER_KEYS: "/k.json",
};

describe("parseWorkerEnv", () => {
  it("when all is there: gives numbers, flags and lists", () => {
    const env = parseWorkerEnv({
      ...good,
      HAWKER_CHROMIUM_ARGS: "--a\n\n--b",
      HAWKER_IGNORE_HTTPS_ERRORS: "1",
      HAWKER_CONCURRENCY: "2",
    });
    expect(env).toMatchObject({
      HAWKER_CHROMIUM_ARGS: ["--a", "--b"],
      HAWKER_IGNORE_HTTPS_ERRORS: true,
      HAWKER_CONCURRENCY: 2,
      HAWKER_SETTLE_SCALE: 1,
    });
  });

  it("when something is wrong: names every variable and no value", () => {
    const bad = { ...good, SUPABASE_SECRET_KEY: "", HAWKER_CONCURRENCY: "CANARY", DATABASE_URL: "CANARY" };
    expect(() => parseWorkerEnv(bad)).toThrow(
      /DATABASE_URL[\s\S]*SUPABASE_SECRET_KEY[\s\S]*HAWKER_CONCURRENCY/,
    );
    expect(() => parseWorkerEnv(bad)).not.toThrow(/CANARY/);
  });

  it.each([
    ["HAWKER_SETTLE_SCALE", "0.02"],
    ["HAWKER_IGNORE_HTTPS_ERRORS", "1"],
  ])("when %s is set where people's listings are: says that it is for practice sites", (name, value) => {
    const env = { ...good, HAWKER_ENV: "production" };
    expect(() => parseWorkerEnv({ ...env, [name]: value })).toThrow(`${name}: is for practice sites`);
    expect(parseWorkerEnv(env)).toMatchObject({ HAWKER_SETTLE_SCALE: 1 });
    expect(() => parseWorkerEnv({ ...env, HAWKER_ENV: "test", [name]: value })).not.toThrow();
  });
});
