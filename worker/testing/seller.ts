/**
 * A seller as the service knows one: a person with a workspace, a browser whose key seals sessions, logins at the practice
 * sites, items with photos, and what they do with the seller's own rights: jobs, answers, cancels, and the events of a tab.
 */
import { createHash, randomUUID } from "node:crypto";
import type pg from "pg";
import type { Item, Photo } from "#core/item/index.ts";
import type { ChannelId } from "#core/marketplace/index.ts";
import type { Answer, PostingEvent } from "#core/posting/index.ts";
import { eventAnswerOf, type EventAnswer } from "#core/posting/wire.ts";
import {
  exportDevicePublicKey,
  generateDeviceKey,
  sealSession,
  type Recipient,
  type Session,
} from "#core/session/index.ts";
import { MARKETPLACES } from "#marketplaces/index.ts";
import type { PracticeControl } from "#practice/control-client.ts";
import { accountOf } from "#practice/sites.ts";
import type { Stack } from "#supabase/local/stack.ts";
import { makePhoto, storePhoto } from "./photos.ts";

const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

export type Connected = {
  id: string;
  channel: ChannelId;
  /** Who is logged in there, by the practice sites' name. */
  handle: string;
  version: number;
  session: Session;
};
type JobHandle = { jobId: string; targetIds: string[] };
export type ConnectOptions = {
  handle?: string;
  /** Plants somebody else's session under this handle. */
  loginAs?: string;
  accountId?: string;
  sessionVersion?: number;
  capturedAt?: Date;
  /** What is sealed in place of the session as it was captured. */
  change?: (session: Session) => Session;
};
export type JobOptions = {
  mode?: "review" | "publish";
  again?: boolean;
  action?: "list" | "verify";
  driver?: "cloud" | "tab";
  fallbackAfterSeconds?: number;
  idempotencyKey?: string;
};

export type Seller = {
  userId: string;
  workspaceId: string;
  /** Calls `public.<name>` as the data API does: with the person's role and claims. */
  call<T>(name: string, args: Record<string, unknown>): Promise<T>;
  connect(channel: ChannelId, options?: ConnectOptions): Promise<Connected>;
  /** An item of its own (new id and title) with real photos in storage. */
  item(sample: Item, options?: { title?: string; photos?: Buffer[] }): Promise<Item>;
  createJob(item: Item, accounts: Connected[], options?: JobOptions): Promise<JobHandle>;
  /** What the person, or a tab of theirs, tells about a posting. */
  tell(targetId: string, event: PostingEvent): Promise<EventAnswer>;
  /** Answers the question that stands now. @throws where the answer is not taken. */
  answer(targetId: string, answer: Answer): Promise<void>;
};

type JobAnswer = { job: { id: string }; targets: { id: string }[] } | { refusal: { message: string } };

type SellerPlace = {
  admin: pg.Pool;
  stack: Pick<Stack, "url" | "secretKey">;
  control: PracticeControl;
  recipient: Recipient;
};

/** The site's own id of a person's account there. */
const loginIdAt = (channel: ChannelId, handle: string): string =>
  channel === "craigslist" ? handle : accountOf(handle).userId;

const signUp = async (admin: pg.Pool): Promise<{ userId: string; workspaceId: string }> => {
  const userId = randomUUID();
  await admin.query("insert into auth.users (id, email) values ($1, $2)", [userId, `${userId}@example.test`]);
  const { rows } = await admin.query<{ id: string }>(
    "select id from public.workspaces where created_by = $1 and personal",
    [userId],
  );
  return { userId, workspaceId: rows[0]!.id };
};

const callerFor =
  (admin: pg.Pool, userId: string): Seller["call"] =>
  async <T>(name: string, args: Record<string, unknown>): Promise<T> => {
    const client = await admin.connect();
    try {
      await client.query("begin");
      const claims = JSON.stringify({ sub: userId, role: "authenticated" });
      const settings =
        "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true)";
      await client.query(settings, [claims, userId]);
      const list = Object.keys(args)
        .map((key, at) => `${key} => $${at + 1}`)
        .join(", ");
      const { rows } = await client.query<{ answer: T }>(
        `select public.${name}(${list}) as answer`,
        Object.values(args),
      );
      await client.query("commit");
      return rows[0]!.answer;
    } catch (error) {
      await client.query("rollback");
      throw error;
    } finally {
      client.release();
    }
  };

export const makeSeller = async (place: SellerPlace): Promise<Seller> => {
  const { admin } = place;
  const who = await signUp(admin);
  const { userId, workspaceId } = who;
  const call = callerFor(admin, userId);
  const key = await generateDeviceKey();
  const device = {
    id: randomUUID(),
    name: "Test browser",
    publicKey: await exportDevicePublicKey(key.publicKey),
  };
  const tell = async (targetId: string, event: PostingEvent): Promise<EventAnswer> =>
    eventAnswerOf(
      await call("posting_event", { p_target_id: targetId, p_event: event, p_event_id: randomUUID() }),
    );

  return {
    ...who,
    call,
    tell,
    connect: connectorFor(place, who, { call, device, deviceKey: key }),
    item: (sample, options) => makeItem(place, workspaceId, sample, options),
    async createJob(item, accounts, options = {}) {
      const { mode = "publish", again = false, action = "list", driver = "cloud" } = options;
      const { fallbackAfterSeconds, idempotencyKey = randomUUID() } = options;
      const request = {
        workspaceId,
        action,
        driver,
        mode,
        again,
        ...(fallbackAfterSeconds === undefined ? {} : { fallbackAfterSeconds }),
        ...(action === "list" ? { item } : {}),
        targets: accounts.map(({ id, channel }) => ({ accountId: id, platform: channel })),
      };
      const args = { p_request: request, p_idempotency_key: idempotencyKey, p_body_hash: "test" };
      const made = await call<JobAnswer>("request_job", args);
      if ("refusal" in made) throw new Error(made.refusal.message);
      return { jobId: made.job.id, targetIds: made.targets.map(({ id }) => id) };
    },
    async answer(targetId, answer) {
      const { rows } = await admin.query<{ number: number }>(
        "select (question ->> 'number')::int as number from public.job_targets where id = $1",
        [targetId],
      );
      const told = await tell(targetId, { kind: "answer", question: rows[0]?.number ?? 0, answer });
      if (!told.ok) throw new Error(`The answer "${answer.kind}" was not taken: ${JSON.stringify(told)}`);
    },
  };
};

type Browser = Pick<Seller, "call"> & {
  device: { id: string };
  deviceKey: Awaited<ReturnType<typeof generateDeviceKey>>;
};

const connectorFor =
  (
    { control, recipient }: SellerPlace,
    { userId, workspaceId }: Pick<Seller, "userId" | "workspaceId">,
    { call, device, deviceKey }: Browser,
  ): Seller["connect"] =>
  async (channel, options = {}) => {
    const { handle = "maria", loginAs = handle, accountId = randomUUID(), sessionVersion = 1 } = options;
    const { capturedAt = new Date(), change } = options;
    const captured: Session = {
      storageState: await control.login(channel, loginAs),
      userAgent: USER_AGENT,
      locale: "en-US",
      timezone: "America/Los_Angeles",
    };
    const session = change?.(captured) ?? captured;
    const consentId = randomUUID();
    const grantedAt = capturedAt.toISOString();
    const { envelope, meta } = await sealSession({
      session,
      allowlist: MARKETPLACES[channel].account,
      binding: {
        env: "test",
        workspaceId,
        userId,
        channel,
        accountId,
        sessionVersion,
        consentId,
        deviceId: device.id,
        capturedAt: grantedAt,
      },
      recipient,
      deviceKey,
    });
    const { cookieNames, allowlistHash } = meta;
    await call("connect_account", {
      p: {
        workspaceId,
        accountId,
        platform: channel,
        handle,
        loginId: loginIdAt(channel, handle),
        displayName: handle,
        cloudAllowed: true,
        replay: "unknown",
        sessionVersion,
        session: envelope,
        sessionMeta: meta,
        sessionExpiresAt: null,
        device,
        consent: { id: consentId, textVersion: "1", cookieNames, allowlistHash, grantedAt },
      },
    });
    return { id: accountId, channel, handle, version: sessionVersion, session };
  };

const randomPhotos = (count: number): Promise<Buffer[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => makePhoto(at + 1 + Math.floor(Math.random() * 200))));

const makeItem = async (
  { admin, stack }: SellerPlace,
  workspaceId: string,
  sample: Item,
  { title = `${sample.title} ${randomUUID().slice(0, 6)}`, photos }: Parameters<Seller["item"]>[1] = {},
): Promise<Item> => {
  const id = randomUUID();
  const files = photos ?? (await randomPhotos(sample.photos.length));
  const rows = files.map((file): Photo => {
    const sha256 = createHash("sha256").update(file).digest("hex");
    return {
      id: randomUUID(),
      width: 900,
      height: 600,
      mime: "image/jpeg",
      bytes: file.length,
      alt: "",
      sha256,
    };
  });
  const item: Item = { ...sample, id, title, photos: rows };
  const data: Partial<Item> = { ...item };
  for (const column of ["photos", "id", "fieldTimes", "createdAt", "updatedAt", "deletedAt"] as const)
    delete data[column];
  await admin.query("insert into public.items (id, workspace_id, data, title) values ($1, $2, $3, $4)", [
    id,
    workspaceId,
    data,
    title,
  ]);
  for (const [position, row] of rows.entries()) {
    const storagePath = `${workspaceId}/${id}/${row.id}.jpg`;
    await storePhoto(stack, storagePath, files[position]!);
    await admin.query(
      "insert into public.item_photos (id, item_id, workspace_id, position, storage_path, width, height, mime, sha256, bytes) values ($1, $2, $3, $4, $5, 900, 600, 'image/jpeg', $6, $7)",
      [row.id, id, workspaceId, position, storagePath, row.sha256, row.bytes],
    );
  }
  return item;
};
