import { describe, expect, it } from "vitest";
import { sampleAllowlist, sampleSession } from "./sample.ts";
import {
  allowlistHash,
  filterSession,
  fromBrowserCookie,
  sessionExpiry,
  sessionSchema,
} from "./storage-state.ts";
import type { Cookie, SessionAllowlist } from "./storage-state.ts";

const cookie = (changes: Partial<Cookie>): Cookie => ({
  ...sampleSession().storageState.cookies[0]!,
  ...changes,
});
const kept = (cookies: Cookie[], allowlist: SessionAllowlist) =>
  filterSession(
    { ...sampleSession(), storageState: { cookies, origins: [] } },
    allowlist,
  ).storageState.cookies.map((entry) => `${entry.domain} ${entry.name}`);

describe("filterSession", () => {
  const all: SessionAllowlist = { cookies: [{ domain: "mercari.com", names: "*" }], localStorage: [] };

  it.each(["mercari.com", ".mercari.com", "www.mercari.com", ".WWW.Mercari.com"])(
    "keeps a cookie of %s",
    (domain) => {
      expect(kept([cookie({ domain })], all)).toHaveLength(1);
    },
  );

  it.each(["notmercari.com", "mercari.com.evil.test", "com", ".com", "evil.test"])(
    "drops a cookie of %s",
    (domain) => {
      expect(kept([cookie({ domain })], all)).toEqual([]);
    },
  );

  it("when names are listed: keeps those of that domain only", () => {
    const allowlist: SessionAllowlist = {
      cookies: [
        { domain: "a.test", names: ["one"] },
        { domain: "b.test", names: ["two"] },
      ],
      localStorage: [],
    };
    const cookies = ["a.test", "b.test"].flatMap((domain) =>
      ["one", "two"].map((name) => cookie({ domain, name })),
    );
    expect(kept(cookies, allowlist)).toEqual(["a.test one", "b.test two"]);
  });

  it("when an origin or a key is not named: it is gone, and empty origins with it", () => {
    const session = sampleSession();
    session.storageState.origins[0]!.localStorage.push({ name: "cart", value: "x" });
    session.storageState.origins.push({
      origin: "https://mercari.com",
      localStorage: [{ name: "auth", value: "x" }],
    });
    expect(filterSession(session, sampleAllowlist)).toEqual(sampleSession());
    expect(filterSession(session, { cookies: [], localStorage: [] }).storageState).toEqual({
      cookies: [],
      origins: [],
    });
  });

  it("when a cookie is partitioned or httpOnly: those marks stay", () => {
    const partitioned = cookie({ partitionKey: "https://mercari.com", httpOnly: true, sameSite: "None" });
    const session = { ...sampleSession(), storageState: { cookies: [partitioned], origins: [] } };
    expect(filterSession(sessionSchema.parse(session), sampleAllowlist).storageState.cookies).toEqual([
      partitioned,
    ]);
  });
});

describe("a partitioned cookie", () => {
  const all: SessionAllowlist = { cookies: [{ domain: "mercari.com", names: "*" }], localStorage: [] };

  it.each([
    ["https://mercari.com", 1],
    ["https://shop-that-embeds.test", 0],
    ["https://notmercari.com", 0],
    ["not a site", 0],
  ])("when its jar belongs to the pages of %s: %i kept", (partitionKey, count) => {
    expect(kept([cookie({ partitionKey })], all)).toHaveLength(count);
  });

  it("when the rule names a host below the site: the site's own jar is kept", () => {
    const below = { cookies: [{ domain: "www.mercari.com", names: "*" as const }], localStorage: [] };
    const own = cookie({ domain: "www.mercari.com", partitionKey: "https://mercari.com" });
    expect(kept([own], below)).toHaveLength(1);
  });
});

describe("allowlistHash", () => {
  it("when only the order differs: the same; when anything else does: another", async () => {
    const base: SessionAllowlist = {
      cookies: [
        { domain: "a.test", names: ["one", "two"] },
        { domain: "b.test", names: "*" },
      ],
      localStorage: [{ origin: "https://a.test", keys: ["k"] }],
    };
    const reordered: SessionAllowlist = {
      cookies: [
        { domain: ".B.test", names: "*" },
        { domain: "a.test", names: ["two", "one", "one"] },
      ],
      localStorage: base.localStorage,
    };
    expect(await allowlistHash(reordered)).toBe(await allowlistHash(base));
    const others: SessionAllowlist[] = [
      { ...base, localStorage: [] },
      { ...base, localStorage: [{ origin: "https://a.test", keys: "*" }] },
      { ...base, cookies: [{ domain: "a.test", names: ["one", "two", "three"] }, base.cookies[1]!] },
      { ...base, cookies: [base.cookies[0]!, { domain: "b.test", names: ["*"] }] },
      { ...base, cookies: [base.cookies[0]!, { domain: "c.test", names: "*" }] },
      { cookies: [...base.cookies, { domain: "https://a.test", names: ["k"] }], localStorage: [] },
    ];
    const hashes = await Promise.all([base, ...others].map(allowlistHash));
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe("fromBrowserCookie", () => {
  const browser = {
    name: "sid",
    value: "v",
    domain: ".a.test",
    path: "/",
    httpOnly: true,
    secure: true,
    sameSite: "unspecified",
  };

  it.each([
    ["no_restriction", "None"],
    ["lax", "Lax"],
    ["strict", "Strict"],
    ["unspecified", "Lax"],
  ])("when SameSite is %s: %s", (sameSite, expected) => {
    expect(fromBrowserCookie({ ...browser, sameSite }).sameSite).toBe(expected);
  });

  it.each([
    [false, false],
    [true, true],
    [undefined, false], // Chrome before 130 does not tell the two jars apart
  ])("when Chrome says of its jar that a foreign site lay between (%s): %s", (said, expected) => {
    const partitionKey = {
      topLevelSite: "https://a.test",
      ...(said === undefined ? {} : { hasCrossSiteAncestor: said }),
    };
    const taken = fromBrowserCookie({ ...browser, partitionKey });
    expect(taken).toMatchObject({ partitionKey: "https://a.test", hasCrossSiteAncestor: expected });
    const session = { ...sampleSession(), storageState: { cookies: [taken], origins: [] } };
    expect(sessionSchema.parse(session).storageState.cookies).toEqual([taken]);
  });

  it("when it ends with the browser, or is partitioned: Playwright's way of saying so", () => {
    expect(fromBrowserCookie(browser)).toMatchObject({ expires: -1 });
    expect(fromBrowserCookie(browser)).not.toHaveProperty("partitionKey");
    const full = {
      ...browser,
      expirationDate: 1_900_000_000.5,
      partitionKey: { topLevelSite: "https://a.test" },
    };
    expect(fromBrowserCookie(full)).toMatchObject({
      expires: 1_900_000_000.5,
      partitionKey: "https://a.test",
    });
  });
});

describe("sessionExpiry", () => {
  it("when several sign-in cookies end: the first of them; session cookies and others say nothing", () => {
    const session = sampleSession();
    session.storageState.cookies = [
      cookie({ name: "a", expires: 300 }),
      cookie({ name: "b", expires: 200 }),
      cookie({ name: "c", expires: 100 }),
      cookie({ name: "d", expires: -1 }),
    ];
    expect(sessionExpiry(session, ["a", "b", "d"])).toBe(200);
    expect(sessionExpiry(session, ["d"])).toBeNull();
  });
});
