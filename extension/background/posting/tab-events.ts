/** What the person does in a post's tab: logging in goes on by itself, a press is noticed, closing it is too. */
import { askAgain } from "#core/host/index.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { browserStart } from "./browser-start.ts";
import { resumePost } from "./commands.ts";
import { formGone, isInTheirHands } from "./filled-forms.ts";
import { hostOf } from "./form.ts";
import { hasTab } from "./post-tab.ts";
import { changePost } from "./record.ts";
import { isRunning, schedulePosts } from "./scheduler.ts";

/** Another start of the browser had other tabs under the same numbers. */
const postsIn = async (tabId: number): Promise<PostRow[]> => {
  await browserStart();
  return database.posts.where("tabId").equals(tabId).toArray();
};

/** A page came in a post's tab. */
export const onTabLoaded = async (tabId: number): Promise<void> => {
  const posts = await postsIn(tabId);
  for (const post of posts) {
    const { id, platform, posting } = post;
    const { question } = posting;
    const why = question ? posting.ending : post.note;
    if (!(await hasTab(post))) {
      // From a log-in people come back; a run that has just opened the tab is on its way to the site.
      if (why?.code !== "stop" && !isRunning(id)) await leaveTab(id, tabId, "form-left");
      continue;
    }
    if (why?.code !== "stop" || why.stop !== "login" || isRunning(id)) continue;
    try {
      const host = await hostOf(id);
      const stop = await askAgain(host, undefined, "stopSign", platform);
      const signedIn = stop === null && (await askAgain(host, undefined, "signedInAs", platform)) !== null;
      if (!signedIn) continue;
      await resumePost(id, question?.number ?? null);
    } catch (error) {
      console.info("This page says nothing about the login.", error);
    }
  }
  // A form that was watched may have been pressed.
  if (posts.some(isInTheirHands)) await schedulePosts();
};

/** While a run is at it, the run says what became of its form, or leaves it standing and the watch finds no tab. */
export const onTabClosed = async (tabId: number): Promise<void> => {
  for (const { id } of await postsIn(tabId)) await leaveTab(id, tabId, "tab-closed");
};

/** It is the post's no more: closed, or the person's own. */
const leaveTab = (postId: string, tabId: number, why: "tab-closed" | "form-left"): Promise<PostRow> =>
  changePost(postId, (post) => {
    if (post.tabId !== tabId) return {}; // another one was opened for it
    return { tabId: null, ...(isRunning(postId) ? {} : formGone(post, why)) };
  });
