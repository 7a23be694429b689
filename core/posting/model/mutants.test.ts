/** The protocol with a rule taken out: the model has to see what comes of it, or it says nothing about the rule. */
import { describe, expect, it } from "vitest";
import { hunt } from "./hunt.ts";
import { MUTANTS } from "./mutants.ts";
import { mutated } from "./mutate.ts";

const HISTORIES = 6_000;

describe("what the model sees when", () => {
  it.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))("%s", async (_, mutant) => {
    const play = await mutated(mutant);
    const { found, histories } = await hunt(play, {
      histories: HISTORIES,
      seed: 7,
      force: mutant.world,
      until: mutant.seen,
    });
    const seen = mutant.seen.filter((kind) => found.has(kind));
    expect(seen, `${histories} histories, and none of ${mutant.seen.join(", ")}`).not.toEqual([]);
  });

  it("a mutant that changes nothing is an error, not a pass", async () => {
    const changes = [{ file: "lease.ts", find: "what is not there", put: "" }];
    await expect(mutated({ name: "nothing", changes })).rejects.toThrow("0 times in lease.ts");
  });
});
