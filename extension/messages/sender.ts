/** Who sent a message, decided from what the browser says about the sender and never from what the message says. */
import { marketplaceOf, CHANNEL_IDS } from "#marketplaces/index.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { covers } from "#core/marketplace/site-url.ts";

export type Sender =
  | { class: "page"; page: string; tabId: number | null; windowId: number | null }
  | { class: "content"; platform: ChannelId; host: string; url: string; tabId: number; windowId: number };

/** The part of chrome.runtime.MessageSender that is looked at. */
export type RawSender = {
  id?: string;
  url?: string;
  origin?: string;
  frameId?: number;
  documentLifecycle?: string;
  tab?: { id?: number; windowId?: number };
};

export const OWN_PAGES = ["popup.html", "sidepanel.html", "dashboard.html"] as const;

const parsed = (url: string | undefined): URL | null =>
  url !== undefined && URL.canParse(url) ? new URL(url) : null;

const platformAt = (host: string): ChannelId | null =>
  CHANNEL_IDS.find((id) =>
    marketplaceOf(id).identity.hostPermissions.some((pattern) => covers(pattern, host)),
  ) ?? null;

/** Null for anybody who is neither one of our pages nor our script in the top frame of a marketplace: they get no answer. */
export const senderOf = (raw: RawSender, extensionId: string): Sender | null => {
  if (raw.id !== extensionId) return null;
  const url = parsed(raw.url);
  if (!url || raw.origin === undefined) return null;
  const tabId = raw.tab?.id ?? null;
  const windowId = raw.tab?.windowId ?? null;
  if (url.protocol === "chrome-extension:") {
    // A frame of ours inside a site would carry our origin too: only whole documents count.
    if (
      raw.origin !== `chrome-extension://${extensionId}` ||
      url.host !== extensionId ||
      (raw.frameId ?? 0) !== 0
    )
      return null;
    const page = url.pathname.slice(1);
    return OWN_PAGES.some((own) => own === page) ? { class: "page", page, tabId, windowId } : null;
  }
  if (url.protocol !== "https:" || raw.origin !== url.origin) return null;
  if (raw.frameId !== 0 || tabId === null || windowId === null) return null;
  if (raw.documentLifecycle !== undefined && raw.documentLifecycle !== "active") return null;
  const platform = platformAt(url.hostname);
  return platform ? { class: "content", platform, host: url.hostname, url: url.href, tabId, windowId } : null;
};
