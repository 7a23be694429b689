/** Posts in tabs of this browser and postings of other browsers and the cloud under one roof: what a list shows of each. */
import { useLiveQuery } from "dexie-react-hooks";
import type { Item } from "#core/item/item.ts";
import type { Driver, Mode, TargetState } from "#core/job/job.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { isBeforePress, isFinal, isForPerson, type Ending, type Posting } from "#core/posting/index.ts";
import { cancelSentence, sentenceOf } from "#core/posting/sentences.ts";
import { database } from "#extension/store/database.ts";
import { pageToOpen } from "#extension/store/page-to-open.ts";
import type { PostRow, TargetRow } from "#extension/store/rows.ts";
import { channelName } from "#extension/ui/channel-tile.tsx";
import type { ShownState } from "#extension/ui/state-badge.tsx";
import { isEditedAfter, isEditedSince } from "./edited-since.ts";
import { words } from "./words.ts";
import { newestFirst, readAsked, readElsewhere, readPosts, type Elsewhere } from "./read-postings.ts";

export type Run = {
  id: string;
  title: string;
  photoId: string | undefined;
  itemId: string | null;
  driver: Driver;
  /** It is carried out in tabs of this browser. */
  isHere: boolean;
  mode: Mode;
  createdAt: string;
  runAt: string | null;
  jobId: string | null;
  lines: Line[];
};
export type Line = {
  id: string;
  /** Set when it is a post of this browser. */
  postId: string | null;
  /** Set when the service has a row for it. */
  targetId: string | null;
  platform: ChannelId;
  handle: string | null;
  posting: Posting;
  state: ShownState;
  /** The bare state, for tests and styles. */
  raw: TargetState;
  percent: number;
  message: string;
  /** Why it is where it is, in a sentence. */
  reason: string | null;
  /** What keeps it from going on; a question's reason is shown with the question. */
  why: Ending | null;
  url: string | null;
  settled: boolean;
  /** The item was edited after posting began: what goes out, or stands there, is how it was then. */
  isEdited: boolean;
  /** There is a page to bring to the person: its tab, or the lists that a question is about. */
  opens: boolean;
  /** It goes on in this browser when the person says so. */
  isHeld: boolean;
  /** What consent given on this line is for; null where the item as it was at the start is meant. */
  shown: Pick<PostRow, "plan" | "item"> | null;
};

/** Its keeper was not reached, and what it met meanwhile is the person's to put right. */
const isHeld = (posting: Posting, note: Ending | null): boolean =>
  isForPerson(note) && isBeforePress(posting);

type Here = Pick<PostRow, "paused" | "note">;

const shownState = (posting: Posting, { paused, note }: Here): ShownState => {
  if (isFinal(posting))
    return posting.state === "done" && posting.listing?.status === "held" ? "in_review" : posting.state;
  if (paused || posting.ending?.code === "paused") return "paused";
  if (isHeld(posting, note)) return "needs_human";
  if (note?.code === "service-away" && isBeforePress(posting)) return "queued"; // nothing moves meanwhile
  return posting.question?.kind === "ready" ? "ready" : posting.state;
};

export const shownPost = ({ posting, ...here }: Pick<PostRow, "posting" | "paused" | "note">): ShownState =>
  shownState(posting, here);

export const shownTarget = ({ posting }: Pick<TargetRow, "posting">): ShownState =>
  shownState(posting, { paused: false, note: null });

type About = Pick<
  Line,
  | "id"
  | "postId"
  | "targetId"
  | "platform"
  | "handle"
  | "posting"
  | "state"
  | "message"
  | "isEdited"
  | "shown"
> & {
  percent: number;
  note: Ending | null;
  tabId: number | null;
};

const reasonOf = (posting: Posting, why: Ending | null, site: string): string | null => {
  if (posting.cancelAsked && !isFinal(posting)) return cancelSentence(posting, why, site);
  // A person put the question off: what was said then is no news, and when it is asked again is.
  if (posting.state === "unknown" && posting.quietUntil !== null && posting.quietUntil > Date.now())
    return words.putOff(site, posting.quietUntil);
  return why ? sentenceOf(why, site) : null;
};

const lineOf = ({ note, percent, tabId, ...line }: About): Line => {
  const { posting, platform } = line;
  const isDone = posting.state === "done";
  const why = isDone ? null : (note ?? posting.ending);
  return {
    ...line,
    raw: posting.state,
    message: line.state === "ready" ? words.ready(posting.driver) : line.message,
    percent: isDone ? 100 : percent,
    why,
    reason: reasonOf(posting, why, channelName(platform)),
    url: posting.listing?.url ?? posting.sign?.url ?? null,
    settled: isFinal(posting),
    opens: pageToOpen({ posting, tabId, note }) !== null,
    isHeld: isHeld(posting, note),
  };
};

/** @param item as it is now. */
export const lineOfPost = (post: PostRow, handle: string | null, item?: Item): Line => {
  const { posting } = post;
  return lineOf({
    id: post.id,
    postId: post.id,
    targetId: post.target?.targetId ?? null,
    platform: post.platform,
    handle: handle ?? post.login?.name ?? null,
    posting,
    state: shownPost(post),
    percent: post.progress.percent,
    message: post.progress.message,
    note: post.note,
    isEdited: item !== undefined && isEditedSince(post.item, item, post.platform),
    shown: { plan: post.plan, item: post.item },
    tabId: post.tabId,
  });
};

const lineOfTarget = (target: TargetRow, handle: string | null, isEdited: boolean): Line =>
  lineOf({
    id: target.id,
    postId: null,
    targetId: target.id,
    platform: target.platform,
    handle,
    posting: target.posting,
    state: shownTarget(target),
    percent: target.progress.percent,
    message: target.progress.message,
    note: null,
    isEdited,
    shown: null,
    tabId: null,
  });

const photoOf = (item: Item | undefined) => item?.photos[0]?.id;
/** One press of a button starts posts of several sites. */
const TOGETHER_MS = 5_000;

type Known = { handles: ReadonlyMap<string, string>; items: ReadonlyMap<string, Item> };

const runsHere = (posts: readonly PostRow[], { handles, items }: Known): Run[] => {
  const byItem = new Map<string, Run[]>();
  for (const post of posts) {
    const line = lineOfPost(
      post,
      (post.accountId && handles.get(post.accountId)) || null,
      items.get(post.itemId),
    );
    const at = Date.parse(post.createdAt);
    const ofItem = byItem.get(post.itemId) ?? [];
    byItem.set(post.itemId, ofItem);
    const together = ofItem.find((run) => Math.abs(Date.parse(run.createdAt) - at) < TOGETHER_MS);
    if (together) together.lines.push(line);
    else
      ofItem.push({
        id: post.id,
        title: post.item.title,
        photoId: photoOf(post.item),
        itemId: post.itemId,
        driver: "tab",
        isHere: true,
        mode: post.posting.mode,
        createdAt: post.createdAt,
        runAt: null,
        jobId: post.target?.jobId ?? null,
        lines: [line],
      });
  }
  return [...byItem.values()].flat();
};

const runsElsewhere = ({ jobs, targets }: Elsewhere, { handles, items }: Known): Run[] => {
  const byJob = Map.groupBy(targets, ({ jobId }) => jobId);
  return jobs
    .filter((job) => job.action === "list")
    .flatMap((job) => {
      const item = job.itemId ? items.get(job.itemId) : undefined;
      const isEdited = item !== undefined && isEditedAfter(item, job.createdAt);
      const lines = (byJob.get(job.id) ?? []).map((target) =>
        lineOfTarget(target, handles.get(target.accountId) ?? null, isEdited),
      );
      if (lines.length === 0) return [];
      return [
        {
          id: job.id,
          title: item?.title ?? "An item no longer here",
          photoId: photoOf(item),
          itemId: job.itemId,
          driver: job.driver,
          isHere: false,
          mode: job.mode,
          createdAt: job.createdAt,
          runAt: job.runAt,
          jobId: job.id,
          lines,
        },
      ];
    });
};

const readRuns = async (): Promise<Run[]> => {
  const [posts, elsewhere, accounts] = await Promise.all([
    readPosts(),
    readElsewhere(),
    database.accounts.toArray(),
  ]);
  const ids = new Set([...posts, ...elsewhere.jobs].flatMap(({ itemId }) => itemId ?? []));
  const found = await database.items.bulkGet([...ids]);
  const known: Known = {
    handles: new Map(accounts.map(({ id, handle }) => [id, handle])),
    items: new Map(found.flatMap((item) => (item ? [[item.id, item] as const] : []))),
  };
  const runs = [...runsHere(posts, known), ...runsElsewhere(elsewhere, known)];
  for (const run of runs) run.lines.sort((a, b) => a.platform.localeCompare(b.platform));
  return runs.sort(newestFirst);
};

/** A person has to say or do something. Counted by post, in the rail, the popup and the filter alike. */
export const waitsForPerson = ({ state }: Pick<Line, "state">): boolean =>
  state === "needs_human" || state === "ready";

const countWaiting = async (): Promise<number> => {
  const { posts, targets } = await readAsked();
  const states = [...posts.map(shownPost), ...targets.map(shownTarget)];
  return states.filter((state) => waitsForPerson({ state })).length;
};

/** How many wait for the person; undefined until read. */
export const useWaiting = (): number | undefined => useLiveQuery(countWaiting, []);

/** All runs, newest first; undefined until read. */
export const useRuns = (): Run[] | undefined => useLiveQuery(readRuns, []);
