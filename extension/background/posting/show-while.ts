/** Some pages only react while they are seen. The tab is shown for as long as one step takes, one tab per turn. */
import { Turns } from "./turns.ts";

const turns = new Turns();

/** Shows the tab when its turn comes; call what it resolves with when the step is over: the tab before comes back. */
export const showWhile = async (tabId: number): Promise<() => Promise<void>> => {
  const release = await turns.take("window");
  try {
    const { windowId } = await chrome.tabs.get(tabId);
    const [before] = await chrome.tabs.query({ windowId, active: true });
    await chrome.tabs.update(tabId, { active: true });
    return async () => {
      if (before?.id !== undefined && before.id !== tabId) {
        await chrome.tabs.update(before.id, { active: true }).catch(() => undefined); // closed meanwhile: nothing to go back to
      }
      release(); // only now: going back would hide the tab whose turn is next
    };
  } catch (error) {
    release();
    throw error;
  }
};
