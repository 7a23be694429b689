/**
 * Opens an account's sealed session inside the task that holds its lease.
 * - The row comes from the database with the lease checked there; the bytes it is bound to are rebuilt from that row.
 * - Only after it opened and proved genuine does the high-water mark rise.
 * - The session lives in the callback and is let go of right after; it is never stored, logged or returned.
 */
import { z } from "zod";
import { openSession, type Session, type WorkerKeys } from "#core/session/index.ts";
import { DatabaseRefusal, StaleFenceError, type Database } from "../data/database.ts";

export class SessionRefusedError extends Error {
  readonly reason: string;
  constructor(reason: string, message: string) {
    super(message);
    this.name = "SessionRefusedError";
    this.reason = reason;
  }
}

const answerSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(false), reason: z.string() }),
  z.object({
    ok: z.literal(true),
    account: z.object({ session_version: z.number() }).loose(),
    envelope: z.unknown(),
    device_public_key: z.unknown(),
    high_water: z.number().nullable(),
  }),
]);

const SENTENCES: Record<string, string> = {
  "rolled-back": "The stored session is older than one already used. Connect this account again.",
  "does-not-belong": "The stored session was not made for this account. Connect this account again.",
  "bad-signature": "The stored session was not sealed by your browser. Connect this account again.",
  "unknown-key": "The stored session was sealed with a key that is gone. Connect this account again.",
  malformed: "The stored session is damaged. Connect this account again.",
  "wrong-suite":
    "The stored session was sealed in a way this version does not know. Connect this account again.",
};

const refusal = (reason: string): SessionRefusedError =>
  new SessionRefusedError(
    reason,
    SENTENCES[reason] ?? "The stored session was refused. Connect this account again.",
  );

/** @throws SessionRefusedError with a sentence for the seller; StaleFenceError when the lease is gone. */
export const withAccountSession = async <T>(
  context: { db: Database; keys: WorkerKeys },
  lease: { accountId: string; fence: number },
  use: (session: Session) => Promise<T>,
): Promise<T> => {
  const { db, keys } = context;
  let answer: z.infer<typeof answerSchema>;
  try {
    const key = { p_account_id: lease.accountId, p_fence: lease.fence };
    answer = answerSchema.parse(await db.call("worker_open_session", key));
  } catch (error) {
    if (error instanceof DatabaseRefusal && !(error instanceof StaleFenceError))
      throw new SessionRefusedError(
        "not-allowed",
        `${error.message}. Connect this account again to use it from the cloud.`,
      );
    throw error;
  }
  const refuse = async (reason: string): Promise<never> => {
    await db.call("worker_audit", {
      p_account_id: lease.accountId,
      p_action: "session.refused",
      p_data: { reason },
    });
    throw refusal(reason);
  };
  if (!answer.ok) throw refusal(answer.reason); // written down where it was refused
  const opened = await openSession({
    envelope: answer.envelope,
    row: answer.account,
    keys,
    devicePublicKey: answer.device_public_key,
    highWater: answer.high_water,
  });
  if (!opened.ok) return refuse(opened.refusal.reason);
  await db.call("worker_mark_session_version", {
    p_account_id: lease.accountId,
    p_version: opened.binding.sessionVersion,
  });
  try {
    return await use(opened.secret.reveal());
  } finally {
    opened.secret.forget();
  }
};
