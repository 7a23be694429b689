/** Postings as a test sees them: read past the worker, straight from the rows. */
import type pg from "pg";
import type { ChannelId } from "#core/marketplace/index.ts";
import { sentenceOf, type Ending, type Posting } from "#core/posting/index.ts";
import { postingOf } from "#core/posting/row.ts";
import { MARKETPLACES } from "#marketplaces/index.ts";

export type TargetNow = Posting & {
  /** Its ending in a sentence. */
  reason: string | null;
  report: Record<string, unknown> | null;
  listingId: string | null;
};

/** Where a posting stays until somebody does something. */
export const OVER: readonly string[] = ["done", "needs_human", "failed", "cancelled"];

export type Targets = {
  target(targetId: string): Promise<TargetNow>;
  /** Resolves when every target has one of these states; rejects with what they are instead after `ms`. */
  waitFor(targetIds: string[], states: readonly string[], ms?: number): Promise<TargetNow[]>;
  /** Resolves with the first look at it that `is` takes. */
  waitUntil(
    targetId: string,
    what: string,
    is: (target: TargetNow) => boolean,
    ms?: number,
  ): Promise<TargetNow>;
  events(targetId: string): Promise<string[]>;
  /** Resolves when this line was written about it so many times. */
  waitForEvent(targetId: string, line: string, times?: number): Promise<void>;
  /** Resolves with its sentence when it was written that it ended with this code for now; what it is meanwhile does not matter. */
  waitForEnding(targetId: string, code: Ending["code"]): Promise<string>;
};

const LOOK_EVERY_MS = 100;
/** A test may take longer (`BESIDE`): what waits in vain says what it saw. */
const LONGEST_MS = 400_000;

type Told = { message: string; ending: Ending | null };
type Row = { row: unknown; platform: ChannelId; report: TargetNow["report"]; listing_id: string | null };

const targetOf = ({ row, platform, report, listing_id: listingId }: Row): TargetNow => {
  const posting = postingOf(row);
  const site = MARKETPLACES[platform].identity.name;
  return { ...posting, reason: posting.ending && sentenceOf(posting.ending, site), report, listingId };
};

const shown = ({ state, reason, question, attempt }: TargetNow): unknown => [
  state,
  reason,
  question?.kind,
  attempt,
];

export const targetsOf = (admin: pg.Pool): Targets => {
  /** In the order of their ids as asked. */
  const read = async (targetIds: string[]): Promise<TargetNow[]> => {
    const found = await admin.query<Row & { id: string }>(
      "select id, to_jsonb(t) as row, platform, report, listing_id from public.job_targets t where id = any ($1)",
      [targetIds],
    );
    return targetIds.map((targetId) => targetOf(found.rows.find(({ id }) => id === targetId)!));
  };
  const until = async (
    targetIds: string[],
    what: string,
    are: (targets: TargetNow[]) => boolean,
    ms = LONGEST_MS,
  ): Promise<TargetNow[]> => {
    const ends = Date.now() + ms;
    for (;;) {
      const targets = await read(targetIds);
      if (are(targets)) return targets;
      if (Date.now() > ends)
        throw new Error(`After ${ms} ms not ${what}, but ${JSON.stringify(targets.map(shown))}.`);
      // A test looks from outside: were it to wait on the notifications it judges, a lost one would hang it unnamed.
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
  const log = async (targetId: string): Promise<Told[]> => {
    const { rows } = await admin.query<Told>(
      "select message, data -> 'ending' as ending from public.listing_job_events where target_id = $1 order by id",
      [targetId],
    );
    return rows;
  };
  /** The log only grows: what a slow look would miss in the state is still there. */
  const untilTold = async <T>(
    targetId: string,
    what: string,
    find: (told: Told[]) => T | undefined,
  ): Promise<T> => {
    const ends = Date.now() + LONGEST_MS;
    for (;;) {
      const told = await log(targetId);
      const found = find(told);
      if (found !== undefined) return found;
      if (Date.now() > ends) throw new Error(`${what} was not told, but ${JSON.stringify(told)}.`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
  const events = async (targetId: string): Promise<string[]> =>
    (await log(targetId)).map(({ message }) => message);
  return {
    events,
    target: async (targetId) => (await read([targetId]))[0]!,
    waitFor: (targetIds, states, ms) =>
      until(targetIds, states.join(" or "), (all) => all.every(({ state }) => states.includes(state)), ms),
    waitUntil: async (targetId, what, is, ms) =>
      (await until([targetId], what, ([target]) => is(target!), ms))[0]!,
    waitForEvent: (targetId, line, times = 1) =>
      untilTold(targetId, `"${line}" (${times} times)`, (told) =>
        told.filter(({ message }) => message === line).length >= times ? null : undefined,
      ).then(() => undefined),
    async waitForEnding(targetId, code) {
      const ofIt = (told: Told[]) => told.find(({ ending }) => ending?.code === code)?.ending ?? undefined;
      const ending = await untilTold(targetId, `The ending "${code}"`, ofIt);
      const { rows } = await admin.query<{ platform: ChannelId }>(
        "select platform from public.job_targets where id = $1",
        [targetId],
      );
      return sentenceOf(ending, MARKETPLACES[rows[0]!.platform].identity.name);
    },
  };
};
