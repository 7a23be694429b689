/** The tab a post is filled in: in the background of the window the person uses, never discarded, reused after a restart. */
import { BrowserGone } from "#core/host/index.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { changePost } from "./record.ts";

const windowForTabs = async (): Promise<number | undefined> => {
  const windows = await chrome.windows.getAll({ windowTypes: ["normal"] });
  const focused = windows.find((window) => window.focused) ?? windows[0];
  return focused?.id;
};

const openTab = async (): Promise<number> => {
  const windowId = await windowForTabs();
  if (windowId === undefined) {
    const made = await chrome.windows.create({ focused: false, url: "about:blank" });
    const tab = made?.tabs?.[0];
    if (tab?.id === undefined) throw new BrowserGone("No window could be opened.");
    return tab.id;
  }
  const tab = await chrome.tabs.create({ windowId, active: false, url: "about:blank" });
  if (tab.id === undefined) throw new BrowserGone("No tab could be opened.");
  return tab.id;
};

const exists = async (tabId: number | null): Promise<boolean> => {
  if (tabId === null) return false;
  try {
    await chrome.tabs.get(tabId);
    return true;
  } catch {
    return false; // closed
  }
};

/** The post's own tab, opened when it has none. */
export const tabOf = async (post: PostRow): Promise<PostRow & { tabId: number }> => {
  if (post.tabId !== null && (await exists(post.tabId))) return { ...post, tabId: post.tabId };
  const tabId = await openTab();
  const changed = await changePost(post.id, { tabId, isStanding: false });
  // A discarded tab forgets what was filled.
  await chrome.tabs.update(tabId, { autoDiscardable: false });
  return { ...changed, tabId };
};

/** A tab for a look beside the one where the form stands. */
export const openedAside = async (): Promise<{ tabId: number; close: () => Promise<void> }> => {
  const tabId = await openTab();
  return { tabId, close: () => chrome.tabs.remove(tabId).catch(() => undefined) }; // closed by the person already
};

export const hasTab = (post: PostRow): Promise<boolean> => exists(post.tabId);

/** Whether it is the one shown in its window. */
export const isShown = async ({ tabId }: PostRow): Promise<boolean> =>
  (await exists(tabId)) && (await chrome.tabs.get(tabId!)).active;

/** Unless the person is looking at it. */
export const closeTab = async (post: PostRow): Promise<void> => {
  if ((await hasTab(post)) && !(await isShown(post))) await chrome.tabs.remove(post.tabId!);
};

/** Brings the tab to the person. @throws BrowserGone */
export const showTab = async (post: PostRow): Promise<void> => {
  if (!(await hasTab(post))) throw new BrowserGone("This tab was closed. Press Continue to open it again.");
  const tab = await chrome.tabs.update(post.tabId!, { active: true });
  if (tab) await chrome.windows.update(tab.windowId, { focused: true });
};
