/** What every folder is asked about the account's own listings: can they be read to an end one can believe? */
import { describe, expect, it } from "vitest";
import { CHANNEL_IDS, MARKETPLACES } from "./index.ts";

describe.each(CHANNEL_IDS)("marketplaces/%s", (channel) => {
  const { account } = MARKETPLACES[channel];

  it("says how long its list may lag, when to look, and whether absence proves anything", () => {
    const { windowMs, lookMs } = account.settle;
    expect(
      windowMs,
      `${channel}: settle.windowMs is how late the list may be, uploads included.`,
    ).toBeGreaterThan(0);
    expect(
      lookMs.length,
      `${channel}: settle.lookMs says when to look, counted from the press.`,
    ).toBeGreaterThan(0);
    expect(lookMs, `${channel}: settle.lookMs goes on from one look to the next.`).toEqual(
      [...new Set(lookMs)].sort((a, b) => a - b),
    );
    expect(
      Math.max(...lookMs),
      `${channel}: settle.lookMs is about the window; later looks are not the folder's.`,
    ).toBeLessThanOrEqual(windowMs);
    const { absenceProves } = account;
    if (absenceProves === false) return;
    expect(absenceProves.since, `${channel}: absenceProves needs the date it was found out.`).toMatch(
      /^\d{4}-\d{2}-\d{2}$/,
    );
    for (const text of [absenceProves.source, absenceProves.evidence])
      expect(
        text.trim().length,
        `${channel}: absenceProves needs a source, and evidence that held, sold and draft listings are shown in time.`,
      ).toBeGreaterThan(20);
  });

  it("names every page of own listings so that it can be read to its end, or refused", () => {
    const names = account.listings.map(({ name }) => name);
    expect(new Set(names).size, `${channel}: two pages of listings have one name.`).toBe(names.length);
    const states = new Set(account.listings.flatMap(({ statuses }) => statuses.map(({ status }) => status)));
    for (const status of ["active", "ended"] as const)
      expect(states.has(status), `${channel}: no page of own listings shows what is ${status}.`).toBe(true);
    expect(
      account.listings[0].statuses.map(({ status }) => status),
      `${channel}: the first page is the one new listings come up on.`,
    ).toContain("active");
    for (const page of account.listings) {
      const at = `${channel}, listings page "${page.name}"`;
      expect(page.empty.length, `${at}: what does the site say when there are none?`).toBeGreaterThan(0);
      expect(page.loading.length, `${at}: what stands there while rows are still coming?`).toBeGreaterThan(0);
      expect(page.filter.length, `${at}: what shows that a search or filter is on?`).toBeGreaterThan(0);
      const marked = page.statuses.map(({ words, css }) => words !== undefined || css !== undefined);
      expect(marked.indexOf(false), `${at}: the last status takes the rest, and only the last.`).toBe(
        marked.length - 1,
      );
      if (page.more.by === "pages") expect(page.more.url, `${at}: where is page 2?`).toContain("{page}");
    }
  });
});
