/**
 * This start of this browser, by a name of its own: who holds a lease is not a machine but one run of it. A copied profile has
 * the same device id and another start; a woken service worker has the same start.
 */
import { timesAnew } from "#core/posting/index.ts";
import { deviceId } from "#extension/background/connect/device.ts";
import { database } from "#extension/store/database.ts";
import { sessionNow } from "./session-clock.ts";

const KEY = "start";

let known: Promise<string> | null = null;

const read = async (): Promise<string> => {
  const stored = (await chrome.storage.session.get(KEY))[KEY] as string | undefined;
  if (stored) return stored;
  await forgetOldStart();
  const made = crypto.randomUUID();
  await chrome.storage.session.set({ [KEY]: made });
  return made;
};

/**
 * The tabs of an earlier start are gone, and their numbers name others now. Nobody knows how long the browser was closed: what
 * this browser keeps the time of counts anew.
 */
const forgetOldStart = async (): Promise<void> => {
  const now = await sessionNow();
  await database.transaction("rw", database.posts, database.loginLeases, async () => {
    await database.loginLeases.clear();
    await database.posts.toCollection().modify((post) => {
      // Its line offers the form to be filled again, where it offered what stood there to be published.
      if (post.isStanding && post.posting.question?.kind === "ready") post.note = { code: "tab-closed" };
      post.tabId = null;
      post.isStanding = false;
      if (post.keeper === "browser") post.posting = timesAnew(post.posting, now);
    });
  });
};

/** Stays the same until the browser is closed. */
export const browserStart = (): Promise<string> => (known ??= read());

/** As the service knows whoever drives from here. */
export const holder = async (): Promise<string> => `tab:${await deviceId()}:${await browserStart()}`;
