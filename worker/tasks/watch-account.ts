/** Looks for rows of postings that ended filled or pressed, without proof: a listing that comes up late is nobody's loss if it is seen. */
import { randomUUID } from "node:crypto";
import { readListings, ServiceAway, whose } from "#core/host/index.ts";
import { LEASE_MS, lateNews, loginIdOf, nextWatchMs, type Reading } from "#core/posting/index.ts";
import { pageHost } from "../browser/page-host.ts";
import { readAccount, type AccountRow } from "../data/accounts.ts";
import { givingBack, leaseAccount, withLease } from "../data/leases.ts";
import { loginBooks, tellPosting } from "../data/postings.ts";
import type { LoginBooks } from "#core/posting/wire.ts";
import { proveLogin } from "../posting/prove-login.ts";
import { withSignedInPage } from "../posting/signed-in-page.ts";
import type { WorkerContext } from "../worker-context.ts";
import { accountPayloadSchema, type Task } from "./task.ts";

export const watchAccount =
  (context: WorkerContext): Task =>
  async (payload, run) => {
    const { accountId } = accountPayloadSchema.parse(payload);
    const account = await readAccount(context.db, accountId);
    const [first] = await context.db.call<string[]>("worker_watched", { p_account_id: accountId });
    if (!account || first === undefined) return;
    const books = await loginBooks(context.db, first);
    const newest = Math.max(...books.watched.map(({ closedAt }) => closedAt ?? 0));
    // It is looked again whatever comes of this time, until nothing is watched for any more.
    const later = (): Promise<void> => lookAgain(context, accountId, nextWatchMs(newest, context.now()));
    if (account.status !== "connected") return later();
    await givingBack(context, run.holder, async () => {
      const lease = await leaseAccount(context.db, accountId, run.holder);
      if (!lease.held) return lookAgain(context, accountId, LEASE_MS);
      const held = { accountId, fence: lease.fence, outer: run.signal };
      await withLease(context.db, held, async (signal) => {
        try {
          const reading = await readWatched(context, { account, fence: lease.fence, signal });
          if (reading) await tellLate(context, reading, books);
        } catch (error) {
          if (error instanceof ServiceAway) throw error; // the queue tries it again
          context.log.info({ err: error, accountId }, "looked in vain for what ended without proof");
        }
        await later();
      });
    });
  };

const lookAgain = (context: WorkerContext, accountId: string, inMs: number): Promise<void> =>
  context.db.call("worker_watch_again", {
    p_account_id: accountId,
    p_after_seconds: Math.ceil(inMs / 1_000),
  });

type Watch = { account: AccountRow; fence: number; signal: AbortSignal };

/** Null when the page, or who is signed in, kept it from being read. */
const readWatched = async (
  context: WorkerContext,
  { account, fence, signal }: Watch,
): Promise<Reading | null> => {
  const marketplace = context.marketplaces[account.platform];
  const cookieUrls = marketplace.identity.hosts.map((name) => `https://${name}/`);
  const photo = () => Promise.reject(new Error("Looking uploads nothing."));
  const wanted = { account, marketplace, fence, signal, onLeftOut: () => undefined };
  const read = await withSignedInPage(context, wanted, (page) => {
    const host = pageHost({ page, bundle: context.bundle, photo, cookieUrls });
    // To the end: rows that were renewed since stand above one that was held back, and look as if all below were known.
    return readListings(host, marketplace, { anchors: [], now: context.now });
  });
  if ("stopped" in read) return null;
  await proveLogin(context, account, fence, read);
  return whose(read, { id: loginIdOf(account.login_key) }) === "ours" ? read : null;
};

const tellLate = async (context: WorkerContext, reading: Reading, books: LoginBooks): Promise<void> => {
  for (const { id, event } of lateNews(reading, books))
    await tellPosting(context.db, id, event, randomUUID());
};
