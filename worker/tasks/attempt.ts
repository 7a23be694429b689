/** What one run of a target knows: read once after the claim, handed to each part of the story. */
import type { Item } from "#core/item/index.ts";
import type { Marketplace } from "#core/marketplace/index.ts";
import { readAccount, type AccountRow } from "../data/accounts.ts";
import { readJob, targetWriter, type Claim, type TargetRow, type TargetWriter } from "../data/targets.ts";
import { withSellerPage, type LeftOut } from "../browser/context.ts";
import { pageHost, type PageHost } from "../browser/page-host.ts";
import { SessionRefusedError, withAccountSession } from "../sessions/open-account-session.ts";
import { checkHandle, StoppedError } from "../listings/read-own-listings.ts";
import type { WorkerContext } from "../worker-context.ts";

export type Attempt = {
  target: TargetRow;
  account: AccountRow;
  marketplace: Marketplace;
  item: Item | null;
  mode: "review" | "publish";
  again: boolean;
  writer: TargetWriter;
  /** Grows while the run goes on; stored with every ending. Names fields, never values. */
  report: Record<string, unknown>;
  signal: AbortSignal;
};

export const readAttempt = async (
  context: WorkerContext,
  claim: Extract<Claim, { claimed: true }>,
  signal: AbortSignal,
): Promise<Attempt> => {
  const { target, fence } = claim;
  const [account, job] = await Promise.all([
    readAccount(context.db, target.account_id),
    readJob(context.db, target.job_id),
  ]);
  // The foreign keys say that it is there.
  if (!account) throw new Error(`Target ${target.id} names an account that is not there.`);
  return {
    target,
    account,
    marketplace: context.marketplaces[target.platform],
    item: job.item,
    mode: job.mode,
    again: job.again,
    writer: targetWriter(context.db, target.id, fence),
    report: { ...target.report, marketplace: target.platform, steps: [] },
    signal,
  };
};

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

/** @throws SessionRefusedError when the login itself could not be given to the browser. */
const tellLeftOut = async (
  { cookies, missing, replaced }: LeftOut,
  { marketplace, writer, report }: Pick<Attempt, "marketplace" | "report"> & { writer: TargetWriter | null },
): Promise<void> => {
  const lost = marketplace.account.sessionCookies.filter((name) => missing.includes(name));
  if (lost.length > 0)
    throw new SessionRefusedError(
      "cookie-refused",
      `The cloud's browser does not take the sign-in cookie ${quoted(lost)} of this session. Log in on ${marketplace.identity.name} anew and connect this account again, or post from your own tabs.`,
    );
  const sentences = [...replaced];
  if (cookies.length > 0)
    sentences.push(`The cloud's browser does not take the cookie ${quoted(cookies)}; it was left out.`);
  if (sentences.length === 0) return;
  report["leftOut"] = { cookies, replaced };
  for (const sentence of sentences) await writer?.say(sentence, { cookies }, "warn");
};

/** A session does not end by itself this soon after it was taken from a browser that was logged in with it. */
const FRESH_MS = 3_600_000;

/** A login asked for, of a session that was never used from here: it may have ended, or be that browser's alone. */
const notTaken = (
  error: unknown,
  { account, marketplace }: Pick<Attempt, "account" | "marketplace">,
  now: number,
): SessionRefusedError | null => {
  if (!(error instanceof StoppedError) || error.stop.kind !== "login" || account.replay !== "unknown")
    return null;
  const { name } = marketplace.identity;
  const age = account.captured_at === null ? NaN : now - Date.parse(account.captured_at);
  if (age < FRESH_MS)
    return new SessionRefusedError(
      "not-replayed",
      `${name} asked the cloud to log in although this login was taken from your browser just now: it cannot be used from the cloud. Post from your own tabs.`,
      { status: "needs_human", replay: "no" },
    );
  return new SessionRefusedError(
    "never-replayed",
    `${name} asked the cloud to log in. Either this login has ended, or ${name} accepts it from your browser alone. Log in there, connect this account again and press "Check now".`,
    { status: "expired" },
  );
};

type SignedIn = Pick<Attempt, "account" | "marketplace" | "report" | "signal"> & {
  fence: number;
  writer: TargetWriter | null;
};

/** Opens the seller's session in a browser of the worker and makes sure whose it is before anything else happens. */
export const withSignedInPage = <T>(
  context: WorkerContext,
  attempt: SignedIn,
  use: (host: PageHost) => Promise<T>,
): Promise<T> =>
  withAccountSession(context, { accountId: attempt.account.id, fence: attempt.fence }, (session) => {
    const input = { session, ignoreHttpsErrors: context.ignoreHttpsErrors, signal: attempt.signal };
    return withSellerPage(context.browsers, input, async (page, leftOut) => {
      await tellLeftOut(leftOut, attempt);
      const host = pageHost({
        page,
        bundle: context.bundle,
        photo: () => Promise.reject(new Error("Photos come with the form.")),
        cookieUrls: attempt.marketplace.identity.hosts.map((name) => `https://${name}/`),
      });
      try {
        await checkHandle(host, attempt.marketplace, attempt.account.handle);
      } catch (error) {
        throw notTaken(error, attempt, context.now()) ?? error;
      }
      return use(host);
    });
  });
