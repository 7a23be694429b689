/** Posts in tabs and targets in the cloud under one roof: what a list shows of each. */
import { useLiveQuery } from "dexie-react-hooks";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import type { Item } from "#core/item/item.ts";
import type { Driver, Mode, TargetState } from "#core/job/job.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import type { ShownState } from "#extension/ui/state-badge.tsx";

export type Run = {
  id: string;
  title: string;
  photoId: string | undefined;
  itemId: string | null;
  driver: Driver;
  mode: Mode;
  createdAt: string;
  runAt: string | null;
  jobId: string | null;
  lines: Line[];
};
export type Line = {
  id: string;
  postId: string | null;
  platform: ChannelId;
  handle: string | null;
  state: ShownState;
  /** The bare state, for tests and styles. */
  raw: TargetState;
  percent: number;
  message: string;
  reason: string | null;
  url: string | null;
  settled: boolean;
};

export const shownState = (post: Pick<PostRow, "state" | "phase" | "paused">): ShownState =>
  post.paused && !["done", "failed", "cancelled"].includes(post.state)
    ? "paused"
    : post.phase === "ready" && post.state === "filling"
      ? "ready"
      : post.state;

export const isOver = (state: TargetState): boolean =>
  state === "done" || state === "failed" || state === "cancelled";

export const lineOfPost = (post: PostRow, handle: string | null): Line => ({
  id: post.id,
  postId: post.id,
  platform: post.platform,
  handle,
  state: shownState(post),
  raw: post.state,
  percent: post.state === "done" ? 100 : post.progress.percent,
  message: post.progress.message,
  reason: post.stateReason,
  url: post.listingUrl,
  settled: isOver(post.state),
});

const photoOf = (item: Item | undefined) => item?.photos[0]?.id;

const readRuns = async (): Promise<Run[]> => {
  const [posts, jobs, targets, accounts] = await Promise.all([
    database.posts.orderBy("createdAt").reverse().limit(300).toArray(),
    database.jobs.orderBy("createdAt").reverse().limit(200).toArray(),
    database.targets.toArray(),
    database.accounts.toArray(),
  ]);
  const handles = new Map(accounts.map((a) => [a.id, a.handle]));
  const runs: Run[] = [];
  for (const post of posts) {
    const line = lineOfPost(post, (post.accountId && handles.get(post.accountId)) || null);
    // Posts of one item started together are one run: they were one press of a button.
    const together = runs.find(
      (r) =>
        r.itemId === post.itemId && Math.abs(Date.parse(r.createdAt) - Date.parse(post.createdAt)) < 5_000,
    );
    if (together) {
      together.lines.push(line);
      continue;
    }
    runs.push({
      id: post.id, title: post.item.title, photoId: photoOf(post.item), itemId: post.itemId, driver: "tab", mode: post.mode,
      createdAt: post.createdAt, runAt: null, jobId: null, lines: [line],
    }); // prettier-ignore
  }
  const items = await database.items.bulkGet(jobs.flatMap((j) => j.itemId ?? []));
  const byId = new Map(items.flatMap((i) => (i ? [[i.id, i] as const] : [])));
  for (const job of jobs) {
    if (job.action !== "list" || job.driver !== "cloud") continue;
    const item = job.itemId ? byId.get(job.itemId) : undefined;
    runs.push({
      id: job.id, title: item?.title ?? "An item no longer here", photoId: photoOf(item), itemId: job.itemId, driver: "cloud", mode: job.mode,
      createdAt: job.createdAt, runAt: job.runAt, jobId: job.id,
      lines: targets.filter((t) => t.jobId === job.id).map((t) => ({
        id: t.id, postId: null, platform: t.platform, handle: handles.get(t.accountId) ?? null, state: t.state, raw: t.state,
        percent: t.state === "done" ? 100 : (t.progress?.percent ?? 0), message: t.progress?.message ?? "", reason: t.stateReason,
        url: t.listingUrl, settled: isOver(t.state),
      })),
    }); // prettier-ignore
  }
  for (const run of runs) run.lines.sort((a, b) => a.platform.localeCompare(b.platform));
  return runs.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
};

/** All runs, newest first; undefined until read. */
export const useRuns = (): Run[] | undefined => useLiveQuery(readRuns, []);
