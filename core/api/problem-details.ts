/** RFC 9457 problem details: the one error shape of the API. */
import { z } from "zod";
import { REFUSAL_CODES } from "../posting/sentences.ts";

export const ERROR_CODES = [
  "invalid_body",
  "invalid_query",
  "malformed_json",
  "body_too_large",
  "unsupported_media_type",
  "unauthenticated",
  "forbidden",
  "origin_not_allowed",
  "not_found",
  "conflict",
  "idempotency_key_missing",
  "idempotency_key_reused",
  "rate_limited",
  "item_has_problems",
  "unavailable",
  "internal",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export const problemDetailsSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(ERROR_CODES),
  detail: z.string().describe("what is wrong and what to do"),
  requestId: z.string(),
  refusal: z.enum(REFUSAL_CODES).optional().describe("why a target did not take what was asked of it"),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type ProblemDetails = z.infer<typeof problemDetailsSchema>;
