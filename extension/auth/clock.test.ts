/** The real auth library, on a computer whose clock is wrong, against a service that counts. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const HOUR = 3_600_000;
const URL_BASE = "https://service.test";
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A service with a right clock: tokens last an hour, and an ended one is answered 401. */
const startService = () => {
  let serial = 0;
  const counts = { renewed: 0, refused: 0, answered: 0 };
  const clock = { now: Date.parse("2026-11-20T12:00:00Z"), refuseAll: false };
  const issue = () => {
    serial += 1;
    const iat = Math.floor(clock.now / 1000);
    const user = { id: "00000000-0000-4000-8000-000000000001", email: "a@example.test" };
    return {
      access_token: `${encoded({ alg: "HS256" })}.${encoded({ sub: user.id, iat, exp: iat + 3600, serial })}.sig`,
      refresh_token: `refresh-${serial}`,
      token_type: "bearer",
      expires_in: 3600,
      expires_at: iat + 3600,
      user,
    };
  };
  const json = (status: number, body: object) =>
    new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
  const isLive = (bearer: string | null) => {
    const payload = bearer?.replace("Bearer ", "").split(".")[1];
    if (!payload || clock.refuseAll) return false;
    const { exp } = JSON.parse(Buffer.from(payload, "base64url").toString()) as { exp: number };
    return exp * 1000 > clock.now;
  };
  const answer = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.pathname === "/auth/v1/token") {
      if (url.searchParams.get("grant_type") === "refresh_token") counts.renewed += 1;
      return Promise.resolve(json(200, issue()));
    }
    const live = isLive(new Headers(init?.headers).get("authorization"));
    counts[live ? "answered" : "refused"] += 1;
    return Promise.resolve(live ? json(200, []) : json(401, { code: "PGRST301", message: "JWT expired" }));
  };
  return { answer, clock, counts };
};

let service: ReturnType<typeof startService>;
/** What this computer believes the time is, against the service. */
const setClock = (offset: number) => vi.setSystemTime(service.clock.now + offset);
const later = (ms: number, offset: number) => {
  service.clock.now += ms;
  setClock(offset);
};

beforeEach(() => {
  vi.resetModules();
  service = startService();
  vi.useFakeTimers({ toFake: ["Date"] });
  const kept: Record<string, unknown> = {};
  const local = {
    get: (key: string) => Promise.resolve(key in kept ? { [key]: kept[key] } : {}),
    set: (entries: object) => Promise.resolve(void Object.assign(kept, entries)),
    remove: (key: string) => Promise.resolve(void delete kept[key]),
  };
  vi.stubGlobal("chrome", { storage: { local } });
  vi.stubGlobal("fetch", service.answer);
  vi.stubGlobal("HAWKER_SUPABASE_URL", URL_BASE);
  vi.stubGlobal("HAWKER_SUPABASE_KEY", "sb_publishable_test");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const signedIn = async (offset: number) => {
  setClock(offset);
  const { supabase } = await import("./client.ts");
  const { error } = await supabase().auth.signInWithPassword({ email: "a@example.test", password: "x" });
  expect(error).toBeNull();
  return supabase();
};
const ask = async (client: Awaited<ReturnType<typeof signedIn>>) =>
  (await client.from("items").select("id")).error;

describe("a computer whose clock is wrong", () => {
  it.each([
    ["an hour fast", HOUR],
    ["a day fast", 24 * HOUR],
    ["right", 0],
    ["an hour slow", -HOUR],
  ])("when it is %s: a token is used for as long as it lasts, then renewed once", async (_words, offset) => {
    const client = await signedIn(offset);
    for (let call = 0; call < 10; call += 1) {
      expect(await ask(client)).toBeNull();
      later(60_000, offset);
    }
    expect(service.counts).toEqual({ renewed: 0, refused: 0, answered: 10 });
    later(HOUR, offset);
    for (let call = 0; call < 10; call += 1) expect(await ask(client)).toBeNull();
    expect(service.counts).toEqual({ renewed: 1, refused: 0, answered: 20 });
  });

  it("when it is put right after the token came: the first refusal renews, and the request is sent again", async () => {
    const client = await signedIn(HOUR);
    later(HOUR + 60_000, 0); // by its own time the token now has an hour left
    expect(await ask(client)).toBeNull();
    expect(await ask(client)).toBeNull();
    expect(service.counts).toEqual({ renewed: 1, refused: 1, answered: 2 });
  });

  it("when the same session is saved again: its end stays where it was", async () => {
    const client = await signedIn(HOUR);
    later(HOUR - 120_000, HOUR);
    const { data } = await client.auth.getSession();
    const { sessionStorage } = await import("./session-storage.ts");
    await sessionStorage.setItem("hawker-auth", JSON.stringify({ ...data.session, user: { changed: true } }));
    later(60_000, HOUR);
    await client.auth.getSession();
    expect(service.counts.renewed).toBe(1); // within the library's margin of the old end
  });
});

describe("a service that refuses every token", () => {
  it("when it does so for whatever reason: one renewal, not one for each request", async () => {
    const client = await signedIn(0);
    service.clock.refuseAll = true;
    for (let call = 0; call < 5; call += 1)
      expect(await ask(client)).toMatchObject({ message: "JWT expired" });
    expect(service.counts.renewed).toBe(1);
  });

  it("when several requests are refused at once: they share the renewal", async () => {
    const client = await signedIn(HOUR);
    later(HOUR + 60_000, 0);
    expect(await Promise.all([ask(client), ask(client), ask(client)])).toEqual([null, null, null]);
    expect(service.counts.renewed).toBe(1);
  });
});
