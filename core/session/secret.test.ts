import { format, inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { Secret } from "./secret.ts";

const canary = "canary-7f3a";

describe("Secret", () => {
  const secret = new Secret({ cookie: canary });

  it.each<[string, () => string]>([
    ["a template", () => `${secret}`],
    ["concatenation", () => "" + (secret as unknown as string)],
    ["String()", () => String(secret)],
    ["JSON", () => JSON.stringify({ nested: [secret] })],
    ["inspect", () => inspect({ nested: secret }, { depth: 9, showHidden: true, getters: true })],
    ["format %s %o %j", () => format("%s %o %j", secret, secret, secret)],
    ["an error's message", () => new Error(`could not use ${secret}`).stack ?? ""],
    [
      "its keys",
      () =>
        JSON.stringify([Object.keys(secret), Object.entries(secret), { ...secret }, Reflect.ownKeys(secret)]),
    ],
    ["a structured clone", () => inspect(structuredClone(secret), { depth: 9, showHidden: true })],
  ])("when printed by %s: shows nothing", (_name, print) => {
    expect(print()).not.toContain(canary);
  });

  it("when printed: says that it is a secret", () => {
    expect([`${secret}`, JSON.stringify(secret), inspect(secret)]).toEqual([
      "[secret]",
      '"[secret]"',
      "[secret]",
    ]);
  });

  it("when revealed: gives the value; when forgotten: throws", () => {
    const short = new Secret(canary);
    expect(short.reveal()).toBe(canary);
    short.forget();
    expect(() => short.reveal()).toThrow(/forgotten/);
  });
});
