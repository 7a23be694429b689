/** Somebody else logs in where this browser holds what only it knows: nothing of it is lost, or told in their name. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PostRow } from "#extension/store/rows.ts";
import { newPosting } from "#core/posting/index.ts";
import { database } from "#extension/store/database.ts";
import { forgetDevice } from "#extension/store/forget-device.ts";
import { runsHere } from "#extension/store/runs-here.ts";
import { accessToken, signIn } from "./account.ts";

const WORKSPACES = {
  a: "7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0001",
  b: "7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0002",
};

const session = vi.hoisted(() => ({
  user: null as { id: string; email: string } | null,
  /** The service takes its time over whose workspace it is. */
  membership: Promise.resolve(),
}));
vi.mock("#extension/store/database.ts", async () => {
  const { memoryDatabase } = await import("#extension/store/testing/memory-database.ts");
  return { database: memoryDatabase() };
});
vi.mock("./client.ts", () => ({
  supabase: () => ({
    auth: {
      signInWithPassword: ({ email }: { email: string }) => {
        session.user = { id: email, email };
        return Promise.resolve({ data: { session: { user: session.user } }, error: null });
      },
      signOut: () => Promise.resolve({ error: (session.user = null) }),
      getSession: () =>
        Promise.resolve({ data: { session: session.user && { access_token: "t", user: session.user } } }),
    },
    from: () => ({
      select: () => ({
        async eq(_column: string, userId: "a" | "b") {
          await session.membership;
          const workspaces = { name: "", personal: true };
          return { data: [{ workspace_id: WORKSPACES[userId], role: "owner", workspaces }], error: null };
        },
      }),
    }),
  }),
}));

const post = (changes: Partial<PostRow>, state: PostRow["posting"]["state"] = "queued") => {
  const begun = newPosting({ id: "p", itemId: "i", driver: "tab", mode: "publish", at: Date.now() });
  const target = { jobId: "job", targetId: "target" };
  const row = { id: "p", keeper: "service", target, isStanding: false, ...changes };
  return { ...row, posting: { ...begun, state } } as PostRow;
};
const logIn = (email: string) => signIn({ email, password: "x" });

beforeEach(async () => {
  for (const table of database.tables) await table.clear();
  runsHere.clear();
  Object.assign(session, { user: null, membership: Promise.resolve() });
  await logIn("a");
});

describe("somebody else logs in", () => {
  it.each<[string, PostRow]>([
    ["a post of which this browser keeps the record", post({ keeper: "browser", target: null })],
    ["a post that the service never heard of", post({ target: null })],
    ["a filled form that its person may press", post({ isStanding: true })],
    ["a press whose outcome was not told", post({}, "submitting")],
  ])("while there is %s: refused, and all of it is kept", async (_words, row) => {
    await database.posts.put(row);
    await expect(logIn("b")).rejects.toThrow("Log in as a");
    expect(await database.posts.count()).toBe(1);
    expect(await accessToken()).toBeNull();
  });

  it("while something is being posted: refused until it is over", async () => {
    runsHere.add("p");
    await expect(logIn("b")).rejects.toThrow("being posted in this browser right now");
    runsHere.delete("p");
    await logIn("b");
    expect(await accessToken()).toBe("t");
  });

  it("before the data is theirs: nothing is told in their name", async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    session.membership = promise;
    const entering = logIn("b");
    await expect.poll(() => session.user?.id).toBe("b");
    expect(await accessToken()).toBeNull();
    resolve(undefined);
    await entering;
    expect(await accessToken()).toBe("t");
  });

  it("where the service has all of it: the browser is theirs", async () => {
    await database.posts.put(post({}));
    await logIn("b");
    expect(await database.posts.count()).toBe(0);
  });
});

describe("the data on this device is deleted", () => {
  it("and a post began while the dialog stood open: it is named, and nothing is deleted", async () => {
    await database.posts.put(post({ target: null }));
    expect(await forgetDevice({ unsent: 0, open: 0 })).toEqual({ unsent: 0, open: 1 });
    expect(await database.posts.count()).toBe(1);
  });

  it("with what the person was told of: it is gone", async () => {
    await database.outbox.put({ seq: 1 } as never);
    expect(await forgetDevice({ unsent: 0, open: 0 })).toEqual({ unsent: 1, open: 0 });
    expect(await forgetDevice({ unsent: 1, open: 0 })).toBeNull();
    expect(await database.outbox.count()).toBe(0);
  });
});
