/** Desktop notifications: done, filled and waiting, needs you. One per post or target; a newer one replaces it. */
import { sentenceOf } from "#core/posting/sentences.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow, TargetRow } from "#extension/store/rows.ts";

const POST = "post:";
const JOB = "job:";

type About = Pick<TargetRow, "platform" | "posting"> & { title: string };

export const words = ({ platform, posting, title }: About): { title: string; message: string } => {
  const { name } = marketplaceOf(platform).identity;
  if (posting.state === "done" && posting.listing?.status === "held")
    return {
      title: `Posted on ${name}: in review`,
      message: `${title}: ${name} shows it once it has looked at it.`,
    };
  if (posting.state === "done") return { title: `Listed on ${name}`, message: title };
  if (posting.question?.kind === "ready") return { title: `Ready to publish on ${name}`, message: title };
  const why = posting.ending ? `: ${sentenceOf(posting.ending, name)}` : "";
  return { title: `${name} needs you`, message: `${title}${why}` };
};

const notify = async (id: string, about: About): Promise<void> => {
  const iconUrl = chrome.runtime.getURL("/icon/128.png");
  await chrome.notifications.create(id, { type: "basic", iconUrl, ...words(about) });
};

export const tellPerson = (post: PostRow): Promise<void> =>
  notify(`${POST}${post.id}`, { ...post, title: post.item.title });

/** Of a target that no post of this browser is for: the cloud's. */
export const tellOfTarget = (target: TargetRow, title: string): Promise<void> =>
  notify(`${JOB}${target.jobId}:${target.id}`, { ...target, title });

/** With the last window closed the browser may still run: a page needs one. */
const openPage = async (url: string): Promise<void> => {
  const windows = await chrome.windows.getAll({ windowTypes: ["normal"] });
  if (windows.length === 0) await chrome.windows.create({ url, focused: true });
  else await chrome.tabs.create({ url });
};

const pageFor = async (notificationId: string): Promise<string | null> => {
  if (notificationId.startsWith(JOB)) {
    const [jobId = ""] = notificationId.slice(JOB.length).split(":");
    return chrome.runtime.getURL(`/dashboard.html#/jobs/${jobId}`);
  }
  if (!notificationId.startsWith(POST)) return null;
  const post = await database.posts.get(notificationId.slice(POST.length));
  return post?.posting.listing?.url ?? chrome.runtime.getURL("/dashboard.html#/jobs");
};

/** A press on the notification leads to the listing, or to the question. */
export const onNotificationClicked = async (notificationId: string): Promise<void> => {
  const url = await pageFor(notificationId);
  if (url === null) return;
  await openPage(url);
  await chrome.notifications.clear(notificationId);
};
