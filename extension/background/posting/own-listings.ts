/** Reads the account's own listings in the post's tab, and checks who is signed in there. */
import { DocumentGone } from "#core/host/index.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import type { ListingRow } from "#core/plan/page-protocol.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { NeedsPerson, stopped } from "./problems.ts";
import { askEngine, loadedDocument, openIn } from "./tab-document.ts";

const LIST_MS = 10_000;
const TRIES = 3;

const plain = (handle: string): string => handle.replace(/^@/, "").trim().toLowerCase();

const checkAccount = async (post: PostRow, shown: string | null): Promise<void> => {
  const account = post.accountId ? await database.accounts.get(post.accountId) : undefined;
  if (!account || shown === null || plain(shown) === plain(account.handle)) return;
  const site = marketplaceOf(post.platform).identity.name;
  throw new NeedsPerson(
    "login",
    `${site} is signed in as ${shown}, this post is for ${account.handle}. Change the account in the tab, then press Continue.`,
  );
};

/** @throws NeedsPerson on login, captcha and block pages, and when another account is signed in. */
export const readOwnListings = async (post: PostRow & { tabId: number }): Promise<ListingRow[]> => {
  const { identity, account } = marketplaceOf(post.platform);
  const [first] = account.listings;
  await openIn(post.tabId, first.url);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const top = await loadedDocument(post.tabId);
      const stop = await askEngine(top, "stopSign", identity.id);
      if (stop) throw stopped(stop, identity.name);
      await checkAccount(post, await askEngine(top, "signedInAs", identity.id));
      const document = first.frameHost
        ? await loadedDocument(post.tabId, { frameHost: first.frameHost })
        : top;
      const input = { anchors: [], deadlineMs: LIST_MS };
      const { rows, why } = await askEngine(document, "readListings", identity.id, first.name, input);
      if (rows.length > 0) return rows;
      const late = await askEngine(document, "stopSign", identity.id);
      if (late) throw stopped(late, identity.name);
      if (why.length > 0) throw new Error(`Your listings on ${identity.name} could not be read.`);
      return rows;
    } catch (error) {
      if (!(error instanceof DocumentGone) || attempt >= TRIES) throw error; // it redirected: read what came
    }
  }
};
