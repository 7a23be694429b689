/**
 * What makes this browser signed in at a marketplace: cookies (HttpOnly and partitioned ones too), the named localStorage
 * entries, user agent, language and time zone. Only what the marketplace's account rules name is ever kept; it lives in
 * memory until it is sealed.
 */
import type { Marketplace } from "#core/marketplace/marketplace.ts";
import { filterSession, fromBrowserCookie, type Session } from "#core/session/index.ts";
import {
  askEngine,
  openIn,
  loadedDocument,
  type TabDocument,
} from "#extension/background/posting/tab-document.ts";

export type Captured = { session: Session; handle: string | null };

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
  const { account, identity } = marketplace;
  const { handle, origins } = await inBackgroundTab(async (tabId) => {
    await openIn(tabId, account.handleUrl);
    const document = await loadedDocument(tabId);
    const shown = await askEngine(document, "signedInAs", identity.id);
    const kept: Session["storageState"]["origins"] = [];
    for (const { origin, keys } of account.localStorage) {
      const there = new URL(document.url).origin === origin ? document : await openIn(tabId, origin);
      kept.push({ origin, localStorage: await localStorageIn(there, keys) });
    }
    return { handle: shown, origins: kept };
  });
  const cookies = await cookiesOf(account.cookies.map((rule) => rule.domain));
  const session: Session = {
    storageState: { cookies, origins },
    userAgent: navigator.userAgent,
    locale: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
  return { session: filterSession(session, account), handle };
};

export const isSignedIn = (marketplace: Marketplace, { session }: Captured): boolean => {
  const names = new Set(session.storageState.cookies.map((cookie) => cookie.name));
  return marketplace.account.sessionCookies.every((name) => names.has(name));
};
