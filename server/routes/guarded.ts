/**
 * What every route of a signed-in person shares: token, budget, body, idempotency key, and the refusals it documents.
 * testing/every-route.ts reads the OpenAPI document and checks that each route really behaves so.
 */
import { z } from "@hono/zod-openapi";
import type { ZodType } from "zod";
import { problemDetailsSchema } from "#core/api/index.ts";
import { authenticate } from "../middleware/authenticate.ts";
import { IDEMPOTENCY_KEY, requireIdempotencyKey } from "../middleware/idempotency-key.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { rateLimit, rateLimitWithWork } from "../middleware/rate-limit.ts";

const REFUSALS = {
  400: "Malformed JSON, a field that is unknown, missing or of the wrong form, or no Idempotency-Key",
  401: "No token, or one that is not accepted",
  403: "An unknown origin, or a role that may not do this",
  404: "Not there, or not yours",
  409: "It does not fit the present state",
  413: "The body is too large",
  415: "The body is not application/json",
  422: "The item has problems, or the key was used with another body",
  429: "The budget for this minute is used up; Retry-After says when to come back",
  500: "A fault of ours",
  503: "The database is not available",
} as const;
type Refusal = keyof typeof REFUSALS;

const problemContent = { "application/problem+json": { schema: problemDetailsSchema } };

/** Problem details for these statuses, for the document. */
export const refusals = <const S extends Refusal>(...statuses: S[]) =>
  Object.fromEntries(
    statuses.map((status) => [status, { description: REFUSALS[status], content: problemContent }]),
  ) as unknown as Record<never, never>;

const jsonContent = <T extends ZodType>(schema: T, example?: unknown) => ({
  "application/json": example === undefined ? { schema } : { schema, example },
});

export const jsonRequest = <T extends ZodType>(schema: T, example: unknown) => ({
  required: true as const,
  content: jsonContent(schema, example) as { "application/json": { schema: T; example?: unknown } },
});

export const jsonResponse = <T extends ZodType>(description: string, schema: T, example?: unknown) => ({
  description,
  content: jsonContent(schema, example) as { "application/json": { schema: T; example?: unknown } },
});

const signedIn = [{ session: [] as string[] }];

/** A route that reads. Its operation id names its budget, too: a row of private.budgets. */
export const guardedRead = <const Id extends string>(operationId: Id) => ({
  operationId,
  security: signedIn,
  middleware: [authenticate, rateLimit(operationId)],
});

/**
 * A route that writes.
 * @param takesBody whether its request has a body.
 * @param limit `rateLimitWithWork` for a route that takes its budget in its own call to the database.
 */
export const guardedWrite = <const Id extends string>(
  operationId: Id,
  takesBody: boolean,
  limit: typeof rateLimit | typeof rateLimitWithWork = rateLimit,
) => ({
  operationId,
  security: signedIn,
  middleware: [authenticate, limit(operationId), requireIdempotencyKey, jsonBody(takesBody)],
});

export const idempotencyHeader = z.object({
  "idempotency-key": z.string().regex(IDEMPOTENCY_KEY).meta({
    description: "A fresh UUID per request, the same one when repeating it",
    example: "3b1f8e1e-9f5a-4c0d-8d0e-5a4f2c6b7a10",
  }),
});

export const idParam = z.object({ id: z.uuid().meta({ example: "0b8f7c52-53ad-4a3d-9f0e-6a1f0a2f9d11" }) });
export const targetParams = idParam.extend({
  targetId: z.uuid().meta({
    description: "One account's share of the job",
    example: "aa1f0a2f-9d11-4c2b-8e5e-9b2c0b8f7c52",
  }),
});
