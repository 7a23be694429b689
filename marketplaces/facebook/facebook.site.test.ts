import { expect, it } from "vitest";
import { siteSuite } from "../testing/site-suite.ts";

siteSuite("facebook", ({ site, post, golden, expectListed }) => {
  it("fills over a left-over draft, and closes what lies over the form", async () => {
    for (const fault of ["restore-draft", "welcome-dialog", "cookie-banner"] as const)
      await site().control.fault("facebook", fault);
    const run = await post(golden("denim-jacket"));
    expect(run.outcome?.kind).toBe("listed");
    await expectListed("denim-jacket");
  });

  it("says rejected only when the site says so", async () => {
    await site().control.fault("facebook", "session-expired", { at: "submit" });
    const run = await post(golden("jeans"));
    expect(run.outcome ?? run.submit).toMatchObject({ kind: "stopped", stop: { kind: "login" } });
  });
});
