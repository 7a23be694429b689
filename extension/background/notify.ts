/** Desktop notifications: done, filled and waiting, needs you. One per post; a newer one replaces it. */
import { sentenceOf } from "#core/posting/sentences.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";

const PREFIX = "post:";

const words = ({ platform, posting, item }: PostRow): { title: string; message: string } => {
  const { name } = marketplaceOf(platform).identity;
  if (posting.state === "done") return { title: `Listed on ${name}`, message: item.title };
  if (posting.question?.kind === "ready")
    return { title: `Ready to publish on ${name}`, message: item.title };
  const why = posting.ending ? `: ${sentenceOf(posting.ending, name)}` : "";
  return { title: `${name} needs you`, message: `${item.title}${why}` };
};

export const tellPerson = async (post: PostRow): Promise<void> => {
  await chrome.notifications.create(`${PREFIX}${post.id}`, {
    type: "basic",
    iconUrl: chrome.runtime.getURL("/icon/128.png"),
    ...words(post),
  });
};

/** With the last window closed the browser may still run: a page needs one. */
const show = async (url: string): Promise<void> => {
  const windows = await chrome.windows.getAll({ windowTypes: ["normal"] });
  if (windows.length === 0) await chrome.windows.create({ url, focused: true });
  else await chrome.tabs.create({ url });
};

/** A press on the notification leads to the listing, or to the question. */
export const onNotificationClicked = async (notificationId: string): Promise<void> => {
  if (!notificationId.startsWith(PREFIX)) return;
  const post = await database.posts.get(notificationId.slice(PREFIX.length));
  await show(post?.posting.listing?.url ?? chrome.runtime.getURL("/dashboard.html#/jobs"));
  await chrome.notifications.clear(notificationId);
};
