/**
 * Every message there is: who may send it, what it carries, what comes back. What is not in the table is refused.
 *
 * Invariants:
 * - `page` is a page of this extension (popup, side panel, dashboard); consent and publish exist only for it.
 * - `content` is our content script in the top frame of a marketplace's host; all it may
 *   bring about is an open side panel, a draft of the item it shows with its photos, and a note of which listings are the seller's.
 * - No message carries a cookie or a token, a URL to open or a request to make.
 */
import { z } from "zod";
import { CATEGORY_IDS } from "#core/item/categories.ts";
import { COLORS, CONDITIONS, moneySchema } from "#core/item/values.ts";
import { MODES, PLATFORMS } from "#core/job/job.ts";
import type { AuthView } from "#extension/store/rows.ts";

export type SenderClass = "page" | "content";

/** Made when it is first asked for: thirty schemas cost more than the message that woke the worker needs. */
const lazily = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const id = z.uuid();
const platform = z.enum(PLATFORMS);
const email = z.email("That is not an e-mail address.").max(254);
const password = z.string().min(8, "At least 8 characters.").max(200);
const externalId = z.string().min(1).max(120);
const nothing = () => z.strictObject({});
const post = () => z.strictObject({ postId: id });
const target = () => z.strictObject({ targetId: id });

/** The question as it was shown: what a person decides is decided about this one. */
const question = z.int().positive();

/** What a person says to the question they saw. Consent to publish has a message of its own. */
const answer = lazily(() =>
  z.strictObject({
    question,
    answer: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("is-it"), externalId, url: z.url().max(2_000).nullable() }),
      z.strictObject({ kind: z.literal("another-thing") }),
      z.strictObject({ kind: z.literal("not-there"), again: z.boolean() }),
      z.strictObject({ kind: z.literal("wait") }),
      z.strictObject({ kind: z.literal("go-on") }),
      z.strictObject({ kind: z.literal("use-cloud") }),
    ]),
  }),
);

/** What an item page shows; never trusted, only offered as a draft. */
const seenItem = lazily(() =>
  z.strictObject({
    title: z.string().trim().min(1).max(200),
    description: z.string().max(20_000).optional(),
    price: moneySchema.optional(),
    condition: z.enum(CONDITIONS).nullable().optional(),
    category: z.enum(CATEGORY_IDS).nullable().optional(),
    brand: z.string().max(100).optional(),
    size: z.string().max(40).optional(),
    colors: z.array(z.enum(COLORS)).max(3).optional(),
  }),
);

type Entry = { from: SenderClass; request: () => z.ZodType };
const page = <T extends z.ZodType>(make: () => T) => ({ from: "page" as const, request: lazily(make) });
const content = <T extends z.ZodType>(make: () => T) => ({ from: "content" as const, request: lazily(make) });

export const MESSAGES = {
  "auth.signUp": page(() => z.strictObject({ email, password, name: z.string().trim().max(80).default("") })),
  "auth.signIn": page(() => z.strictObject({ email, password: z.string().min(1).max(200) })),
  "auth.signOut": page(nothing),
  "auth.forgot": page(() => z.strictObject({ email })),
  /** The code from the mail and the password from now on. */
  "auth.reset": page(() =>
    z.strictObject({
      code: z
        .string()
        .trim()
        .regex(/^\d{6,10}$/),
      password,
    }),
  ),
  "auth.keepPassword": page(nothing),
  "auth.state": page(nothing),

  "post.start": page(() =>
    z.strictObject({
      itemIds: z.array(id).min(1).max(100),
      channels: z
        .array(
          z.strictObject({
            platform,
            accountId: id.optional(),
            /** Another listing beside one that is live, on purpose. */
            again: z.boolean().default(false),
          }),
        )
        .min(1)
        .max(10),
      mode: z.enum(MODES).default("review"),
    }),
  ),
  /** `payload`: what was shown, in short (store/payload-of.ts). */
  "post.publish": page(() =>
    post().extend({
      question,
      payload: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullable(),
    }),
  ),
  "post.pause": page(post),
  /** `question`: null where none was shown. */
  "post.resume": page(() => post().extend({ question: question.nullable() })),
  "post.cancel": page(post),
  "post.retry": page(post),
  "post.openTab": page(post),
  "post.answer": page(() => answer().extend({ postId: id })),

  /** A line no post of this browser is for: the cloud's, another browser's, a program's. */
  "target.answer": page(() => answer().extend({ targetId: id })),
  "target.publish": page(() => target().extend({ question })),
  "target.cancel": page(target),
  "target.retry": page(target),
  "target.takeOver": page(target),

  "connect.preview": page(() => z.strictObject({ platform })),
  "connect.confirm": page(() =>
    z.strictObject({
      platform,
      /** What the person saw and agreed to; the names must still be the ones found. */
      consent: z.strictObject({
        textVersion: z.string().min(1).max(32),
        cookieNames: z.array(z.string().max(128)).max(200),
        cloudAllowed: z.boolean(),
      }),
    }),
  ),
  "account.verify": page(() => z.strictObject({ accountId: id })),
  "account.disconnect": page(() => z.strictObject({ accountId: id })),

  "jobs.schedule": page(() =>
    z.strictObject({
      itemId: id,
      accountIds: z.array(id).min(1).max(50),
      runAt: z.iso.datetime().optional(),
      mode: z.enum(MODES).default("publish"),
      again: z.boolean().default(false),
      /** Made by the form when it opens, so that pressing twice creates one job. */
      idempotencyKey: z.uuid(),
    }),
  ),
  "jobs.cancel": page(() => z.strictObject({ jobId: id })),
  "jobs.refresh": page(() => z.strictObject({ jobId: id.optional() })),

  /** Something was written to the outbox: send it soon. */
  "sync.now": page(nothing),

  /** The in-page button was pressed. Opens the side panel with the item; answers whether its photos are wanted. */
  "content.crosspost": content(() =>
    z.strictObject({
      platform,
      externalId,
      item: seenItem(),
      /** Why `item` has no price, where the page shows none that can be read exactly. */
      unreadPrice: z.enum(["none", "several", "unclear"]).nullable(),
      photoCount: z.int().min(0).max(24),
    }),
  ),
  /** What the account's own list on this site shows; where item pages do not say whose they are, these are the seller's. */
  "content.ownIds": content(() => z.strictObject({ platform, externalIds: z.array(externalId).max(500) })),
  "content.isOwn": content(() => z.strictObject({ platform, externalId })),
  "content.photo": content(() =>
    z.strictObject({
      itemId: id,
      index: z.int().min(0).max(23),
      mime: z.enum(["image/jpeg", "image/png", "image/webp"]),
      base64: z
        .string()
        .min(4)
        .max(14_000_000)
        .regex(/^[A-Za-z0-9+/]+={0,2}$/),
    }),
  ),
} satisfies Record<string, Entry>;

export type MessageType = keyof typeof MESSAGES;
export type Request<T extends MessageType> = z.output<ReturnType<(typeof MESSAGES)[T]["request"]>>;
export type RequestInput<T extends MessageType> = z.input<ReturnType<(typeof MESSAGES)[T]["request"]>>;

type Done = { ok: true };
type ConnectPreview = {
  platform: (typeof PLATFORMS)[number];
  /** The account the browser is signed in with there, or null: log in first. */
  handle: string | null;
  signedIn: boolean;
  /** The channel's own id of that account, or null where it does not show. */
  login: string | null;
  /** Names of what would be sealed. Never a value. */
  cookieNames: string[];
  localStorageKeys: string[];
  expiresAt: string | null;
  textVersion: string;
  /** False when the service is not reached, nobody is signed in, or the login cannot be carried: then tabs alone work. */
  cloudAvailable: boolean;
  cloudUnavailableReason: string | null;
  /** Sentences: what will be used in place of what this browser told of itself. */
  notes: string[];
};

/** What the handler answers. */
export type Responses = {
  "auth.signUp": { auth: AuthView; confirmationNeeded: boolean };
  "auth.signIn": { auth: AuthView };
  "auth.signOut": Done;
  "auth.forgot": Done;
  "auth.reset": { auth: AuthView };
  "auth.keepPassword": Done;
  "auth.state": { auth: AuthView };
  "post.start": {
    postIds: string[];
    alreadyLive: { itemId: string; platform: (typeof PLATFORMS)[number] }[];
  };
  "post.publish": Done;
  "post.pause": Done;
  "post.resume": Done;
  "post.cancel": Done;
  "post.retry": Done;
  "post.openTab": Done;
  "post.answer": Done;
  "target.answer": Done;
  "target.publish": Done;
  "target.cancel": Done;
  "target.retry": Done;
  "target.takeOver": { postId: string };
  "connect.preview": ConnectPreview;
  "connect.confirm": {
    accountId: string;
    handle: string;
    cookieNames: string[];
    sealed: boolean;
    /** It was given nothing now, and has a session from before. */
    cloudHasOlder: boolean;
  };
  "account.verify": { jobId: string | null };
  "account.disconnect": Done;
  "jobs.schedule": { jobId: string };
  "jobs.cancel": Done;
  "jobs.refresh": Done;
  "sync.now": Done;
  "content.crosspost": { itemId: string; wantsPhotos: boolean };
  "content.ownIds": Done;
  "content.isOwn": { own: boolean };
  "content.photo": Done;
};
export type Response<T extends MessageType> = Responses[T];
export type { ConnectPreview };
