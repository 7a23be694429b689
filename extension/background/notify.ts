/** Desktop notifications: done, filled and waiting, needs you. One per post; a newer one replaces it. */
import { marketplaceOf } from "#marketplaces/index.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";

const PREFIX = "post:";

const words = (post: PostRow): { title: string; message: string } => {
  const { name } = marketplaceOf(post.platform).identity;
  if (post.state === "done") return { title: `Listed on ${name}`, message: post.item.title };
  if (post.state === "needs_human")
    return { title: `${name} needs you`, message: `${post.item.title}: ${post.stateReason ?? ""}` };
  return { title: `Ready to publish on ${name}`, message: post.item.title };
};

export const tellPerson = async (post: PostRow): Promise<void> => {
  await chrome.notifications.create(`${PREFIX}${post.id}`, {
    type: "basic",
    iconUrl: chrome.runtime.getURL("/icon/128.png"),
    ...words(post),
  });
};

/** A press on the notification leads to the tab, or to the listing. */
export const onNotificationClicked = async (notificationId: string): Promise<void> => {
  if (!notificationId.startsWith(PREFIX)) return;
  const post = await database.posts.get(notificationId.slice(PREFIX.length));
  if (post?.listingUrl) await chrome.tabs.create({ url: post.listingUrl });
  else await chrome.tabs.create({ url: chrome.runtime.getURL("/dashboard.html#/jobs") });
};
