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

  it("sets the delivery again when it is changed before the step is left", async () => {
    let changed = false;
    const run = await post(golden("denim-jacket"), {
      async onTurn(turn, page) {
        if (changed || !turn.told.some(({ step }) => step.id === "delivery.label")) return;
        changed = true;
        await page.locator("[role=combobox]", { hasText: "Delivery method" }).click();
        await page.getByRole("menuitemcheckbox", { name: "Local pickup" }).click();
      },
    });
    expect(changed).toBe(true);
    expect(run.outcome?.kind).toBe("listed");
    expect(run.steps.find(({ id }) => id === "delivery.method")).toMatchObject({
      verified: true,
      attempts: 2,
    });
    await expectListed("denim-jacket");
  });

  it("says rejected only when the site says so", async () => {
    await site().control.fault("facebook", "session-expired", { at: "submit" });
    const run = await post(golden("jeans"));
    expect(run.outcome ?? run.submit).toMatchObject({ kind: "stopped", stop: { kind: "login" } });
  });
});
