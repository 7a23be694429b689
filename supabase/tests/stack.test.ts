import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../database.types.ts";
import { startStack, type Stack } from "../local/stack.ts";
import { connectRequest, jobRequest } from "./sample-workspace.ts";

type Client = SupabaseClient<Database>;
type Person = { client: Client; userId: string; workspaceId: string; accessToken: string };

let dir: string;
let stack: Stack;
const clients: Client[] = [];

const newClient = (): Client => {
  const client = createClient<Database>(stack.url, stack.publishableKey, { auth: { persistSession: false } });
  clients.push(client);
  return client;
};

const signUp = async (): Promise<Person> => {
  const client = newClient();
  const { data, error } = await client.auth.signUp({
    email: `${randomUUID()}@example.test`,
    password: "a long password",
  });
  if (error || !data.user || !data.session) throw error ?? new Error("no session after sign-up");
  const { data: workspaces } = await client.from("workspaces").select("id");
  return {
    client,
    userId: data.user.id,
    workspaceId: workspaces?.[0]?.id ?? "",
    accessToken: data.session.access_token,
  };
};

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "hawker-stack-"));
  stack = await startStack({ dir });
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.removeAllChannels()));
  await stack.close();
  await rm(dir, { recursive: true, force: true });
});

const png = (): Blob =>
  new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 4])], { type: "image/png" });

describe("the local stack", () => {
  it("refuses a second stack on the same folder and says where the first one is", async () => {
    await expect(startStack({ dir })).rejects.toThrow(stack.url);
  });

  it("signs up, signs in, refreshes, and recovers a password by mail in a file", async () => {
    const client = newClient();
    const email = `${randomUUID()}@example.test`;
    await client.auth.signUp({ email, password: "a long password" });
    const signedIn = await client.auth.signInWithPassword({ email, password: "a long password" });
    expect(signedIn.data.user?.email).toBe(email);
    const refreshed = await client.auth.refreshSession();
    expect(refreshed.data.session?.access_token).toBeTruthy();
    expect((await client.auth.resetPasswordForEmail(email)).error).toBeNull();
    const mails = await readdir(join(dir, "mail"));
    expect(await readFile(join(dir, "mail", mails.at(-1) ?? ""), "utf8")).toContain(email);
  });

  it("answers extensions: preflight and origin", async () => {
    const origin = "chrome-extension://abcdefghijklmnopabcdefghijklmnop";
    const asked = await fetch(`${stack.url}/rest/v1/items`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "apikey, authorization",
      },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-origin")).toBe(origin);
    expect(asked.headers.get("access-control-allow-headers")).toContain("apikey");
  });

  it("gives nothing to a request without a key, and nothing of other people's to one with", async () => {
    expect((await fetch(`${stack.url}/rest/v1/workspaces`)).status).toBe(401);
    const { data, error } = await newClient().from("workspaces").select("id");
    expect({ data, code: error?.code }).toEqual({ data: null, code: "42501" });
  });

  it("gives times as ISO and JSON as JSON, also through functions", async () => {
    const { client, workspaceId } = await signUp();
    const data = { title: "Lamp", tags: ["a"], text: '{"not":"parsed"}' };
    const made = await client
      .from("items")
      .insert({ workspace_id: workspaceId, title: "Lamp", data })
      .select()
      .single();
    expect(made.data?.data).toEqual(data);
    expect(made.data?.created_at).toMatch(/^\d{4}-\d\d-\d\dT.*\+00:00$/);
    const request = connectRequest(workspaceId) as never;
    const account = await client.rpc("connect_account", { p: request });
    expect(account.data).toMatchObject({ status: "connected", session_meta: { keyId: "k1" } });
  });

  it("gives a function's refusal its code and hint", async () => {
    const { client } = await signUp();
    const { error, status } = await client.rpc("cancel_job", { p_job_id: randomUUID() });
    expect({ status, code: error?.code, hint: error?.hint }).toEqual({
      status: 400,
      code: "HK404",
      hint: "Check the id.",
    });
  });
});

describe("photos", () => {
  it("uploads, replaces, downloads, signs and removes in the workspace's folder only", async () => {
    const one = await signUp();
    const two = await signUp();
    const path = `${one.workspaceId}/${randomUUID()}/${randomUUID()}.png`;
    const mine = one.client.storage.from("listing-photos");
    const theirs = two.client.storage.from("listing-photos");
    expect((await mine.upload(path, png())).error).toBeNull();
    expect(
      (await mine.upload(path, await png().arrayBuffer(), { contentType: "image/png", upsert: true })).error,
    ).toBeNull();
    expect((await mine.download(path)).data?.size).toBe(8);
    const signed = await mine.createSignedUrl(path, 60);
    expect((await (await fetch(signed.data?.signedUrl ?? "")).blob()).size).toBe(8);

    expect((await theirs.download(path)).error).not.toBeNull();
    expect((await theirs.createSignedUrl(path, 60)).error).not.toBeNull();
    expect((await theirs.list(one.workspaceId)).data).toEqual([]);
    expect((await theirs.upload(path.replace(/[^/]+$/, `${randomUUID()}.png`), png())).error).not.toBeNull();
    expect((await theirs.upload(path, png(), { upsert: true })).error).not.toBeNull();
    await theirs.remove([path]);
    expect((await mine.download(path)).error).toBeNull();
    await mine.remove([path]);
    expect((await mine.download(path)).error).not.toBeNull();
  });

  it("refuses a path of another form and a file that is no picture", async () => {
    const { client, workspaceId } = await signUp();
    const photos = client.storage.from("listing-photos");
    for (const path of [
      "a.png",
      `${workspaceId}/a.png`,
      `${workspaceId}/${randomUUID()}/../x.png`,
      `${workspaceId}/${randomUUID()}/${randomUUID()}.html`,
    ]) {
      expect((await photos.upload(path, png())).error, path).not.toBeNull();
    }
    const html = new Blob(["<script>"], { type: "text/html" });
    expect(
      (await photos.upload(`${workspaceId}/${randomUUID()}/${randomUUID()}.png`, html)).error,
    ).not.toBeNull();
  });
});

type Seen = { eventType: string; new: Record<string, unknown>; old: Record<string, unknown> };

/** Collects the changes of a table a person is told about, and waits until a predicate over them holds. */
const watch = async (person: { client: Client }, table: string, filter?: string) => {
  const seen: Seen[] = [];
  let check = (): void => undefined;
  const channel = person.client.channel(randomUUID());
  channel.on(
    "postgres_changes",
    { event: "*", schema: "public", table, ...(filter ? { filter } : {}) },
    (change) => {
      seen.push(change as unknown as Seen);
      check();
    },
  );
  await new Promise<void>((done, fail) => {
    channel.subscribe((status, error) => {
      if (status === "SUBSCRIBED") done();
      else if (status !== "CLOSED") fail(error ?? new Error(status));
    });
  });
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`not seen in time: ${JSON.stringify(seen)}`)), 10_000);
      check = () => {
        if (!holds()) return;
        clearTimeout(timer);
        done();
      };
      check();
    });
  return { seen, until };
};

describe("realtime", () => {
  it("tells the real client about rows it may see, and nobody else", async () => {
    const one = await signUp();
    const two = await signUp();
    const [mine, theirs] = [await watch(one, "items"), await watch(two, "items")];
    const id = randomUUID();
    await one.client.from("items").insert({ id, workspace_id: one.workspaceId, title: "Lamp" });
    await mine.until(() => mine.seen.length === 1);
    await one.client.from("items").update({ title: "Brass lamp" }).eq("id", id);
    await mine.until(() => mine.seen.length === 2);
    await one.client.from("items").delete().eq("id", id);
    await mine.until(() => mine.seen.length === 3);
    // What the other person sees of their own comes after: had anything leaked, it would be before it.
    await two.client.from("items").insert({ workspace_id: two.workspaceId, title: "Mine" });
    await theirs.until(() => theirs.seen.length > 0);
    expect(theirs.seen.map((change) => change.new["title"])).toEqual(["Mine"]);
    expect(mine.seen.map((change) => [change.eventType, change.new["title"]])).toEqual([
      ["INSERT", "Lamp"],
      ["UPDATE", "Brass lamp"],
      ["DELETE", undefined],
    ]);
    expect(mine.seen[2]?.old).toEqual({ id });
  });

  it("follows a job from queued to done, driven by the worker's role", async () => {
    const person = await signUp();
    const request = connectRequest(person.workspaceId);
    await person.client.rpc("connect_account", { p: request as never });
    const jobs = await watch(person, "listing_jobs", `workspace_id=eq.${person.workspaceId}`);
    const other = await watch(person, "listing_jobs", `workspace_id=eq.${randomUUID()}`);
    const made = await person.client.rpc("request_job", {
      p_request: jobRequest(person.workspaceId, randomUUID(), [String(request["accountId"])]) as never,
      p_idempotency_key: randomUUID(),
      p_body_hash: "h",
    });
    const target = (made.data as { targets: { id: string }[] }).targets[0]?.id;
    const worker = new pg.Client({ connectionString: stack.workerDatabaseUrl });
    await worker.connect();
    const { rows } = await worker.query<{ fence: string }>(
      "select public.claim_target($1, 'w')->>'fence' as fence",
      [target],
    );
    const fence = Number(rows[0]?.fence);
    const marker = { title: "Brass lamp", priceText: "$45" };
    const twin = { title: "brasslamp", cents: [4500] };
    for (const event of [
      { kind: "looked", fence, baseline: [] },
      { kind: "fill", fence, marker, twin },
      { kind: "permit", fence, marker, twin, policy: { windowMs: 0, absenceProves: false }, hash: "h" },
      { kind: "found", externalId: "m1", url: null, by: "id" },
    ])
      await worker.query("select public.posting_event($1, $2)", [target, JSON.stringify(event)]);
    await worker.end();
    await jobs.until(() => jobs.seen.at(-1)?.new["status"] === "done");
    expect(jobs.seen.at(-1)?.new["progress"]).toEqual({ percent: 100, message: "1 of 1 done" });
    expect(other.seen).toEqual([]);
  });

  it("never carries a sealed session", async () => {
    const person = await signUp();
    const accounts = await watch(person, "platform_accounts");
    await person.client.rpc("connect_account", { p: connectRequest(person.workspaceId) as never });
    await accounts.until(() => accounts.seen.length > 0);
    expect(accounts.seen[0]?.new).toMatchObject({ handle: "maria" });
    expect(accounts.seen[0]?.new).not.toHaveProperty("session_payload_encrypted");
  });

  it("refuses a token it cannot verify", async () => {
    const client = newClient();
    await client.realtime.setAuth("not.a.token").catch(() => undefined);
    await expect(watch({ client }, "items")).rejects.toThrow();
  });

  it("stops telling a person who left the workspace", async () => {
    const owner = await signUp();
    const guest = await signUp();
    const admin = new pg.Client({ connectionString: stack.adminDatabaseUrl });
    await admin.connect();
    await admin.query("insert into public.workspace_members values ($1, $2, 'viewer')", [
      owner.workspaceId,
      guest.userId,
    ]);
    await admin.end();
    const seen = await watch(guest, "items");
    await owner.client.from("items").insert({ workspace_id: owner.workspaceId, title: "before" });
    await seen.until(() => seen.seen.length === 1);
    await owner.client
      .from("workspace_members")
      .delete()
      .eq("user_id", guest.userId)
      .eq("workspace_id", owner.workspaceId);
    await owner.client.from("items").insert({ workspace_id: owner.workspaceId, title: "after" });
    await guest.client.from("items").insert({ workspace_id: guest.workspaceId, title: "own" });
    await seen.until(() => seen.seen.some((change) => change.new["title"] === "own"));
    expect(seen.seen.map((change) => change.new["title"])).toEqual(["before", "own"]);
  });

  it("has writes notify only while somebody listens: a notice makes commits stand in line", async () => {
    const person = await signUp();
    const raw = new pg.Client({ connectionString: stack.adminDatabaseUrl });
    await raw.connect();
    const heard: string[] = [];
    raw.on("notification", ({ payload }) => heard.push(payload === "end" ? "end" : "a change"));
    await raw.query("listen hawker_changes");
    const listeners = async () =>
      (await raw.query<{ n: number }>("select count(*)::int as n from private.change_listeners")).rows[0]?.n;
    const insertAndEnd = async () => {
      await person.client.from("items").insert({ workspace_id: person.workspaceId, title: "Lamp" });
      await raw.query("notify hawker_changes, 'end'");
    };

    await Promise.all(clients.map((client) => client.removeAllChannels()));
    await expect.poll(listeners).toBe(0);
    await insertAndEnd();
    await watch(person, "items");
    expect(await listeners()).toBe(1);
    await insertAndEnd();
    await expect.poll(() => heard).toEqual(["end", "a change", "end"]);
    await raw.end();
  });

  it("says again that it listens when its connection was cut, and forgets the one that is gone", async () => {
    const person = await signUp();
    const items = await watch(person, "items");
    const raw = new pg.Client({ connectionString: stack.adminDatabaseUrl });
    await raw.connect();
    const backends = async () =>
      (await raw.query<{ backend: number }>("select backend from private.change_listeners")).rows;
    const [before] = await backends();
    await raw.query("select pg_terminate_backend($1)", [before?.backend]);
    await expect.poll(backends).toEqual([{ backend: expect.not.toBeOneOf([before?.backend]) }]);
    await person.client.from("items").insert({ workspace_id: person.workspaceId, title: "Lamp" });
    await items.until(() => items.seen.length === 1);
    await raw.end();
  });
});
