import { createRoute } from "@hono/zod-openapi";
import { jobDetailSchema } from "#core/api/index.ts";
import { idempotently } from "../../data/idempotently.ts";
import { cancelJob } from "../../data/jobs.ts";
import { jobExample } from "../examples.ts";
import { guardedWrite, idempotencyHeader, idParam, jsonResponse, refusals } from "../guarded.ts";
import { guardedRoute } from "../guarded-route.ts";

const route = createRoute({
  method: "post",
  path: "/api/listings/jobs/{id}/cancel",
  ...guardedWrite("cancel-job", false),
  tags: ["listings"],
  summary: "Cancel every target of a job that is not over",
  description:
    "At once where nobody works on it and nothing can have been posted. Else it is a wish (`cancelAsked`): a run stops before it publishes, and what may have been posted is looked for until that is known.",
  request: { headers: idempotencyHeader, params: idParam },
  responses: {
    200: jsonResponse("The job as it is now", jobDetailSchema, { ...jobExample, events: [] }),
    ...refusals(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
  },
});

export const cancel = guardedRoute(route, async (c) => {
  const { id } = c.req.valid("param");
  const job = await idempotently(c, "POST /api/listings/jobs/:id/cancel", { id }, () =>
    cancelJob(c.get("database"), id),
  );
  return c.json(job, 200);
});
