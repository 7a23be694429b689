/** What the cloud asks: the person hears of each question once. Of posts in tabs the scheduler tells. */
import type { PostRow, TargetRow } from "#extension/store/rows.ts";
import { database } from "#extension/store/database.ts";
import { readSetting, writeSetting } from "#extension/store/settings.ts";
import { tellOfTarget } from "./notify.ts";

/** The number of the question a person was told of last, by target. */
type ToldOf = Record<string, number>;

/** Asked about an item, and by nobody who tells of it in a browser of their own. A check of an account says it on its card. */
const isAsking = ({ posting }: TargetRow): boolean =>
  posting.action === "list" &&
  posting.question !== null &&
  posting.state === "needs_human" &&
  (posting.driver === "cloud" || posting.question.kind === "stuck");

/** @returns what to tell now, and what was told by then: only of questions that are still open. */
export function untold(
  targets: readonly TargetRow[],
  posts: readonly Pick<PostRow, "target">[],
  toldOf: ToldOf,
): { tell: TargetRow[]; toldOf: ToldOf } {
  const here = new Set(posts.map(({ target }) => target?.targetId));
  const asking = targets.filter((target) => isAsking(target) && !here.has(target.id));
  return {
    tell: asking.filter(({ id, posting }) => toldOf[id] !== posting.question?.number),
    toldOf: Object.fromEntries(asking.map(({ id, posting }) => [id, posting.question?.number ?? 0])),
  };
}

export const tellOfTargets = async (): Promise<void> => {
  const [targets, posts, known] = await Promise.all([
    database.targets.toArray(),
    database.posts.toArray(),
    readSetting("toldOf"),
  ]);
  const { tell, toldOf } = untold(targets, posts, known ?? {});
  for (const target of tell) {
    const { itemId } = target.posting;
    const item = itemId ? await database.items.get(itemId) : undefined;
    await tellOfTarget(target, item?.title ?? "An item no longer here");
  }
  await writeSetting("toldOf", toldOf);
};
