/**
 * Without the service nothing is pressed: it alone knows what other browsers and the cloud did. A form at a login it knows is
 * filled all the same, and the person presses the site's own button; that is noticed (filled-forms.ts), put on record and told later.
 */
import { mayBeFilledForHand, prepareForHand, type ForHand } from "#core/host/index.ts";
import { isAwaited, isFinal, isForPerson, type Ending } from "#core/posting/index.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { readSetting } from "#extension/store/settings.ts";
import { booksHere } from "./books-here.ts";
import { notePress } from "./filled-forms.ts";
import { tabHands } from "./hands.ts";
import { changePost, formStands, playHere, readPost } from "./record.ts";

/** Nobody signed in here is not a service that is down: the person can end it. */
const away = async (filled: boolean): Promise<Ending> => {
  const loggedOut = !(await readSetting("auth"))?.workspaceId;
  return { code: "service-away", filled, ...(loggedOut ? { loggedOut } : {}) };
};

/** Until something happens: the service or the network is back, the person goes on, the tab shows another page. */
const HELD = Infinity;

/** @returns when to try again what may pass by itself; null where nothing waits for the service. */
export const fillForHand = async (post: PostRow, signal: AbortSignal): Promise<number | null> => {
  if (isFinal(post.posting)) return null;
  if (post.posting.state === "needs_human") return isAwaited(post.posting) ? HELD : null;
  // What was pressed is looked for when the service is back; until then its record says how it stands.
  if (post.posting.unsettledAt !== null || isForPerson(post.note)) return HELD;
  if (post.login === null || !mayBeFilledForHand(post.posting)) {
    await changePost(post.id, { note: await away(false) });
    return HELD;
  }
  const { id } = post;
  const told = await prepareForHand(handsOf(post, signal), post.posting, {
    looked: async (handBaseline) => void (await changePost(id, { handBaseline })),
    fills: async () => void (await playHere(id, formStands(await readPost(id)))),
  });
  if (told.kind === "pressed") {
    await notePress(post.id, signal);
    return HELD;
  }
  const note = await noteOf(told);
  // What was cancelled meanwhile waits for nobody.
  await changePost(post.id, ({ posting }) => (isFinal(posting) ? {} : { note }));
  return (told.kind === "ended" ? told.again : null) ?? HELD;
};

/** What this browser knows of the login by itself, where the service would be asked. */
const handsOf = (post: PostRow, signal: AbortSignal) => ({
  ...tabHands({ post, fence: 0, signal }),
  books: () => booksHere(post),
});

const noteOf = async (told: Exclude<ForHand, { kind: "pressed" }>): Promise<Ending> => {
  if (told.kind === "filled") return away(true);
  return told.ending.code === "service-away" ? away(told.ending.filled) : told.ending;
};
