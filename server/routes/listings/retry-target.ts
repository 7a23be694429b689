import { createRoute } from "@hono/zod-openapi";
import { jobDetailSchema } from "#core/api/index.ts";
import { jobExample } from "../examples.ts";
import { guardedWrite, idempotencyHeader, jsonResponse, refusals, targetParams } from "../guarded.ts";
import { guardedRoute } from "../guarded-route.ts";
import { tell } from "./tell.ts";

const PATH = "/api/listings/jobs/{id}/targets/{targetId}/retry";

const route = createRoute({
  method: "post",
  path: PATH,
  ...guardedWrite("retry-target", false),
  tags: ["listings"],
  summary: "Try one failed target again",
  description:
    "In publish mode this is the consent to publish once more. Refused when the item was listed there by another job meanwhile. It lists the item as the job keeps it; for a mended one, start a new job.",
  request: { headers: idempotencyHeader, params: targetParams },
  responses: {
    200: jsonResponse("The job as it is now", jobDetailSchema, { ...jobExample, events: [] }),
    ...refusals(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
  },
});

export const retryTarget = guardedRoute(route, async (c) =>
  c.json(await tell(c, `POST ${PATH}`, c.req.valid("param"), { kind: "retry" }), 200),
);
