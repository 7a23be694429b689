/**
 * From version 2 of the local database: posts get their record (core/posting), accounts their login. What the service tells of
 * jobs is fetched anew; what is only here stays.
 */
import type { Transaction } from "dexie";
import type { AccountRow, PostingOutboxRow, SyncStateRow } from "./rows.ts";
import { isOpenFence, upgradedPost, type OldFence, type OldPost } from "./upgrade-posts.ts";

/** Tables whose rows are the service's alone, by its names: they are fetched from the start. */
const FETCHED_ANEW = ["listing_jobs", "job_targets", "listing_job_events"];

export const toVersionThree = async (transaction: Transaction): Promise<void> => {
  await nameLogins(transaction);
  await upgradePosts(transaction);
  await Promise.all(["jobs", "targets", "jobEvents"].map((table) => transaction.table(table).clear()));
  await transaction
    .table<SyncStateRow>("syncState")
    .toCollection()
    .modify((state) => {
      state.cursors = Object.fromEntries(
        Object.entries(state.cursors).filter(([table]) => !FETCHED_ANEW.includes(table)),
      );
    });
};

/** Where nothing better is known the name a login is shown by is its id; the service says otherwise with its next answer. */
const nameLogins = (transaction: Transaction): Promise<unknown> =>
  transaction
    .table<AccountRow>("accounts")
    .toCollection()
    .modify((account) => {
      account.loginId ??= account.handle;
    });

const upgradePosts = async (transaction: Transaction): Promise<void> => {
  const posts = transaction.table("posts");
  const [old, fences, accounts] = await Promise.all([
    posts.toArray() as PromiseLike<OldPost[]>,
    transaction.table<OldFence>("submitFences").toArray(),
    transaction.table<AccountRow>("accounts").toArray(),
  ]);
  const pressed = new Set(fences.filter(isOpenFence).map(({ postId }) => postId));
  const now = Date.now();
  for (const one of old) {
    const account = accounts.find(({ id }) => id === one.accountId) ?? null;
    const upgraded = upgradedPost(one, { isPressed: pressed.has(one.id), account, now });
    const { post, tell, listing } = upgraded;
    await posts.put(post);
    if (listing) await transaction.table("listings").put(listing);
    if (!tell) continue;
    const row: Omit<PostingOutboxRow, "seq"> = {
      postId: post.id,
      eventId: crypto.randomUUID(),
      event: tell,
      at: post.updatedAt,
    };
    await transaction.table("postingOutbox").add(row);
  }
};
