/** What the person does in a post's tab: logging in goes on by itself, a press is noticed, closing it is too. */
import { askAgain } from "#core/host/index.ts";
import { database } from "#extension/store/database.ts";
import { answerPost } from "./commands.ts";
import { hostOf } from "./form.ts";
import { changePost } from "./record.ts";
import { isRunning, schedulePosts } from "./scheduler.ts";

const postsIn = (tabId: number) => database.posts.where("tabId").equals(tabId).toArray();

/** A page came in a post's tab. */
export const onTabLoaded = async (tabId: number): Promise<void> => {
  const posts = await postsIn(tabId);
  for (const post of posts) {
    const { id, platform, posting } = post;
    const { ending, question } = posting;
    if (ending?.code !== "stop" || ending.stop !== "login" || !question || isRunning(id)) continue;
    try {
      const host = await hostOf(id);
      const stop = await askAgain(host, undefined, "stopSign", platform);
      const signedIn = stop === null && (await askAgain(host, undefined, "signedInAs", platform)) !== null;
      if (signedIn) await answerPost(id, question.number, { kind: "go-on" });
    } catch (error) {
      console.info("This page says nothing about the login.", error);
    }
  }
  // A form that was watched may have been pressed.
  if (posts.some(({ isStanding }) => isStanding)) await schedulePosts();
};

export const onTabClosed = async (tabId: number): Promise<void> => {
  for (const post of await postsIn(tabId)) {
    if (isRunning(post.id)) continue; // its run notices by itself
    const { state } = post.posting;
    const isOpen = state !== "done" && state !== "failed" && state !== "cancelled";
    await changePost(post.id, {
      tabId: null,
      isStanding: false,
      ...(isOpen && post.isStanding ? { note: { code: "tab-closed" } } : {}),
    });
  }
};
