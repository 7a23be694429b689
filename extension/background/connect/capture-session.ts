/**
 * What makes this browser signed in at a marketplace: cookies (HttpOnly and partitioned ones too), the named localStorage
 * entries, user agent, language and time zone. Only what the marketplace's account rules name is ever kept; it lives in
 * memory until it is sealed.
 */
import { signedIn, type SignedIn } from "#core/host/index.ts";
import type { Marketplace } from "#core/marketplace/marketplace.ts";
import {
  filterSession,
  fromBrowserCookie,
  presentableAs,
  sessionExpiry,
  type Session,
} from "#core/session/index.ts";
import { loadedDocument, openIn, type TabDocument } from "#extension/background/posting/tab-document.ts";
import { tabHost } from "#extension/background/posting/tab-host.ts";

export type Captured = {
  session: Session;
  /** Who the site says is signed in. */
  signedIn: SignedIn | null;
  /** Sentences: what this browser told of itself that no other could use. */
  replaced: string[];
};

const cookiesOf = async (domains: readonly string[]): Promise<Session["storageState"]["cookies"]> => {
  const found = await Promise.all(
    domains.map((domain) => chrome.cookies.getAll({ domain, partitionKey: {} })),
  );
  return found.flat().map(fromBrowserCookie);
};

/** Runs in the page: only the keys asked for leave it. */
const readLocalStorage = (keys: string[] | "*"): { name: string; value: string }[] => {
  const names = keys === "*" ? Object.keys(localStorage) : keys;
  return names.flatMap((name) => {
    const value = localStorage.getItem(name);
    return value === null ? [] : [{ name, value }];
  });
};

const localStorageIn = async (document: TabDocument, keys: readonly string[] | "*") => {
  const [read] = await chrome.scripting.executeScript({
    target: { tabId: document.tabId, documentIds: [document.documentId] },
    func: readLocalStorage,
    args: [keys === "*" ? keys : [...keys]],
  });
  return read?.result ?? [];
};

const inBackgroundTab = async <T>(work: (tabId: number) => Promise<T>): Promise<T> => {
  const tab = await chrome.tabs.create({ url: "about:blank", active: false });
  if (tab.id === undefined) throw new Error("No tab could be opened. Try again.");
  try {
    return await work(tab.id);
  } finally {
    await chrome.tabs.remove(tab.id).catch(() => undefined); // the person closed it first
  }
};

/** @throws Error when a page of the site does not open. */
export const captureSession = async (marketplace: Marketplace): Promise<Captured> => {
  const { account } = marketplace;
  const { shown, origins } = await inBackgroundTab(async (tabId) => {
    const shown = await signedIn(tabHost(tabId, marketplace, null), marketplace);
    const document = await loadedDocument(tabId);
    const kept: Session["storageState"]["origins"] = [];
    for (const { origin, keys } of account.localStorage) {
      const there = new URL(document.url).origin === origin ? document : await openIn(tabId, origin);
      kept.push({ origin, localStorage: await localStorageIn(there, keys) });
    }
    return { shown, origins: kept };
  });
  const cookies = await cookiesOf(account.cookies.map((rule) => rule.domain));
  const { usable, replaced } = presentableAs({
    locale: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const session: Session = {
    storageState: { cookies, origins },
    userAgent: navigator.userAgent,
    ...usable,
  };
  return { session: filterSession(session, account), signedIn: shown, replaced };
};

/**
 * Whether what was captured signs in elsewhere too. A site may show who is signed in and keep that login in IndexedDB or in
 * the tab's own storage, which are not taken: then the cookies that would carry it are missing.
 */
export const carriesLogin = (marketplace: Marketplace, { session }: Captured): boolean => {
  const names = new Set(session.storageState.cookies.map((cookie) => cookie.name));
  return marketplace.account.sessionCookies.every((name) => names.has(name));
};

/** When the login ends by itself, as far as its cookies say. */
export const expiresAt = (marketplace: Marketplace, { session }: Captured): string | null => {
  const seconds = sessionExpiry(session, marketplace.account.sessionCookies);
  return seconds === null ? null : new Date(seconds * 1000).toISOString();
};
