/** What lists are made of: all that is under way, however much it is and however old, and of what is over the newest. */
import Dexie from "dexie";
import { TARGET_STATES } from "#core/job/job.ts";
import { FINAL, isFinal } from "#core/posting/index.ts";
import { database } from "#extension/store/database.ts";
import type { JobRow, PostRow, TargetRow } from "#extension/store/rows.ts";

const OPEN = TARGET_STATES.filter((state) => !isFinal({ state }));
const POSTS_OVER = 300;
const NEWEST_JOBS = 200;

export const newestFirst = (a: { createdAt: string }, b: { createdAt: string }): number =>
  b.createdAt.localeCompare(a.createdAt);

export const readOpenPosts = async (): Promise<PostRow[]> =>
  database.posts.where("posting.state").anyOf(OPEN).toArray();

const readPostsOver = async (): Promise<PostRow[]> => {
  const perState = await Promise.all(
    FINAL.map((state) =>
      database.posts
        .where("[posting.state+createdAt]")
        .between([state, Dexie.minKey], [state, Dexie.maxKey])
        .reverse()
        .limit(POSTS_OVER)
        .toArray(),
    ),
  );
  return perState.flat().sort(newestFirst).slice(0, POSTS_OVER);
};

/** Newest first. */
export const readPosts = async (): Promise<PostRow[]> =>
  (await Promise.all([readOpenPosts(), readPostsOver()])).flat().sort(newestFirst);

/** The service's rows that posts of this browser are for, listed or not. */
const readOwnTargetIds = async (): Promise<ReadonlySet<string>> =>
  new Set((await database.posts.orderBy("target.targetId").keys()).map(String));

export type Elsewhere = { jobs: JobRow[]; targets: TargetRow[] };

/** What the service knows of that no post of this browser is for. */
export const readElsewhere = async (): Promise<Elsewhere> => {
  const [own, open, newest] = await Promise.all([
    readOwnTargetIds(),
    database.targets.where("posting.state").anyOf(OPEN).toArray(),
    database.jobs.orderBy("createdAt").reverse().limit(NEWEST_JOBS).toArray(),
  ]);
  const known = new Set(newest.map(({ id }) => id));
  const older = open.filter(({ id, jobId }) => !own.has(id) && !known.has(jobId));
  const found = await database.jobs.bulkGet([...new Set(older.map(({ jobId }) => jobId))]);
  const jobs = [...newest, ...found.flatMap((job) => job ?? [])];
  const targets = await database.targets
    .where("jobId")
    .anyOf(jobs.map(({ id }) => id))
    .toArray();
  return { jobs, targets: targets.filter(({ id }) => !own.has(id)) };
};

/** What may wait for a person: posts of this browser, which may be held up at any step, and others' that stand at a question. */
export const readAsked = async (): Promise<{ posts: PostRow[]; targets: TargetRow[] }> => {
  const [own, posts, targets] = await Promise.all([
    readOwnTargetIds(),
    readOpenPosts(),
    database.targets.where("posting.state").equals("needs_human").toArray(),
  ]);
  const isListing = ({ id, posting }: TargetRow) => posting.action === "list" && !own.has(id);
  return { posts, targets: targets.filter(isListing) };
};
