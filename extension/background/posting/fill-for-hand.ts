/**
 * Without the service nothing is pressed: it alone knows what other browsers and the cloud did. A form at a login it knows is
 * filled all the same, and the person presses the site's own button; that is noticed and told later (filled-forms.ts).
 */
import { readListings, type Filled } from "#core/host/index.ts";
import { isFinal, lookBefore, sameLogin, type Ending } from "#core/posting/index.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { booksHere } from "./books-here.ts";
import { endingOf } from "./endings.ts";
import { fillForm, formNow, hostOf } from "./form.ts";
import { changePost } from "./record.ts";

const AGAIN_MS = 30_000;
const FILLED: Ending = { code: "service-away", filled: true };
const NOT_FILLED: Ending = { code: "service-away", filled: false };

/** @returns when to ask for the service again; null where nothing waits for it. */
export const fillForHand = async (post: PostRow, signal: AbortSignal): Promise<number | null> => {
  if (isFinal(post.posting) || post.posting.state === "needs_human") return null;
  // What was pressed is looked for when the service is back; until then its record says how it stands.
  if (post.posting.unsettledAt !== null) return Date.now() + AGAIN_MS;
  const note = await filled(post, signal).catch((error: unknown) => endingOf(error, signal).ending);
  await changePost(post.id, { note });
  return Date.now() + AGAIN_MS;
};

/** Only what nobody can have pressed, as it was heard last. */
const mayBeFilled = ({ posting, login }: PostRow): boolean =>
  login !== null &&
  posting.action === "list" &&
  posting.presses === 0 &&
  ["queued", "claimed", "filling"].includes(posting.state);

const filled = async (post: PostRow, signal: AbortSignal): Promise<Ending> => {
  signal.throwIfAborted();
  if (!mayBeFilled(post)) return NOT_FILLED;
  const form = await formNow(post.id);
  if (form === "filled") return FILLED;
  if (form === "pressed") return { code: "no-answer" }; // filled-forms.ts puts it on record
  const against = form === "none" ? await whatIsThere(post) : null;
  return against ?? asNote(await fillForm(post.id, { signal }));
};

const asNote = (end: Filled): Ending => {
  switch (end.kind) {
    case "filled":
      return FILLED;
    case "pressed":
      return { code: "no-answer" };
    case "stopped":
      return { code: "stop", stop: end.stop.kind };
    case "refused":
      return end.ending;
  }
};

/** What speaks against filling a form for a person to send; null when nothing does. */
const whatIsThere = async (post: PostRow): Promise<Ending | null> => {
  const { id, login, posting, itemId, item } = post;
  const site = marketplaceOf(post.platform);
  const books = await booksHere(post);
  const read = await readListings(await hostOf(id), site, { anchors: [], now: () => Date.now() });
  if ("stopped" in read) return { code: "stop", stop: read.stopped.kind };
  if (!login || read.login === null || !sameLogin(read.login, login.id))
    return { code: "wrong-login", shown: read.login, expected: login?.name ?? "" };
  const before = lookBefore(posting, itemId, site.markerOf(item), read, books);
  switch (before.kind) {
    case "go":
      await changePost(id, { handBaseline: before.baseline });
      return null;
    case "listed":
      return { code: "already-listed" };
    case "incomplete":
      return { code: "list-unreadable", why: before.why };
    case "alike":
    case "twin":
    case "verdict":
      return NOT_FILLED; // a question, and nobody to keep the answer
  }
};
