/**
 * The worker as the hands of core/host/carry-out.ts: a page of its browser with the seller's session, and the database as the
 * keeper of the record. Everything that decides anything is in core.
 */
import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import {
  askAgain,
  drivePhase,
  fillForm,
  phaseAsFilled,
  phaseAsPressed,
  readListings,
  ServiceAway,
  standingForm,
  SUBMIT_MS,
  type Hands,
} from "#core/host/index.ts";
import type { Marketplace } from "#core/marketplace/index.ts";
import type { StepReport } from "#core/plan/index.ts";
import {
  EVIDENCE,
  lateNews,
  loginIdOf,
  policyOf,
  type Applied,
  type Ending,
  type PostingEvent,
} from "#core/posting/index.ts";
import type { LoginBooks } from "#core/posting/wire.ts";
import { reportHealth, type AccountRow } from "../data/accounts.ts";
import { loginBooks, tellPosting, type ClaimedPosting } from "../data/postings.ts";
import { pageHost, type PageHost } from "../browser/page-host.ts";
import { newPage } from "../browser/pool.ts";
import type { WorkerContext } from "../worker-context.ts";
import { endingOf, healthOf } from "./endings.ts";
import type { Form } from "./form.ts";
import { proveLogin } from "./prove-login.ts";
import type { Progress } from "./progress.ts";

type RunInput = {
  claimed: ClaimedPosting;
  account: AccountRow;
  marketplace: Marketplace;
  form: Form;
  page: Page;
  progress: Progress;
  signal: AbortSignal;
  /** Grows while the run goes on; stored with the posting. Names fields, never values. */
  report: Record<string, unknown>;
};

export const workerHands = (context: WorkerContext, run: RunInput): Hands => {
  const { claimed, account, marketplace, form, page, progress, signal, report } = run;
  const { place, fence } = claimed;
  const { identity } = marketplace;
  const policy = policyOf(marketplace, context.settleScale);
  const hostOf = (of: Page): PageHost =>
    pageHost({
      page: of,
      bundle: context.bundle,
      photo: (id) => form.photos.read(id),
      cookieUrls: identity.hosts.map((host) => `https://${host}/`),
    });
  const host = hostOf(page);
  const pressed = new Set<number>();
  let steps: StepReport[] = [];
  let books: Promise<LoginBooks> | null = null;
  let baseline: readonly string[] = claimed.posting.baseline ?? [];

  const knownBooks = (): Promise<LoginBooks> => (books ??= loginBooks(context.db, place.id));
  /** Before its owner is asked: what comes next at this login has to know that it is out of order. */
  const tellHealth = async (ending: Ending): Promise<void> => {
    const health = healthOf(ending, account, identity.name, context.now());
    if (health) await reportHealth(context.db, account.id, fence, health);
  };
  const tell = async (event: PostingEvent): Promise<Applied | null> => {
    const recorded =
      event.kind === "found" ? { ...event, record: { ...form.price, title: form.marker.title } } : event;
    if (event.kind === "ask") await tellHealth(event.ending);
    const applied = await told(context, place.id, recorded);
    if (applied?.ok && applied.posting.baseline) baseline = applied.posting.baseline;
    return applied;
  };

  return {
    now: context.now,
    random: context.random,
    itemId: form.item.id,
    login: { id: loginIdOf(account.login_key), name: account.handle },
    marker: form.marker,
    policy,
    lookMs: policy.lookMs,
    payloadHash: () => form.hash,
    send: async (event) => {
      // What was seen or done is true whoever drives by now; only decisions need the run.
      if (!EVIDENCE.includes(event.kind)) signal.throwIfAborted();
      const applied = await tell(event);
      if (event.kind === "fill") context.reach("filling", place.id);
      if (event.kind === "looked") context.reach("looked", place.id);
      if (event.kind === "permit" && applied?.ok) context.reach("permitted", place.id);
      if (event.kind === "found" && applied?.ok) context.reach("recorded", place.id);
      return applied;
    },
    books: knownBooks,
    async read(aside, how) {
      if (claimed.posting.state === "unknown") context.reach("settling", place.id);
      const input = { ...how, now: context.now };
      if (!aside) return readListings(host, marketplace, input);
      const beside = await newPage(page.context());
      try {
        return await readListings(hostOf(beside), marketplace, input);
      } finally {
        await beside.close();
      }
    },
    async noteReading(reading) {
      await proveLogin(context, account, fence, reading);
      const known = await knownBooks();
      for (const { id, event } of lateNews(reading, known)) await told(context, id, event);
    },
    form: () => Promise.resolve(steps.length > 0 ? "filled" : "none"),
    loseForm: () => Promise.resolve(), // nobody sees a form of the cloud's
    async fill() {
      const began = context.now();
      const left = { plan: form.plan, reports: steps };
      const standing = steps.length > 0 ? await standingForm(host, left) : null;
      const end = await fillForm(host, {
        ...left,
        standing,
        signal,
        onStep: (step, at) => progress.onStep(step, at),
      });
      report["steps"] = end.steps;
      report["fillMs"] = context.now() - began;
      const filled = phaseAsFilled(end);
      if (filled.kind === "filled") steps = end.steps;
      await progress.flushed(report);
      context.reach("filled", place.id);
      return filled;
    },
    async press(permit) {
      const end = await drivePhase(host, {
        plan: form.plan,
        phase: "submit",
        reports: steps,
        deadlineMs: SUBMIT_MS,
        permit,
        signal,
      });
      if (end.kind === "pressed") context.reach("pressed", place.id);
      return phaseAsPressed(end);
    },
    async siteAnswer() {
      const seen = await askAgain(host, form.plan.frameHost, "outcome", identity.id, policy.outcomeMs, [
        ...baseline,
      ]);
      context.reach("judged", place.id);
      if (seen.kind === "stopped") report["stop"] = seen.stop;
      return seen;
    },
    // What this process did not press nobody pressed for this claim: whoever comes after it has another one.
    record: {
      has: (attempt) => Promise.resolve(pressed.has(attempt)),
      last: () => Promise.resolve(pressed.size > 0 ? Math.max(...pressed) : null),
      write: (attempt) => Promise.resolve(void pressed.add(attempt)),
      erase: (attempt) => Promise.resolve(void pressed.delete(attempt)),
    },
    endingOf: (error) => endingOf(error, signal.aborted),
  };

  function told(on: WorkerContext, targetId: string, event: PostingEvent): Promise<Applied | null> {
    const eventId = randomUUID();
    return tellPosting(on.db, targetId, event, eventId).catch((error: unknown) => {
      if (!(error instanceof ServiceAway)) throw error;
      on.log.warn({ err: error, targetId, fence, event: event.kind }, "the database was not reached");
      if (EVIDENCE.includes(event.kind)) on.unheard.keep(() => tellPosting(on.db, targetId, event, eventId));
      return null;
    });
  }
};
