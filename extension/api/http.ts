/** Our API, typed by core/api's schemas: bearer token, idempotency key, one error shape. */
import type { z } from "zod";
import { problemDetailsSchema, type ErrorCode } from "#core/api/problem-details.ts";
import { accessToken } from "#extension/auth/account.ts";
import { fetchWithToken } from "#extension/auth/client.ts";

/** The API answered no. `message` says what to do. */
export class ApiError extends Error {
  override name = "ApiError";
  readonly code: ErrorCode;
  readonly status: number;
  constructor(code: ErrorCode, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Not reached, or nobody is signed in: go on without. */
export class ApiUnavailable extends Error {
  override name = "ApiUnavailable";
}

const TIMEOUT_MS = 20_000;

type Call = { method?: "GET" | "POST" | "DELETE"; body?: unknown; idempotencyKey?: string };

/** @throws ApiError | ApiUnavailable */
export const callApi = async <T extends z.ZodType>(
  path: string,
  answer: T,
  { method = "GET", body, idempotencyKey }: Call = {},
): Promise<z.output<T>> => {
  const token = await accessToken();
  if (!token) throw new ApiUnavailable("Sign in to use Hawker's cloud.");
  let response: Response;
  try {
    response = await fetchWithToken(new URL(path, HAWKER_API_URL), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(method === "GET" ? {} : { "idempotency-key": idempotencyKey ?? crypto.randomUUID() }),
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    throw new ApiUnavailable("Hawker's service was not reached. Try again when you are online.", { cause });
  }
  const payload: unknown = response.status === 204 ? {} : await response.json().catch(() => null);
  if (!response.ok) {
    const problem = problemDetailsSchema.safeParse(payload);
    if (!problem.success)
      throw new ApiUnavailable(`Hawker's service answered ${response.status}. Try again in a minute.`);
    const details = (problem.data.errors ?? []).map((one) => one.message).join(" ");
    throw new ApiError(
      problem.data.code,
      response.status,
      [problem.data.detail, details].filter(Boolean).join(" "),
    );
  }
  return answer.parse(payload) as z.output<T>;
};
