import { createRoute } from "@hono/zod-openapi";
import { jobDetailSchema } from "#core/api/index.ts";
import { jobExample } from "../examples.ts";
import { guardedWrite, idempotencyHeader, jsonResponse, refusals, targetParams } from "../guarded.ts";
import { guardedRoute } from "../guarded-route.ts";
import { tell } from "./tell.ts";

const PATH = "/api/listings/jobs/{id}/targets/{targetId}/cancel";

const route = createRoute({
  method: "post",
  path: PATH,
  ...guardedWrite("cancel-target", false),
  tags: ["listings"],
  summary: "Cancel one target of a job",
  description:
    "At once where nobody works on it and nothing can have been posted. Else it is a wish (`cancelAsked`): a run stops before it publishes, and what may have been posted is looked for until that is known.",
  request: { headers: idempotencyHeader, params: targetParams },
  responses: {
    200: jsonResponse("The job as it is now", jobDetailSchema, { ...jobExample, events: [] }),
    ...refusals(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
  },
});

export const cancelTarget = guardedRoute(route, async (c) =>
  c.json(await tell(c, `POST ${PATH}`, c.req.valid("param"), { kind: "cancel" }), 200),
);
