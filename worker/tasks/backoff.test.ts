import { describe, expect, it } from "vitest";
import { backoffSeconds } from "./backoff.ts";

describe("backoffSeconds", () => {
  it("when attempts go on: the wait grows fourfold, and jitter keeps it between half and whole", () => {
    for (const [attempt, whole] of [
      [1, 2],
      [2, 8],
      [3, 32],
    ] as const) {
      expect(backoffSeconds(attempt, () => 0)).toBe(whole / 2);
      expect(backoffSeconds(attempt, () => 0.999)).toBe(whole);
    }
  });
});
