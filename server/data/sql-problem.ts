/**
 * What the database refused, as a problem for the caller. Only refusals our own functions raise (HKxxx) speak for
 * themselves; everything else gets a sentence of ours, because a message from inside may quote rows or name tables.
 */
import type { ErrorCode } from "#core/api/index.ts";
import { ApiProblem } from "../problem.ts";

export type SqlError = { code?: string; message: string; hint?: string | null; details?: string | null };

const REFUSALS: Record<string, ErrorCode> = {
  HK400: "invalid_body",
  HK403: "forbidden",
  HK404: "not_found",
  HK409: "conflict",
  HK422: "idempotency_key_reused",
  HK429: "rate_limited",
};

const AWAY = "The database is not available at the moment. Try again shortly.";

/** SQLSTATE classes and PostgREST codes, most specific first. */
const OTHERS: [RegExp, ErrorCode, string][] = [
  [
    /^PGRST30[0-9]$/,
    "unauthenticated",
    "The token is no longer accepted. Refresh the session and send the new token.",
  ],
  [
    /^42501$/,
    "forbidden",
    "Your role in this workspace does not allow this. Ask an owner for the operator role.",
  ],
  [/^22/, "invalid_body", "A value in the request has the wrong form. Check ids, dates and numbers."],
  [/^23505$/, "conflict", "The same thing exists already. Read it again before changing it."],
  [/^23/, "conflict", "The request refers to something that is not there any more. Read it again."],
  [/^40/, "unavailable", "Another request was in the way. Send it again with the same Idempotency-Key."],
  [/^(08|53|57|58|PGRST00)/, "unavailable", AWAY],
];

const sentence = (text: string): string => {
  const trimmed = text.trim();
  if (trimmed === "") return "";
  const capital = trimmed[0]!.toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
};

/** Whoever stands before the data API says that it cannot be reached: gateways, and Cloudflare's own numbers. */
const isGateway = (status: number): boolean =>
  (status >= 502 && status <= 504) || (status >= 520 && status <= 530);

/** A request that got no answer is an error of supabase-js, without a code. */
const isUnanswered = ({ message }: SqlError): boolean =>
  /fetch failed|timeout|abort|network|ECONN|terminated/i.test(message);

/** @param status of the data API's answer; 0 where there was none. */
export const sqlProblem = (error: SqlError, status = 0): ApiProblem => {
  const code = error.code ?? "";
  // Kept for the log; the answer only ever holds `detail`.
  const cause = new Error(`${code} ${error.message}`);
  const refusal = REFUSALS[code];
  if (refusal) {
    const detail = [sentence(error.message), sentence(error.hint ?? "")].filter(Boolean).join(" ");
    return new ApiProblem(refusal, detail, { cause });
  }
  if (code === "" && (isGateway(status) || isUnanswered(error)))
    return new ApiProblem("unavailable", AWAY, { cause, headers: { "Retry-After": "5" } });
  const known = OTHERS.find(([pattern]) => pattern.test(code));
  if (known) {
    return new ApiProblem(known[1], known[2], {
      cause,
      headers: known[1] === "unavailable" ? { "Retry-After": "5" } : {},
    });
  }
  return new ApiProblem(
    "internal",
    "The request was not carried out. Try again; if it keeps failing, report the request id.",
    {
      cause,
    },
  );
};

/** The data of an answer, or its error as a problem. */
export const dataOf = <T>(answer: { data: T; error: SqlError | null; status: number }): NonNullable<T> => {
  if (answer.error) throw sqlProblem(answer.error, answer.status);
  return answer.data as NonNullable<T>;
};
