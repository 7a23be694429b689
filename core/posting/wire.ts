/** What the service answers about postings: one reading of it for every host. */
import { z } from "zod";
import type { Books } from "./match.ts";
import type { RefusalCode } from "./keeper.ts";
import type { Posting } from "./posting.ts";
import { postingOf } from "./row.ts";

/** A row of `job_targets`, for `postingOf` and whatever else its reader wants of it. */
type TargetColumns = Record<string, unknown>;
const row = z.record(z.string(), z.unknown());

const claimSchema = z.object({
  claimed: z.boolean(),
  fence: z.coerce.number().nullish(),
  at: z.string().nullish(),
  reason: z.string().nullish(),
  retry_at: z.string().nullish(),
  target: row,
});

type ClaimAnswer =
  /** `at`: what time it was for the service, in milliseconds since 1970. */
  | { claimed: true; fence: number; at: number; row: TargetColumns }
  /** `waitMs`: until somebody else's lease ends, or it is due; null where waiting would not help. */
  | { claimed: false; reason: string; waitMs: number | null; row: TargetColumns };

/** @throws ZodError */
export function claimOf(answer: unknown): ClaimAnswer {
  const { claimed, fence, at, reason, retry_at: retryAt, target } = claimSchema.parse(answer);
  // A service of an earlier version does not say what time it is there.
  const then = Date.parse(at ?? z.string().parse(target["claimed_at"] ?? target["updated_at"]));
  if (claimed) return { claimed, fence: z.number().parse(fence), at: then, row: target };
  const waitMs = retryAt ? Date.parse(retryAt) - then : null;
  return { claimed: false, reason: reason ?? "unknown", waitMs, row: target };
}

const heardSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), target: row }),
  z.object({
    ok: z.literal(false),
    code: z.custom<RefusalCode>((code) => typeof code === "string"),
    target: row.nullish(),
  }),
]);

export type EventAnswer =
  | { ok: true; row: TargetColumns }
  | { ok: false; code: RefusalCode; row: TargetColumns | null };

/** @throws ZodError */
export function eventAnswerOf(answer: unknown): EventAnswer {
  const heard = heardSchema.parse(answer);
  if (heard.ok) return { ok: true, row: heard.target };
  return { ok: false, code: heard.code, row: heard.target ?? null };
}

const booksSchema = z.object({
  owned: z.array(
    z.object({
      externalId: z.string(),
      posting: z.string().nullable(),
      item: z.string().nullable(),
      by: z.enum(["id", "likeness", "person", "record"]),
    }),
  ),
  rivals: z.array(
    z.object({
      id: z.string(),
      twin: z.object({ title: z.string(), cents: z.array(z.number()) }).nullable(),
      isUnclear: z.boolean(),
    }),
  ),
  watched: z.array(row),
});

/** `watched`: postings that ended filled or pressed, without proof; whoever reads the login's lists looks for theirs. */
export type LoginBooks = Books & { watched: Posting[] };

/** @throws ZodError */
export function booksOf(answer: unknown): LoginBooks {
  const { owned, rivals, watched } = booksSchema.parse(answer);
  return {
    owned: new Map(owned.map(({ externalId, ...owner }) => [externalId, owner])),
    rivals,
    watched: watched.map(postingOf),
  };
}
