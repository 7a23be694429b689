/** A refusal on its way out: thrown anywhere, turned into problem details by middleware/errors.ts. */
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ErrorCode, ProblemDetails } from "#core/api/index.ts";
import type { RefusalCode } from "#core/posting/index.ts";

const PROBLEMS: Record<ErrorCode, { status: ContentfulStatusCode; title: string }> = {
  invalid_body: { status: 400, title: "The request body is not valid" },
  invalid_query: { status: 400, title: "The query, path or header is not valid" },
  malformed_json: { status: 400, title: "The request body is not JSON" },
  body_too_large: { status: 413, title: "The request body is too large" },
  unsupported_media_type: { status: 415, title: "The request body has a type this route does not read" },
  unauthenticated: { status: 401, title: "Sign in first" },
  forbidden: { status: 403, title: "Not allowed" },
  origin_not_allowed: { status: 403, title: "This origin may not call the API" },
  not_found: { status: 404, title: "Not found" },
  conflict: { status: 409, title: "This does not fit the present state" },
  idempotency_key_missing: { status: 400, title: "An Idempotency-Key header is needed" },
  idempotency_key_reused: { status: 422, title: "This idempotency key belongs to another request" },
  rate_limited: { status: 429, title: "Too many requests" },
  item_has_problems: { status: 422, title: "The item cannot be listed as it is" },
  unavailable: { status: 503, title: "Not available at the moment" },
  internal: { status: 500, title: "Something went wrong on our side" },
};

type Detail = {
  errors?: ProblemDetails["errors"];
  refusal?: RefusalCode | undefined;
  headers?: Record<string, string>;
  cause?: unknown;
};

export class ApiProblem extends Error {
  override name = "ApiProblem";
  readonly code: ErrorCode;
  readonly detail: string;
  readonly errors: ProblemDetails["errors"];
  /** Why a target did not take what was asked of it. */
  readonly refusal: RefusalCode | undefined;
  readonly headers: Record<string, string>;

  /** @param detail what is wrong and what to do, for the caller; never a message from inside. */
  constructor(code: ErrorCode, detail: string, { errors, refusal, headers = {}, cause }: Detail = {}) {
    super(`${code}: ${detail}`, { cause });
    this.code = code;
    this.detail = detail;
    this.errors = errors;
    this.refusal = refusal;
    this.headers = headers;
  }

  get status(): ContentfulStatusCode {
    return PROBLEMS[this.code].status;
  }

  body(requestId: string): ProblemDetails {
    const { status, title } = PROBLEMS[this.code];
    return {
      type: `https://hawker.dev/problems/${this.code}`,
      title,
      status,
      code: this.code,
      detail: this.detail,
      requestId,
      ...(this.refusal && { refusal: this.refusal }),
      ...(this.errors && { errors: this.errors }),
    };
  }
}
