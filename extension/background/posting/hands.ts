/**
 * A tab of the seller's as the hands of core/host/carry-out.ts. What happened in the site is written down here, with what the
 * service has to hear of it, before anything else is done.
 */
import {
  askAgain,
  drivePhase,
  phaseAsPressed,
  readListings,
  ServiceAway,
  SUBMIT_MS,
  type Hands,
} from "#core/host/index.ts";
import { itemFor } from "#core/marketplace/marketplace.ts";
import type { StepReport } from "#core/plan/plan.ts";
import { lateNews, payloadHash, policyOf, type PostingEvent, type Reading } from "#core/posting/index.ts";
import type { LoginBooks } from "#core/posting/wire.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import { database } from "#extension/store/database.ts";
import { erasePress, hasPressed, lastPress, recordPress } from "#extension/store/presses.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { booksHere } from "./books-here.ts";
import { Ended, endingOf } from "./endings.ts";
import { checkHosts, fillPost, forgetPress, formNow, hostOf, isPressedByHand, loseForm } from "./form.ts";
import { renameLoginLease } from "./login-lease.ts";
import { sendEvent } from "./keeper.ts";
import { isShown, openedAside } from "./post-tab.ts";
import { planOf } from "./post-plan.ts";
import { accountAtService, changePost, loginOf, playHere, readPost } from "./record.ts";
import { reportToService, serviceBooks, tellService } from "./service.ts";
import { tabHost } from "./tab-host.ts";

type Run = {
  post: PostRow;
  fence: number;
  signal: AbortSignal;
};

export const tabHands = ({ post, fence, signal }: Run): Hands => {
  const { id } = post;
  const marketplace = marketplaceOf(post.platform);
  const { identity } = marketplace;
  const policy = policyOf(marketplace);
  let books: LoginBooks | null = null;
  const knownBooks = async (): Promise<LoginBooks> => {
    if (post.keeper === "browser") return (books ??= await booksHere(post));
    books ??= await serviceBooks((await readPost(id)).target?.targetId ?? "");
    if (!books) throw new ServiceAway("Hawker's service was not reached.");
    return books;
  };

  return {
    now: () => Date.now(),
    random: () => Math.random(),
    itemId: post.itemId,
    login: post.login,
    marker: marketplace.markerOf(post.item),
    policy,
    lookMs: policy.lookMs,
    payloadHash: async () => payloadHash((await planOf(id)).plan, post.item),
    async send(event) {
      const answer = await sendEvent(id, await withWhatIsKnownHere(id, event));
      // On record: the page need not tell of it any more, and hears of the next one.
      if (event.kind === "pressed-by-person" || event.kind === "said-no") await forgetPress(id);
      if (event.kind === "ready" && answer?.ok) await changePost(id, { isLost: false });
      return answer;
    },
    books: knownBooks,
    async read(aside, how) {
      signal.throwIfAborted();
      const input = { ...how, now: () => Date.now() };
      // The page a person is looking at stays.
      if (!aside && !(await isShown(await readPost(id))))
        return readListings(await hostOf(id), marketplace, input);
      await checkHosts(post);
      const beside = await openedAside();
      try {
        return await readListings(tabHost(beside.tabId, marketplace, post.item), marketplace, input);
      } finally {
        await beside.close();
      }
    },
    async noteReading(reading) {
      if (reading.login !== null) await learnLogin(id, reading.login, fence);
      const known = await knownBooks();
      for (const late of lateNews(reading, known)) {
        if (post.keeper === "browser") await playHere(late.id, late.event);
        else await tellService(late.id, late.event, crypto.randomUUID());
      }
      if (post.keeper === "service") await noteForThoseHere(await readPost(id), reading);
    },
    async form() {
      signal.throwIfAborted();
      return formNow(id);
    },
    async loseForm() {
      await loseForm(id);
    },
    async fill() {
      signal.throwIfAborted();
      const onStep = ({ progress }: PostRow) => void report(id, fence, { progress });
      const filled = await fillPost(id, { signal, onStep });
      await report(id, fence, { steps: (await readPost(id)).stepReports });
      return filled;
    },
    async press(permit) {
      const { plan, stepReports, byHand } = await planOf(id);
      const end = await drivePhase(await hostOf(id), {
        plan,
        phase: "submit",
        reports: stepReports,
        byHand,
        deadlineMs: SUBMIT_MS,
        permit,
        signal,
      });
      // The page went while the permit was asked for: a person may have been faster.
      const isTheirs = end.kind === "void" && end.why === "page-left" && (await isPressedByHand(id));
      const pressed = isTheirs ? ({ kind: "pressed", by: "person" } as const) : phaseAsPressed(end);
      // A person's is on record first (record.ts). Nothing may fail between a press and its record.
      if (pressed.kind === "pressed" && pressed.by !== "person")
        await changePost(id, { isStanding: false }).catch((error: unknown) =>
          console.warn("That its form was sent could not be kept.", error),
        );
      return pressed;
    },
    async siteAnswer() {
      const { plan, posting } = await planOf(id);
      const known = [...(posting.baseline ?? [])];
      return askAgain(await hostOf(id), plan.frameHost, "outcome", identity.id, policy.outcomeMs, known);
    },
    record: {
      has: (attempt) => hasPressed(id, attempt),
      last: () => lastPress(id),
      write: (attempt) => recordPress(id, attempt, fence),
      erase: (attempt) => erasePress(id, attempt),
    },
    endingOf: (error) => endingOf(error, signal),
  };
};

/** What ended here before the service knew this login is watched for here. */
const noteForThoseHere = async (post: PostRow, reading: Reading): Promise<void> => {
  const known = await booksHere(post);
  for (const { id, event } of lateNews(reading, known))
    if ((await database.posts.get(id))?.keeper === "browser") await playHere(id, event);
};

/** For whoever keeps the books; and which rows were there before a form was filled for a person to press. */
const withWhatIsKnownHere = async (postId: string, event: PostingEvent): Promise<PostingEvent> => {
  if (event.kind !== "found" && event.kind !== "pressed-by-person") return event;
  const post = await readPost(postId);
  return event.kind === "found"
    ? { ...event, record: recordOf(post) }
    : { ...event, baseline: event.baseline ?? post.handBaseline };
};

const recordOf = ({ item, platform }: PostRow) => {
  const { price, title } = itemFor(item, platform);
  return { title, priceMinor: price.amountMinor, currency: price.currency };
};

/** Which login this browser is signed in with there, when nobody knew before a page showed it. */
const learnLogin = async (postId: string, id: string, fence: number): Promise<void> => {
  const post = await readPost(postId);
  if (post.login) return;
  const login = { id, name: id };
  if (
    post.keeper === "browser" &&
    !(await renameLoginLease(loginOf(post), loginOf({ ...post, login }), fence))
  )
    throw new Ended({ code: "busy" });
  await changePost(postId, { login });
  // The service keeps what concerns a login it knows: it is claimed anew, from there (claim-post.ts).
  if (post.keeper === "browser" && (await accountAtService({ ...post, login })))
    throw new Ended({ code: "interrupted" });
};

/** For whoever looks on from elsewhere; nobody waits for it. */
const report = async (
  postId: string,
  fence: number,
  told: { progress?: { percent: number; message: string }; steps?: StepReport[] },
): Promise<void> => {
  const { target, platform, fillMs } = await readPost(postId);
  if (!target) return;
  await reportToService(target.targetId, fence, {
    ...(told.progress ? { progress: told.progress } : {}),
    ...(told.steps ? { report: { marketplace: platform, steps: told.steps, fillMs } } : {}),
  }).catch((error: unknown) => console.info("Progress was not told.", error));
};
