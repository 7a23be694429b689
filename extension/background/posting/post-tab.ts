/** The tab a post is filled in: in the background of the window the person uses, never discarded, reused after a restart. */
import { BrowserGone } from "#core/host/index.ts";
import { covers } from "#core/marketplace/site-url.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
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

const found = async (tabId: number | null): Promise<chrome.tabs.Tab | null> => {
  if (tabId === null) return null;
  try {
    return await chrome.tabs.get(tabId);
  } catch {
    return null; // closed
  }
};

export const isTabOpen = async ({ tabId }: PostRow): Promise<boolean> => (await found(tabId)) !== null;

/**
 * Open, and at its site. In a tab where the person went on to something of their own, nothing is opened and nothing is closed.
 * Chrome shows the address only of sites that Hawker may work on.
 */
export const hasTab = async ({ tabId, platform }: PostRow): Promise<boolean> => {
  const tab = await found(tabId);
  const address = tab?.url || tab?.pendingUrl;
  if (!address || !URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return marketplaceOf(platform).identity.hostPermissions.some((pattern) => covers(pattern, hostname));
};

/** The post's own tab, opened when it has none. */
export const tabOf = async (post: PostRow): Promise<PostRow & { tabId: number }> => {
  if (post.tabId !== null && (await hasTab(post))) return { ...post, tabId: post.tabId };
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

/** Whether it is the one shown in its window. */
export const isShown = async ({ tabId }: PostRow): Promise<boolean> => (await found(tabId))?.active ?? false;

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
