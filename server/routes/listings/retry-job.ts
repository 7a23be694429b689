import { createRoute } from "@hono/zod-openapi";
import { jobDetailSchema } from "#core/api/index.ts";
import { eventIdOf } from "../../data/event-id.ts";
import { idempotently } from "../../data/idempotently.ts";
import { retryJob } from "../../data/jobs.ts";
import { jobExample } from "../examples.ts";
import { guardedWrite, idempotencyHeader, idParam, jsonResponse, refusals } from "../guarded.ts";
import { guardedRoute } from "../guarded-route.ts";

const ROUTE = "POST /api/listings/jobs/:id/retry";

const route = createRoute({
  method: "post",
  path: "/api/listings/jobs/{id}/retry",
  ...guardedWrite("retry-job", false),
  tags: ["listings"],
  summary: "Try the failed targets of a job again",
  description:
    "Only what failed: what waits for a person is answered, and what may have been posted is looked for, never repeated. Refused when nothing failed, or the item was listed there by another job meanwhile.",
  request: { headers: idempotencyHeader, params: idParam },
  responses: {
    200: jsonResponse("The job as it is now", jobDetailSchema, { ...jobExample, events: [] }),
    ...refusals(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
  },
});

export const retry = guardedRoute(route, async (c) => {
  const { id } = c.req.valid("param");
  const job = await idempotently(c, ROUTE, { id }, async () => {
    const key = c.req.header("idempotency-key") ?? "";
    return retryJob(c.get("database"), id, await eventIdOf(c.get("user").id, key, { route: ROUTE, id }));
  });
  return c.json(job, 200);
});
