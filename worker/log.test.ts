import { describe, expect, it } from "vitest";
import { Secret } from "#core/session/index.ts";
import { createLog } from "./log.ts";

const written = (use: (log: ReturnType<typeof createLog>) => void): string => {
  const lines: string[] = [];
  use(createLog("trace", { write: (line) => void lines.push(line) }));
  return lines.join("");
};

describe("the log", () => {
  it.each([
    { session: "CANARY" },
    { cookies: [{ value: "CANARY" }] },
    { a: { storageState: "CANARY" } },
    { a: { b: { c: { token: "CANARY" } } } },
    { headers: { authorization: "CANARY" } },
    { secret: new Secret("CANARY") },
    { anything: new Secret({ deep: "CANARY" }) },
  ])("when something secret is logged: it is cut out (%j)", (object) => {
    const text = written((log) => log.info(object, "said"));
    expect(text).toContain('"msg":"said"');
    expect(text).not.toContain("CANARY");
  });

  it("when an error is logged: its first line and where it happened, not what it quotes, also in its cause", () => {
    const err = new Error("page.goto: timeout\nCall log:\n  cookie: CANARY", {
      cause: new Error("inner\nCANARY"),
    });
    const text = written((log) => log.error({ err }, "failed"));
    expect(text).toContain("page.goto: timeout");
    expect(text).toContain("inner");
    expect(text).not.toContain("CANARY");
  });
});
