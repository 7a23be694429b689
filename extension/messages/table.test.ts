import { describe, expect, it, vi } from "vitest";
import { answer, type Handlers } from "./listen.ts";
import { covers } from "#core/marketplace/site-url.ts";
import { OWN_PAGES, senderOf, type RawSender } from "./sender.ts";
import { MESSAGES, type MessageType, type SenderClass } from "./table.ts";

const ID = "kaafmeaoileogllgjilgdcphkabcdomd";
const OTHER = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const own = (page: string): RawSender => ({
  id: ID,
  url: `chrome-extension://${ID}/${page}`,
  origin: `chrome-extension://${ID}`,
});
const site = (url: string, more: Partial<RawSender> = {}): RawSender => ({
  id: ID, url, origin: new URL(url).origin, frameId: 0, documentLifecycle: "active", tab: { id: 7, windowId: 1 }, ...more,
}); // oxfmt-ignore

/** Everybody who could send something, and what they count as. */
const SENDERS: Record<string, { raw: RawSender; class: SenderClass | null }> = {
  popup: { raw: own("popup.html"), class: "page" },
  "side panel": { raw: own("sidepanel.html"), class: "page" },
  "dashboard in a tab": {
    raw: { ...own("dashboard.html#/jobs"), frameId: 0, tab: { id: 3, windowId: 1 } },
    class: "page",
  },
  "script on Mercari": { raw: site("https://www.mercari.com/us/item/m123/"), class: "content" },
  "script on Facebook": { raw: site("https://www.facebook.com/marketplace/item/1/"), class: "content" },
  "script on Craigslist": {
    raw: site("https://sfbay.craigslist.org/sfc/fuo/d/x/7712345678.html"),
    class: "content",
  },
  "our page in a frame of a site": {
    raw: { ...own("dashboard.html"), frameId: 4, tab: { id: 7, windowId: 1 } },
    class: null,
  },
  "a page of ours that is not in the list": { raw: own("page-engine.html"), class: null },
  "another extension": { raw: { ...own("popup.html"), id: OTHER }, class: null },
  "another extension's page under our id": {
    raw: { id: ID, url: `chrome-extension://${OTHER}/popup.html`, origin: `chrome-extension://${OTHER}` },
    class: null,
  },
  "a frame on Mercari": { raw: site("https://www.mercari.com/", { frameId: 12 }), class: null },
  "a page being prerendered": {
    raw: site("https://www.mercari.com/", { documentLifecycle: "prerender" }),
    class: null,
  },
  "plain http": { raw: site("http://www.mercari.com/"), class: null },
  "a look-alike host": { raw: site("https://www.mercari.com.evil.example/"), class: null },
  "a host that ends alike": { raw: site("https://notmercari.com/"), class: null },
  "an origin that does not fit the address": {
    raw: { ...site("https://www.mercari.com/"), origin: "https://evil.example" },
    class: null,
  },
  "a sandboxed document": { raw: { ...site("https://www.mercari.com/"), origin: "null" }, class: null },
  "no tab": {
    raw: { id: ID, url: "https://www.mercari.com/", origin: "https://www.mercari.com", frameId: 0 },
    class: null,
  },
  "nothing known": { raw: {}, class: null },
};

const uuid = "7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0001";
/** One well-formed payload per type; a type without one does not compile. */
const VALID: Record<MessageType, unknown> = {
  "auth.signUp": { email: "a@example.test", password: "12345678", name: "A" },
  "auth.signIn": { email: "a@example.test", password: "x" },
  "auth.signOut": {},
  "auth.forgot": { email: "a@example.test" },
  "auth.reset": { code: "123456", password: "12345678" },
  "auth.keepPassword": {},
  "auth.state": {},
  "post.start": { itemIds: [uuid], channels: [{ platform: "mercari" }], mode: "review" },
  "post.publish": { postId: uuid, question: 1, payload: null },
  "post.pause": { postId: uuid },
  "post.resume": { postId: uuid, question: null },
  "post.cancel": { postId: uuid },
  "post.retry": { postId: uuid },
  "post.openTab": { postId: uuid },
  "post.answer": { postId: uuid, question: 1, answer: { kind: "go-on" } },
  "target.answer": { targetId: uuid, question: 1, answer: { kind: "not-there", again: false } },
  "target.publish": { targetId: uuid, question: 1 },
  "target.cancel": { targetId: uuid },
  "target.retry": { targetId: uuid },
  "target.takeOver": { targetId: uuid },
  "connect.preview": { platform: "mercari" },
  "connect.confirm": {
    platform: "mercari",
    consent: { textVersion: "1", cookieNames: [], cloudAllowed: true },
  },
  "account.verify": { accountId: uuid },
  "account.disconnect": { accountId: uuid },
  "jobs.schedule": { itemId: uuid, accountIds: [uuid], mode: "publish", idempotencyKey: uuid },
  "jobs.cancel": { jobId: uuid },
  "jobs.refresh": {},
  "sync.now": {},
  "content.crosspost": {
    platform: "mercari",
    externalId: "m1",
    item: { title: "Lamp" },
    unreadPrice: "none",
    photoCount: 0,
  },
  "content.ownIds": { platform: "craigslist", externalIds: ["7712345678"] },
  "content.isOwn": { platform: "craigslist", externalId: "7712345678" },
  "content.photo": { itemId: uuid, index: 0, mime: "image/jpeg", base64: "AAAA" },
};

const types = Object.keys(MESSAGES) as MessageType[];
const spies = () => {
  const called = vi.fn(() => Promise.resolve({ ok: true }));
  return { called, handlers: Object.fromEntries(types.map((type) => [type, called])) as unknown as Handlers };
};
const envelope = (type: string, payload: unknown) => ({ hawker: 1, type, payload });

describe("senderOf", () => {
  it.each(Object.entries(SENDERS))("knows %s", (_name, { raw, class: expected }) => {
    expect(senderOf(raw, ID)?.class ?? null).toBe(expected);
  });
  it("lists the pages the build has", () => {
    expect(OWN_PAGES).toEqual(["popup.html", "sidepanel.html", "dashboard.html"]);
  });
});

describe("covers", () => {
  it.each([
    ["https://*.mercari.com/*", "www.mercari.com", true],
    ["https://*.mercari.com/*", "mercari.com", true],
    ["https://*.mercari.com/*", "evilmercari.com", false],
    ["https://www.facebook.com/*", "m.facebook.com", false],
    ["<all_urls>", "mercari.com", false],
  ])("%s and %s: %s", (pattern, host, expected) => {
    expect(covers(pattern, host)).toBe(expected);
  });
});

describe.each(types)("message %s", (type) => {
  it.each(Object.entries(SENDERS))("from %s", async (_name, { raw, class: senderClass }) => {
    const { called, handlers } = spies();
    const reply = await answer(envelope(type, VALID[type]), raw, handlers, ID);
    const allowed = MESSAGES[type].from === senderClass;
    expect(reply).toMatchObject(allowed ? { ok: true } : { ok: false, code: "not-allowed" });
    expect(called).toHaveBeenCalledTimes(allowed ? 1 : 0);
  });
  it("is refused with an unknown field, and the handler is not called", async () => {
    const { called, handlers } = spies();
    const raw = MESSAGES[type].from === "page" ? SENDERS["popup"]!.raw : SENDERS["script on Mercari"]!.raw;
    const reply = await answer(
      envelope(type, { ...(VALID[type] as object), url: "https://evil.example" }),
      raw,
      handlers,
      ID,
    );
    expect(reply).toMatchObject({ ok: false, code: "invalid" });
    expect(called).not.toHaveBeenCalled();
  });
});

describe("answer", () => {
  const popup = SENDERS["popup"]!.raw;
  it("says nothing to what is not ours", () => {
    expect(answer("hello", popup, spies().handlers, ID)).toBeNull();
    expect(answer({ type: "auth.state" }, popup, spies().handlers, ID)).toBeNull();
  });
  it.each(["no.such", "constructor", "__proto__", "toString"])("refuses the type %s", async (type) => {
    expect(await answer(envelope(type, {}), popup, spies().handlers, ID)).toMatchObject({
      ok: false,
      code: "not-allowed",
    });
  });
  it("calls the handler before anything is awaited, so that a gesture still counts", () => {
    const { called, handlers } = spies();
    void answer(envelope("sync.now", {}), popup, handlers, ID);
    expect(called).toHaveBeenCalledTimes(1);
  });
  it("turns a thrown error into a sentence, with no stack", async () => {
    const handlers = {
      ...spies().handlers,
      "auth.state": () => Promise.reject(new Error("Go online and try again.")),
    };
    expect(await answer(envelope("auth.state", {}), popup, handlers, ID)).toEqual({
      ok: false,
      code: "failed",
      message: "Go online and try again.",
    });
  });
});
