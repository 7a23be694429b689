/** What supabase-js answers instead of data, as one kind of error: not reached is told from refused. */

import { isAway } from "./is-away.ts";

type Answer = {
  error: { message: string; code?: string | undefined; status?: number | undefined } | null;
  status?: number | undefined;
};

/** Nobody answered, or only a gateway did: the same may work in a minute. */
export class ServiceUnreachable extends Error {
  override name = "ServiceUnreachable";
}

/** The service answered no. `message` is for a person and says what it was about. */
export class ServiceRefused extends Error {
  override name = "ServiceRefused";
}

/** Postgres: row level security or a missing grant. */
const NOT_ALLOWED = "42501";

/** @param what as a part of a sentence: "fetching items". */
export const serviceError = (what: string, { error, status = error?.status ?? 0 }: Answer): Error => {
  const cause = error ?? undefined;
  if (isAway(status)) {
    const message = "Hawker's service was not reached. It is tried again by itself.";
    return new ServiceUnreachable(message, { cause });
  }
  const why =
    error?.code === NOT_ALLOWED || status === 401 || status === 403
      ? "You are not allowed that in this workspace."
      : (error?.message ?? "It sent nothing.");
  return new ServiceRefused(`Hawker's service refused ${what}: ${why}`, { cause });
};

/** The data of an answer. @throws ServiceUnreachable | ServiceRefused */
export const dataOf = <T>(what: string, answer: Answer & { data: T }): NonNullable<T> => {
  if (answer.error || answer.data === null || answer.data === undefined) throw serviceError(what, answer);
  return answer.data;
};

/** What went wrong, for a person, when other work goes on. @throws what is no refusal. */
export const refusalIn = (error: unknown): string => {
  if (error instanceof ServiceRefused) return error.message;
  throw error;
};
