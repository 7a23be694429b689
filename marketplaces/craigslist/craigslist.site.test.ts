import { expect, it } from "vitest";
import type { Plan } from "#core/plan/plan.ts";
import { siteSuite } from "../testing/site-suite.ts";
import type { World } from "../testing/host.ts";

/** The same form inside www.craigslist.org/post/<area>, where it stands in a frame of another host. */
const inWrapper = (plan: Plan): Plan => ({
  ...plan,
  url: "https://www.craigslist.org/post/sfo",
  hosts: ["www.craigslist.org", ...plan.hosts],
  frameHost: "post.craigslist.org",
});

siteSuite("craigslist", ({ site, post, golden, expectListed }) => {
  it.each<World>(["main", "isolated"])(
    "lists through the wrapper's cross-origin frame, in the %s world",
    async (world) => {
      const { plan } = golden("denim-jacket");
      const run = await post({ sample: "denim-jacket", plan: inWrapper(plan) }, { world });
      expect(run.outcome?.kind).toBe("listed");
      await expectListed("denim-jacket");
    },
  );

  it("skips the offer to copy an earlier posting, and chooses the category anew", async () => {
    await post(golden("oak-chair"));
    const run = await post(golden("jeans"));
    expect(run.outcome?.kind).toBe("listed");
    const { listings } = await site().control.ledger({ site: "craigslist" });
    expect(listings.map(({ fields }) => fields["category"])).toEqual([
      "furniture - by owner",
      "clothing & accessories - by owner",
    ]);
  });

  it("asks the wizard for the area when the start address does not say it", async () => {
    const { plan } = golden("jeans");
    const run = await post({ sample: "jeans", plan: { ...plan, url: "https://post.craigslist.org/" } });
    expect(run.outcome?.kind).toBe("listed");
    await expectListed("jeans");
  });

  it("takes a phone check for neither a listing nor a refusal, posted or not", async () => {
    for (const commit of [false, true]) {
      await site().control.reset();
      await site().control.fault("craigslist", "checkpoint", { at: "submit", commit });
      const run = await post(golden("jeans"));
      expect(run.outcome).toMatchObject({ kind: "stopped", stop: { kind: "checkpoint" } });
      expect((await site().control.ledger({ site: "craigslist" })).listings).toHaveLength(commit ? 1 : 0);
    }
  });
});
