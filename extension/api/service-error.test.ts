import { describe, expect, it } from "vitest";
import { dataOf, refusalIn, serviceError, ServiceRefused, ServiceUnreachable } from "./service-error.ts";

const failure = (status: number, error: { message?: string; code?: string; status?: number } = {}) =>
  serviceError("fetching items", { status, error: { message: "m", ...error } });

describe("serviceError", () => {
  it.each([
    ["no answer at all", failure(0, { message: "TypeError: Failed to fetch", code: "" })],
    ["a gateway that answers for it", failure(502)],
    ["a database that is away", failure(503, { code: "PGRST001" })],
    ["a storage error without a status", serviceError("a photo", { error: { message: "Failed to fetch" } })],
  ])("is unreachable: %s", (_what, error) => expect(error).toBeInstanceOf(ServiceUnreachable));

  it.each([
    ["a row one may not write", failure(403, { code: "42501" }), /not allowed that in this workspace/],
    [
      "a column that is not there",
      failure(400, { code: "42703", message: "no such column" }),
      /no such column/,
    ],
    [
      "a storage error with its own status",
      serviceError("a photo", { error: { message: "Object not found", status: 400 } }),
      /Object not found/,
    ],
  ])("is refused: %s", (_what, error, says) => {
    expect(error).toBeInstanceOf(ServiceRefused);
    expect(error.message).toMatch(says);
  });

  it("gives the data, or throws when there is none", () => {
    expect(dataOf("fetching items", { data: [1], error: null, status: 200 })).toEqual([1]);
    expect(() => dataOf("fetching items", { data: null, error: null, status: 200 })).toThrow(ServiceRefused);
  });

  it("lets other work go on after a refusal alone", () => {
    expect(refusalIn(failure(400))).toContain("refused fetching items");
    expect(() => refusalIn(failure(0))).toThrow(ServiceUnreachable);
    expect(() => refusalIn(new TypeError("a bug"))).toThrow("a bug");
  });
});
