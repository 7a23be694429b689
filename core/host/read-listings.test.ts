import { describe, expect, it } from "vitest";
import type { AccountRules, ListingsPage, LoginRule } from "../marketplace/marketplace.ts";
import type { ListingRow, PageReading } from "../plan/index.ts";
import type { Reading } from "../posting/index.ts";
import { BrowserGone, DocumentGone, PageUnreadable, type Host } from "./host.ts";
import { readListings } from "./read-listings.ts";

const row = (externalId: string | null, more: Partial<ListingRow> = {}): ListingRow => ({
  externalId,
  url: null,
  title: `Lamp ${externalId ?? "unfinished"}`,
  priceText: "$12",
  status: "active",
  ...more,
});
const shown = (ids: (string | null)[], more: Partial<PageReading> = {}): PageReading => ({
  rows: ids.map((id) => row(id)),
  reached: "end",
  next: false,
  why: [],
  login: "maria",
  hidden: false,
  ...more,
});
const page = (name: string, more: ListingsPage["more"] = { by: "nothing" }): ListingsPage => ({
  name,
  url: `https://shop.example.test/${name}`,
  statuses: [{ status: "active" }],
  rows: "",
  title: "",
  price: "",
  link: "",
  order: "newest-first",
  empty: [],
  loading: [],
  filter: [],
  more,
});
const paged = page("table", {
  by: "pages",
  url: "https://shop.example.test/table?page={page}",
  perPage: 2,
  next: [],
});
const siteOf = (listings: AccountRules["listings"], login: LoginRule = { by: "handle" }) => ({
  identity: { id: "mercari" as const },
  account: { login, listings } as AccountRules,
});

type Answer = PageReading | Error | { stop: string };
/** Answers each address in turn with what it is given; the last answer stays. */
function hostOf(answers: Record<string, Answer[]>, more: Partial<Host<string>> = {}) {
  const opened: string[] = [];
  const next = (url: string): Answer => {
    const left = answers[url] ?? [];
    return (left.length > 1 ? left.shift() : left[0]) ?? new PageUnreadable(url);
  };
  let now = "";
  const host: Host<string> = {
    open(url) {
      opened.push(url);
      now = url;
      return Promise.resolve(url);
    },
    document: () => Promise.resolve(now),
    ask: ((document: string, method: string) => {
      const [first] = answers[document] ?? [];
      if (method === "stopSign")
        return Promise.resolve(first && "stop" in first ? { kind: "captcha", evidence: first.stop } : null);
      const answer = next(document);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    }) as Host<string>["ask"],
    photo: () => Promise.reject(new Error("no")),
    pressTrusted: () => Promise.resolve(false),
    show: () => Promise.resolve(() => Promise.resolve()),
    cookie: () => Promise.resolve(null),
    ...more,
  };
  return { host, opened };
}
let clock = 0;
const input = { anchors: [] as string[], now: () => (clock += 1) };
const at = (name: string) => `https://shop.example.test/${name}`;
const reading = async (...args: Parameters<typeof readListings<string>>): Promise<Reading> => {
  const seen = await readListings(...args);
  if ("stopped" in seen) throw new Error(seen.stopped.evidence);
  return seen;
};

describe("a reading", () => {
  it("has the rows of every page, each listing once, in its later state", async () => {
    const sold = shown([], { rows: [row("b", { status: "sold" }), row(null, { status: "draft" })] });
    const { host, opened } = hostOf({ [at("active")]: [shown(["a", "b"])], [at("sold")]: [sold] });
    const seen = await reading(host, siteOf([page("active"), page("sold")]), input);
    expect(opened).toEqual([at("active"), at("sold")]);
    expect(seen).toMatchObject({ complete: true, gaps: [], login: "maria" });
    expect(seen.rows.map(({ externalId, status }) => [externalId, status])).toEqual([
      ["a", "active"],
      ["b", "sold"],
      [null, "draft"],
    ]);
    expect(seen.begunAt).toBeLessThan(seen.endedAt);
  });

  it("goes on while a table's pages are full, and no further than to known rows", async () => {
    const table = (number: number) => at(`table?page=${number}`);
    const pages = {
      [table(1)]: [shown(["a", "b"])],
      [table(2)]: [shown(["c", "d"])],
      [table(3)]: [shown(["e"])],
    };
    const all = await reading(hostOf(pages).host, siteOf([paged]), input);
    expect([all.complete, all.rows.length]).toEqual([true, 5]);
    const known = hostOf({ ...pages, [table(2)]: [shown(["c", "d"], { reached: "anchor" })] });
    const some = await reading(known.host, siteOf([paged]), input);
    expect([some.complete, some.rows.length]).toEqual([true, 4]);
  });

  it("ends where the page after the last is empty, or the last once more", async () => {
    const table = (number: number) => at(`table?page=${number}`);
    for (const after of [shown([]), shown(["a", "b"])]) {
      const { host, opened } = hostOf({ [table(1)]: [shown(["a", "b"])], [table(2)]: [after] });
      expect(await reading(host, siteOf([paged]), input)).toMatchObject({ complete: true });
      expect(opened).toHaveLength(2);
    }
  });

  it("has a gap when a page is short although another follows", async () => {
    const { host } = hostOf({ [at("table?page=1")]: [shown(["a"], { next: true })] });
    expect(await reading(host, siteOf([paged]), input)).toMatchObject({
      complete: false,
      gaps: [{ page: "table", why: "gap" }],
    });
  });

  it("keeps what was seen beside the gaps, by page", async () => {
    const { host } = hostOf({
      [at("active")]: [shown(["a"])],
      [at("sold")]: [shown([], { reached: null, why: ["loading"] })],
    });
    const seen = await reading(host, siteOf([page("active"), page("sold"), page("gone")]), input);
    expect(seen).toMatchObject({ complete: false, rows: [{ externalId: "a" }], login: "maria" });
    expect(seen.gaps).toEqual([
      { page: "sold", why: "loading" },
      { page: "gone", why: "unreachable" },
    ]);
  });

  it("is never complete when only the first page was looked at", async () => {
    const { host, opened } = hostOf({ [at("active")]: [shown(["a"])] });
    const seen = await reading(host, siteOf([page("active"), page("sold")]), {
      ...input,
      firstPageOnly: true,
    });
    expect([seen.complete, seen.rows.length, opened.length]).toEqual([false, 1, 1]);
  });
});

describe("whose list it is", () => {
  const twoPages: AccountRules["listings"] = [page("active"), page("sold")];

  it("is nobody's when two pages name two people, or one names none", async () => {
    for (const login of ["jonas", null]) {
      const { host } = hostOf({ [at("active")]: [shown(["a"])], [at("sold")]: [shown([], { login })] });
      expect(await reading(host, siteOf(twoPages), input)).toMatchObject({
        login: null,
        complete: false,
        gaps: [{ page: "sold", why: "login-not-seen" }],
      });
    }
  });

  it("is told by the cookie that is there before and after", async () => {
    const rule: LoginRule = { by: "cookie", name: "c_user", pattern: "^\\d+$" };
    const cookies =
      (...values: string[]) =>
      () =>
        Promise.resolve((values.length > 1 ? values.shift() : values[0]) ?? "");
    const pages = { [at("active")]: [shown(["a"], { login: null })] };
    const steady = hostOf(pages, { cookie: cookies("77") });
    expect(await reading(steady.host, siteOf([page("active")], rule), input)).toMatchObject({
      login: "77",
      complete: true,
    });
    const changed = hostOf(pages, { cookie: cookies("77", "88") });
    expect(await reading(changed.host, siteOf([page("active")], rule), input)).toMatchObject({
      login: null,
      complete: false,
    });
    const odd = hostOf(pages, { cookie: cookies("not a number") });
    expect(await reading(odd.host, siteOf([page("active")], rule), input)).toMatchObject({
      login: null,
      complete: false,
    });
  });
});

describe("a page that gets in the way", () => {
  it("stops the reading when a person is needed", async () => {
    const { host } = hostOf({ [at("active")]: [{ stop: "a captcha is shown" }] });
    expect(await readListings(host, siteOf([page("active")]), input)).toEqual({
      stopped: { kind: "captcha", evidence: "a captcha is shown" },
    });
  });

  it("is asked again when it led elsewhere, and given up when it never rests", async () => {
    const moved = hostOf({ [at("active")]: [new DocumentGone(), shown(["a"])] });
    expect(await reading(moved.host, siteOf([page("active")]), input)).toMatchObject({ complete: true });
    const restless = hostOf({ [at("active")]: [new DocumentGone()] });
    expect(await reading(restless.host, siteOf([page("active")]), input)).toMatchObject({
      complete: false,
      gaps: [{ page: "active", why: "unreachable" }],
    });
  });

  it("is shown when it did not draw itself unseen, once, and put back", async () => {
    const shows: string[] = [];
    const show = () => {
      shows.push("shown");
      return Promise.resolve(() => Promise.resolve(void shows.push("put back")));
    };
    const unseen = shown([], { reached: null, why: ["loading"], hidden: true });
    const { host } = hostOf({ [at("active")]: [unseen, shown(["a"])] }, { show });
    expect(await reading(host, siteOf([page("active")]), input)).toMatchObject({ complete: true });
    expect(shows).toEqual(["shown", "put back"]);
    shows.length = 0;
    const filtered = hostOf({ [at("active")]: [shown([], { why: ["filter-on"], hidden: true })] }, { show });
    expect(await reading(filtered.host, siteOf([page("active")]), input)).toMatchObject({ complete: false });
    expect(shows).toEqual([]);
  });

  it("is not taken for a gap when the browser is gone", async () => {
    const { host } = hostOf({ [at("active")]: [new BrowserGone()] });
    await expect(readListings(host, siteOf([page("active")]), input)).rejects.toBeInstanceOf(BrowserGone);
  });
});
