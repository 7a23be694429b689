/**
 * The questions every marketplace answers on its practice site: each golden plan must leave exactly the listing it means, also
 * on renamed pages; on reworded ones it does, or refuses; what stops a person must stop it.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { fits } from "#core/posting/index.ts";
import { readListings } from "#core/host/index.ts";
import type { StepReport } from "#core/plan/index.ts";
import type { ListingNow } from "#practice/ledger-entry.ts";
import { MARKETPLACES } from "../index.ts";
import { EXPECTED } from "./expected-listings.ts";
import { goldensNow, type Golden } from "./golden-plans.ts";
import { runPlanInPage, type HostOptions, type HostRun, type World } from "./host.ts";
import { pageBundle } from "./page-bundle.ts";
import { testHost } from "#core/fill/testing/drive.ts";
import { readingSuite } from "./reading-suite.ts";
import { openPracticeBrowser, type PracticeBrowser } from "./practice-browser.ts";
import { SAMPLES, type SampleName } from "./sample-items.ts";

const WORLDS: readonly World[] = ["main", "isolated"];
/** Seeds of renamed pages; more of them: HAWKER_SEEDS=five,six npx vitest run --project marketplaces */
const MORE = process.env["HAWKER_SEEDS"]?.split(",") ?? [];
const RENAMED = ["one", "two", ...MORE];
const REWORDED = ["two", ...MORE];

type SiteSuite = {
  site: () => PracticeBrowser;
  /** Runs a plan signed in as maria; submits unless told not to. */
  post(
    golden: Pick<Golden, "sample" | "plan">,
    options?: Partial<HostOptions> & { account?: string | null },
  ): Promise<HostRun>;
  /** The one listing of the ledger, compared field by field and photo by photo with what is written in EXPECTED. */
  expectListed(sample: SampleName): Promise<ListingNow>;
  golden(sample: SampleName): Golden;
};

/** What went wrong, by step, without values: the message of a failing test. */
const troubled = (steps: readonly StepReport[]): string[] =>
  steps
    .filter(
      ({ status, need, verified, detail }) =>
        need === "required" &&
        (status !== "done" || !verified) &&
        status !== "skipped" &&
        detail !== "pressing",
    )
    .map(({ id, status, reason, detail }) => [id, status, reason, detail].filter(Boolean).join(" "));

export function siteSuite(channel: ChannelId, more?: (suite: SiteSuite) => void): void {
  const marketplace = MARKETPLACES[channel];
  const goldens = goldensNow().filter((golden) => golden.channel === channel);
  let site: PracticeBrowser;
  let bundle: string;

  const suite: SiteSuite = {
    site: () => site,
    post: ({ sample, plan }, { account = "maria", ...options } = {}) =>
      site.withPage(
        channel,
        (page) =>
          runPlanInPage(page, plan, {
            bundle,
            world: "main",
            photo: site.photosFor(SAMPLES[sample].photos.map(({ id }) => id)),
            permit: () => Promise.resolve(true),
            ...options,
          }),
        account,
      ),
    async expectListed(sample) {
      const { listings } = await site.control.ledger({ site: channel });
      expect(listings).toHaveLength(1);
      const [listing] = listings as [ListingNow];
      expect(listing.fields).toMatchObject(EXPECTED[channel][sample] ?? {});
      expect(listing.photos.map(({ sha256 }) => sha256)).toEqual(
        site.hashesFor(SAMPLES[sample].photos.map(({ id }) => id)),
      );
      return listing;
    },
    golden: (sample) => goldens.find((golden) => golden.sample === sample) as Golden,
  };

  describe(`${marketplace.identity.name} on its practice site`, () => {
    beforeAll(async () => {
      [site, bundle] = await Promise.all([openPracticeBrowser(), pageBundle()]);
    });
    afterAll(() => site.close());
    beforeEach(async () => {
      await site.control.reset();
      await site.control.mutate("", "none");
    });

    // By turns: the engine is one bundle, and where the worlds differ every writer is tried in both (core/fill/write).
    it.each(goldens.map(({ sample }, index) => [sample, WORLDS[index % WORLDS.length]!] as const))(
      "lists %s as meant, photos in order (%s world)",
      async (sample, world) => {
        const run = await suite.post(suite.golden(sample), { world });
        expect(troubled(run.steps)).toEqual([]);
        expect(run.outcome?.kind).toBe("listed");
        const listing = await suite.expectListed(sample);
        const { externalId } = run.outcome as { externalId: string | null };
        if (externalId !== null) expect(externalId).toBe(listing.externalId);
      },
    );

    it("submits nothing without a permit", async () => {
      const run = await suite.post(suite.golden("jeans"), { permit: () => Promise.resolve(false) });
      expect(run.fill.kind).toBe("complete");
      expect(run.submit).toMatchObject({ kind: "void", why: "not-permitted" });
      expect(
        (await site.control.ledger({ site: channel })).entries.filter(({ kind }) => kind === "submit"),
      ).toEqual([]);
    });

    it.each(RENAMED)(
      "lists as meant when every id, class, name and test id is another (%s)",
      async (seed) => {
        await site.control.mutate(seed, "locators");
        const run = await suite.post(suite.golden("denim-jacket"));
        // Labels are still there, so the labels must do.
        expect(troubled(run.steps)).toEqual([]);
        await suite.expectListed("denim-jacket");
      },
    );

    it.each(REWORDED)(
      "never lists anything wrong when labels and roles are others too (%s)",
      async (seed) => {
        await site.control.mutate(seed, "hard");
        const run = await suite.post(suite.golden("denim-jacket"), { deadlineMs: 60_000 });
        const { listings } = await site.control.ledger({ site: channel });
        const expected = EXPECTED[channel]["denim-jacket"] ?? {};
        const leftOut = run.steps
          .filter(({ need, status }) => need === "optional" && status === "refused")
          .map(({ field }) => field);
        for (const listing of listings) {
          const wrong = Object.entries(expected).filter(
            ([name, value]) => JSON.stringify(listing.fields[name]) !== JSON.stringify(value),
          );
          // What was optional and not sure is left as the form had it: empty, or off.
          for (const [name] of wrong)
            expect([name, listing.fields[name] || "", leftOut.length > 0]).toEqual([name, "", true]);
        }
        if (listings.length === 0) expect(run.outcome).toBeNull();
      },
    );

    it("finds the new listing in the account's own list by its marker, and knows whose list it is", async () => {
      await suite.post(suite.golden("camera"));
      const listing = await suite.expectListed("camera");
      const { handle, rows } = await site.withPage(channel, async (page) => {
        const host = testHost(page, bundle);
        const document = await host.open(marketplace.account.handleUrl);
        const handle = (await host.ask(document, "signedInAs", channel))?.handle;
        const seen = await readListings(host, marketplace, { anchors: [], now: () => Date.now() });
        return { handle, rows: "stopped" in seen ? [] : seen.rows };
      });
      expect(handle).toBe("maria");
      const marker = marketplace.markerOf(SAMPLES.camera);
      const own = rows.filter((row) => fits(marker, row));
      expect(own).toHaveLength(1);
      expect(own[0]).toMatchObject({ externalId: listing.externalId, status: "active" });
      expect(rows.filter((row) => fits(marketplace.markerOf(SAMPLES.jeans), row))).toEqual([]);
    });

    it("stops at the log-in when nobody is signed in", async () => {
      const run = await suite.post(suite.golden("jeans"), { account: null });
      expect(run.fill).toMatchObject({ kind: "stopped", stop: { kind: "login" } });
    });

    it.each(["500-after-commit", "reply-lost"] as const)(
      "takes %s neither for a listing nor for a refusal",
      async (fault) => {
        await site.control.fault(channel, fault);
        const run = await suite.post(suite.golden("jeans"));
        expect((await site.control.ledger({ site: channel })).listings).toHaveLength(1);
        expect(run.outcome?.kind ?? "unknown").toBe("unknown");
      },
    );

    it("stops where the site asks for a captcha", async () => {
      await site.control.fault(channel, "captcha");
      const run = await suite.post(suite.golden("jeans"));
      const stop =
        run.fill.kind === "stopped"
          ? run.fill.stop
          : run.outcome?.kind === "stopped"
            ? run.outcome.stop
            : run.submit?.kind === "stopped"
              ? run.submit.stop
              : null;
      expect(stop?.kind).toBe("captcha");
      expect((await site.control.ledger({ site: channel })).listings).toEqual([]);
    });

    it("stops where the site blocks the account, or says a limit is reached", async () => {
      for (const [fault, kind] of [
        ["block", "block"],
        ["limit-reached", "limit"],
      ] as const) {
        await site.control.reset();
        await site.control.fault(channel, fault);
        const run = await suite.post(suite.golden("jeans"));
        const stop = [run.fill, run.submit, run.outcome].flatMap((each) =>
          each?.kind === "stopped" ? [each.stop.kind] : [],
        )[0];
        expect(stop).toBe(kind);
        expect((await site.control.ledger({ site: channel })).listings).toEqual([]);
      }
    });

    readingSuite(channel, { site: () => site, bundle: () => bundle });
    more?.(suite);
  });
}
