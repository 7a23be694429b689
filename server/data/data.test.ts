import { describe, expect, it } from "vitest";
import { firstUnstorable } from "#core/item/unstorable.ts";
import { ApiProblem } from "../problem.ts";
import { bodyHash } from "./body-hash.ts";
import { parseCursor, writeCursor } from "./jobs-cursor.ts";
import { sqlProblem } from "./sql-problem.ts";

describe("bodyHash", () => {
  it("when only the order of names differs: the same; when anything else does: another", async () => {
    const one = await bodyHash({ a: 1, b: { c: [1, 2], d: null } });
    expect(await bodyHash({ b: { d: null, c: [1, 2] }, a: 1 })).toBe(one);
    for (const other of [
      { a: 1, b: { c: [2, 1], d: null } },
      { a: "1", b: { c: [1, 2], d: null } },
      { a: 1, b: { c: [1, 2] } },
    ]) {
      expect(await bodyHash(other)).not.toBe(one);
    }
  });
});

describe("jobs cursor", () => {
  it("when written and read: microseconds and zone are kept", () => {
    const row = {
      created_at: "2026-11-21T09:00:00.123456+00:00",
      id: "0b8f7c52-53ad-4a3d-9f0e-6a1f0a2f9d11",
    };
    expect(parseCursor(writeCursor(row))).toEqual({ createdAt: row.created_at, id: row.id });
  });

  it("when forged: refused", () => {
    const forged = [
      "",
      "!",
      "e30",
      btoa("x|y"),
      btoa('2026-01-01T00:00:00Z","x|0b8f7c52-53ad-4a3d-9f0e-6a1f0a2f9d11'),
    ];
    for (const cursor of forged) expect(() => parseCursor(cursor), cursor).toThrow(ApiProblem);
  });
});

describe("sqlProblem", () => {
  it("when our own functions refuse: their sentence and hint", () => {
    const problem = sqlProblem({
      code: "HK409",
      message: "nothing to retry",
      hint: "Only failed targets can.",
    });
    expect([problem.status, problem.detail]).toEqual([409, "Nothing to retry. Only failed targets can."]);
  });

  it("when Postgres or the data API speaks: a status of ours and none of its words", () => {
    const expected: [string, number][] = [
      ["42501", 403], ["22P02", 400], ["22P05", 400], ["23505", 409], ["23503", 409], ["40001", 503], ["57014", 503],
      ["53300", 503], ["PGRST301", 401], ["PGRST002", 503], ["42P01", 500], ["XX000", 500], ["", 500],
    ]; // oxfmt-ignore
    for (const [code, status] of expected) {
      const problem = sqlProblem({
        code,
        message: 'relation "secret_table" column "x"',
        hint: "internal hint",
      });
      expect(problem.status, code).toBe(status);
      expect(JSON.stringify(problem.body("r"))).not.toMatch(/secret_table|internal hint/);
    }
  });

  it("when something before the data API answers in its stead: unavailable, and none of its page", () => {
    const page = { message: "<html><title>502 Bad Gateway</title></html>" };
    for (const status of [502, 503, 504, 520, 522, 530]) {
      const problem = sqlProblem(page, status);
      expect([status, problem.status, problem.headers["Retry-After"]]).toEqual([status, 503, "5"]);
      expect(JSON.stringify(problem.body("r"))).not.toContain("Gateway");
    }
    expect(sqlProblem(page, 500).status).toBe(500);
  });

  it("when there was no answer at all: unavailable", () => {
    expect(sqlProblem({ message: "TypeError: fetch failed" }).status).toBe(503);
    expect(
      sqlProblem({ code: "", message: "TimeoutError: The operation was aborted due to timeout" }).status,
    ).toBe(503);
  });
});

describe("firstUnstorable", () => {
  it("when text cannot be stored: where, and why", () => {
    expect(firstUnstorable({ a: [{ b: "x\0" }] })).toMatchObject({ path: "a.0.b" });
    expect(firstUnstorable({ a: "\ud800" })?.message).toContain("surrogate");
    expect(firstUnstorable({ "k\0": 1 })?.message).toContain("NUL");
    expect(firstUnstorable(JSON.parse("[".repeat(5000) + "]".repeat(5000)))?.message).toContain("deeper");
    expect(firstUnstorable({ a: ["é😀\t\n", 1, null, true] })).toBeNull();
  });
});
