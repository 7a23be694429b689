/** The service as posting meets it, for tests: who is signed in, what it answers, and what it was told. */
import { vi } from "vitest";
import { plainItem } from "#core/item/testing/plain-item.ts";
import { newPosting, type Posting } from "#core/posting/index.ts";
import { postingRow } from "#core/posting/testing/posting-row.ts";
import { emptyPost } from "#extension/store/empty-post.ts";
import type { PostRow } from "#extension/store/rows.ts";

type Refusal = { code: string; message: string };
type Told = { name: string; args: Record<string, unknown> };
type Request = { pressed?: boolean };

const AT = "2026-06-01T00:00:00.000Z";
export const WORKSPACE = "7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0100";
export const ACCOUNT = "7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0009";
export const USER = { id: "user-a", email: "a@example.test" };

export const lamp = plainItem("7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0001", "Brass lamp", AT);

export const service = {
  user: USER as { id: string; email: string } | null,
  refusal: null as Refusal | null,
  /** Of one event only. */
  refusalOf: (_event: string): Refusal | null => null,
  /** Of every job. */
  payload: { item: lamp } as Record<string, unknown>,
  /** Answers a call of the database's functions. */
  answer: (_told: Told): unknown => ({ ok: true, target: postingRow() }),
  told: [] as Told[],
  jobs: [] as { key: string; pressed: boolean }[],
  createJob: (_nth: number): Promise<string> => Promise.resolve("target"),
};

export const events = (): string[] =>
  service.told
    .filter(({ name }) => name === "posting_event")
    .map(({ args }) => (args["p_event"] as { kind: string }).kind);

/** In place of `#extension/auth/client.ts`. */
export const client = {
  supabase: () => ({
    auth: {
      getSession: () =>
        Promise.resolve({ data: { session: service.user && { access_token: "t", user: service.user } } }),
      signOut: () => Promise.resolve({ error: (service.user = null) }),
    },
    from: () => ({
      select: () => ({
        eq: () => ({
          maybeSingle: () => Promise.resolve({ data: { payload: service.payload }, error: null }),
        }),
      }),
    }),
    rpc(name: string, args: Record<string, unknown>) {
      const { kind = "" } = (args["p_event"] ?? {}) as { kind?: string };
      const refusal = service.refusal ?? service.refusalOf(kind);
      service.told.push({ name, args });
      if (refusal) return Promise.resolve({ data: null, error: refusal, status: 400 });
      return Promise.resolve({ data: service.answer({ name, args }), error: null, status: 200 });
    },
  }),
};

/** In place of `#extension/api/jobs.ts`. */
export const jobs = {
  async createJob({ pressed = false }: Request, key: string) {
    service.jobs.push({ key, pressed });
    const targetId = await service.createJob(service.jobs.length);
    return { id: "job", targets: [{ id: targetId }] };
  },
};

export const post = (posting: Partial<Posting>, changes: Partial<PostRow> = {}): PostRow => {
  const id = changes.id ?? "one";
  const begun = newPosting({ id, itemId: lamp.id, driver: "tab", mode: "publish", at: Date.now() });
  return {
    ...emptyPost({ city: null, item: lamp, platform: "mercari", account: null }, { ...begun, ...posting }),
    id,
    accountId: ACCOUNT,
    login: { id: "123", name: "maria" },
    keeper: "service",
    createdAt: AT,
    updatedAt: AT,
    ...changes,
  };
};

/** As much of Chrome as is asked for without a page; no site may be worked on. */
export const chromeStandIn = () => {
  const kept: Record<string, unknown> = {};
  return {
    storage: {
      session: {
        get: (key: string) => Promise.resolve(key in kept ? { [key]: kept[key] } : {}),
        set: (entries: object) => Promise.resolve(void Object.assign(kept, entries)),
      },
    },
    alarms: { create: () => Promise.resolve(), clear: () => Promise.resolve() },
    runtime: { getPlatformInfo: () => Promise.resolve({}) },
    permissions: { contains: vi.fn(() => Promise.resolve(false)) },
    windows: { getAll: () => Promise.resolve([{ id: 1, focused: true }]) },
    tabs: {
      get: vi.fn((id: number) =>
        Promise.resolve({ id, active: false, url: "https://www.mercari.com/sell/" }),
      ),
      create: vi.fn(() => Promise.resolve({ id: 8 })),
      update: () => Promise.resolve({}),
      remove: () => Promise.resolve(),
    },
  };
};
