/**
 * What every marketplace's own lists are asked on its practice site: a reading has everything, or says why not. What is not
 * there is only believed of a complete one.
 */
import { describe, expect, it } from "vitest";
import { testHost, type World } from "#core/fill/testing/drive.ts";
import { readListings } from "#core/host/index.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import type { GapReason, ListingStatus } from "#core/plan/index.ts";
import type { Reading } from "#core/posting/index.ts";
import { shownAs } from "#practice/ledger-entry.ts";
import type { HandMadeRequest } from "#practice/server/hand-made.ts";
import { accountOf } from "#practice/sites.ts";
import { MARKETPLACES } from "../index.ts";
import type { PracticeBrowser } from "./practice-browser.ts";

type Seed = HandMadeRequest["listings"][number];
type State = NonNullable<Seed["status"]>;

/** The states a site shows, and what a reading calls them. */
const STATES: Record<ChannelId, Partial<Record<State, ListingStatus>>> = {
  facebook: { active: "active", held: "held", sold: "sold", inactive: "ended", draft: "draft" },
  mercari: {
    active: "active",
    held: "held",
    in_progress: "inProgress",
    sold: "sold",
    inactive: "ended",
    draft: "draft",
  },
  craigslist: { active: "active", held: "held", inactive: "ended", deleted: "ended", draft: "draft" },
};
const LOGIN: Record<ChannelId, string> = {
  facebook: accountOf("maria").userId,
  mercari: accountOf("maria").userId,
  craigslist: "maria",
};
const HOUR = 3_600_000;
const seeds = (count: number, more: Partial<Seed> = {}): Seed[] =>
  Array.from({ length: count }, (_, index) => ({
    title: `Brass lamp number ${count - index}`,
    price: `${10 + index}`,
    at: new Date(Date.now() - (count - index) * HOUR).toISOString(),
    ...more,
  }));

type Suite = { site: () => PracticeBrowser; bundle: () => string };

export function readingSuite(channel: ChannelId, { site, bundle }: Suite): void {
  const marketplace = MARKETPLACES[channel];
  const control = () => site().control;
  type Asked = {
    world?: World;
    anchors?: string[];
    account?: string | null;
    prepare?: () => Promise<unknown>;
    quietMs?: number;
  };
  const read = ({ anchors = [], account = "maria", prepare, quietMs = 5000, world = "main" }: Asked = {}) =>
    site().withPage(
      channel,
      async (page) => {
        await prepare?.();
        const host = testHost(page, bundle(), { world });
        return readListings(host, marketplace, { anchors, now: () => Date.now(), quietMs });
      },
      account,
    );
  const reading = async (asked: Asked = {}): Promise<Reading> => {
    const seen = await read(asked);
    if ("stopped" in seen) throw new Error(`stopped: ${seen.stopped.evidence}`);
    return seen;
  };
  /** Of lists that are expected to be none: what does not come in four seconds does not come, on a busy machine either. */
  const whyNot = async (): Promise<GapReason[]> => {
    const { complete, gaps } = await reading({ quietMs: 4000 });
    expect(complete).toBe(gaps.length === 0);
    return [...new Set(gaps.map(({ why }) => why))];
  };

  describe("readings", () => {
    it.each<World>(["main", "isolated"])(
      "have every row of every state, and whose they are (%s world)",
      async (world) => {
        const states = Object.keys(STATES[channel]) as State[];
        const oneOfEach = states.map((status) => ({ title: `A ${status} thing`, price: "5", status }));
        const listed = await control().list(channel, "maria", [...seeds(120), ...oneOfEach]);
        await control().list(channel, "jonas", seeds(2));
        const begun = Date.now();
        const { rows, complete, gaps, login, begunAt, endedAt } = await reading({ world });
        expect(gaps).toEqual([]);
        expect(complete).toBe(true);
        expect(login).toBe(LOGIN[channel]);
        expect(begun <= begunAt && begunAt < endedAt).toBe(true);
        expect(rows).toHaveLength(listed.length);
        const ids = new Set(rows.map(({ externalId }) => externalId));
        for (const { externalId, status } of listed)
          if (status !== "draft") expect(ids.has(externalId), `${status} ${externalId}`).toBe(true);
        for (const state of states)
          expect(rows).toContainEqual(
            expect.objectContaining({ title: `A ${state} thing`, status: STATES[channel][state] }),
          );
        const lamp = rows.find(({ title }) => title === "Brass lamp number 1");
        expect(lamp).toMatchObject({
          status: "active",
          priceText: expect.stringContaining("$129") as string,
        });
        expect(marketplace.identity.recognizeListing(lamp?.url ?? "")).toBe(lamp?.externalId);
      },
    );

    it("go no further than to rows that are known", async () => {
      const listed = await control().list(channel, "maria", seeds(120));
      const known = listed.map(({ externalId }) => externalId);
      await control().list(channel, "maria", [{ title: "The new one", price: "5" }]);
      const { rows, complete } = await reading({ anchors: known });
      expect(complete).toBe(true);
      expect(rows.some(({ title }) => title === "The new one")).toBe(true);
      expect(rows.length).toBeLessThan(100);
    });

    it("of an empty account are complete, and empty", async () => {
      expect(await reading()).toMatchObject({ rows: [], complete: true, gaps: [], login: LOGIN[channel] });
    });

    it.each([
      ["502", "unreachable"],
      ["skeleton", "loading"],
      ["rows-renamed", "not-rendered"],
      ["empty-without-mark", "not-rendered"],
    ] as const)("are none when the list is unreadable: %s", async (kind, why) => {
      await control().list(channel, "maria", seeds(3));
      await control().fault(channel, "list-unreadable", { kind });
      expect(await whyNot()).toEqual([why]);
    });

    it("are none while the site is down", async () => {
      await control().list(channel, "maria", seeds(3));
      const seen = await read({ prepare: () => control().fault(channel, "site-down") });
      expect(seen).toMatchObject({ complete: false, rows: [] });
    });

    it("notice that the newest rows are not drawn", async () => {
      await control().list(channel, "maria", seeds(120));
      await control().fault(channel, "partial-list", { count: 2 });
      const why = { facebook: "loading", mercari: "count-differs", craigslist: "gap" } as const;
      expect(await whyNot()).toEqual([why[channel]]);
    });

    it("notice a filter that somebody left on", async () => {
      const over = channel === "craigslist" ? "deleted" : "sold";
      await control().list(channel, "maria", [...seeds(3), ...seeds(3, { status: over })]);
      await control().fault(channel, "filter-on");
      expect(await whyNot()).toEqual(["filter-on"]);
    });

    it("name another login, or none when it changes on the way", async () => {
      await control().list(channel, "jonas", seeds(2));
      await control().fault(channel, "other-login");
      const { login, complete } = await reading();
      if (channel === "facebook") expect([login, complete]).toEqual([null, false]);
      else
        expect([login, complete]).toEqual([
          channel === "mercari" ? accountOf("jonas").userId : "jonas",
          true,
        ]);
    });

    it("stop at the log-in when nobody is signed in", async () => {
      expect(await read({ account: null })).toMatchObject({ stopped: { kind: "login" } });
    });

    it("cannot know of a list that lags, is stale, or holds a listing back unseen", async () => {
      await control().list(channel, "maria", seeds(3));
      await control().fault(channel, "stale-list");
      await control().list(channel, "maria", [{ title: "The new one", price: "5" }]);
      const { rows, complete } = await reading();
      expect([rows.length, complete]).toEqual([3, true]);
      expect(marketplace.account.absenceProves).toBe(false);
    });

    it.each(["one", "two"])("read renamed pages as they are, or not at all (%s)", async (seed) => {
      const listed = await control().list(channel, "maria", seeds(60));
      for (const level of ["locators", "hard"] as const) {
        await control().mutate(seed, level);
        const { rows, complete } = await reading({ quietMs: 4000 });
        if (!complete) continue;
        expect(rows.map(({ title }) => title).sort()).toEqual(listed.map((one) => shownAs(one).title).sort());
      }
    });
  });
}
