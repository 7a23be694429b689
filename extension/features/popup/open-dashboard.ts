/** Opens the dashboard at a route, in the tab where it already is when there is one. */
export const openDashboard = async (route: string): Promise<void> => {
  const base = chrome.runtime.getURL("/dashboard.html");
  const contexts = await chrome.runtime.getContexts({ contextTypes: ["TAB"] });
  const open = contexts.find((c) => c.documentUrl?.startsWith(base) && c.tabId > 0);
  if (!open) await chrome.tabs.create({ url: `${base}#${route}` });
  else {
    await chrome.tabs.update(open.tabId, { active: true, url: `${base}#${route}` });
    await chrome.windows.update(open.windowId, { focused: true });
  }
};
