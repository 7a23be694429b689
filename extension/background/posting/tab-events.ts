/** What the person does in a post's tab: logging in goes on by itself, closing it is noticed. */
import { marketplaceOf } from "#marketplaces/index.ts";
import { database } from "#extension/store/database.ts";
import { resumePost } from "./commands.ts";
import { takePost } from "./post-store.ts";
import { isRunning, schedulePosts } from "./scheduler.ts";
import { askEngine, loadedDocument } from "./tab-document.ts";

const postsIn = (tabId: number) => database.posts.where("tabId").equals(tabId).toArray();

/** A page came in a tab whose post waits for a login: when the site no longer asks for one, go on. */
export const onTabLoaded = async (tabId: number): Promise<void> => {
  for (const post of await postsIn(tabId)) {
    if (post.state !== "needs_human" || post.handoff !== "login" || isRunning(post.id)) continue;
    try {
      const document = await loadedDocument(tabId, { ms: 5_000 });
      const stop = await askEngine(document, "stopSign", post.platform);
      const signedIn = stop === null && (await askEngine(document, "signedInAs", post.platform)) !== null;
      if (signedIn) await resumePost(post.id);
    } catch (error) {
      console.info("This page says nothing about the login.", error);
    }
  }
};

export const onTabClosed = async (tabId: number): Promise<void> => {
  for (const post of await postsIn(tabId)) {
    if (isRunning(post.id)) continue; // its run notices by itself
    const { name } = marketplaceOf(post.platform).identity;
    await takePost(post.id, (row) => {
      const waiting = row.state === "filling" && row.phase === "ready";
      const reason = `The ${name} tab was closed before the post was finished. Press Continue to open it again.`;
      return {
        tabId: null,
        documentId: null,
        ...(waiting
          ? { state: "needs_human" as const, handoff: "tab-closed" as const, stateReason: reason }
          : {}),
      };
    });
  }
  await schedulePosts();
};
