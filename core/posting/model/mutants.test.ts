/** The protocol with a rule taken out: the model has to see what comes of it, or it says nothing about the rule. */
import { describe, expect, it } from "vitest";
import { caught, WITHIN } from "./catch.ts";
import { type Play, storiesOf } from "./hunt.ts";
import { MUTANTS } from "./mutants/index.ts";
import { mutated } from "./mutate.ts";

const LONG_MS = 240_000;

describe(`within ${WITHIN} histories the model sees what comes of it when`, () => {
  it.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))(
    "%s",
    async (_, mutant) => {
      const { kind } = await caught(mutant);
      expect(mutant.seen).toContain(kind);
    },
    LONG_MS,
  );

  it("a mutant that changes nothing is an error, not a pass", async () => {
    const changes = [{ file: "lease.ts", find: "what is not there", put: "" }];
    await expect(mutated({ name: "nothing", changes })).rejects.toThrow("0 times in lease.ts");
  });
});

describe("what it sees", () => {
  it(
    "is a story of a few lines that a person can read",
    async () => {
      const mutant = MUTANTS.find(({ name }) => name.startsWith("absence is pressed again by itself"))!;
      const { tape, kind } = await caught(mutant);
      const play: Play = await mutated(mutant);
      const found = new Map([[kind!, { count: 1, tape }]]);
      const [story] = await storiesOf(play, { found }, () => true, mutant.world);
      const lines = story!.split("\n");
      expect(lines.length, story).toBeLessThan(20);
      expect(story).toContain("lamp@A: unknown -> queued (absent)");
      expect(lines.at(-1)).toMatch(/twice: 2 of the lamp, 1 asked for$/);
    },
    LONG_MS,
  );
});
