import { createRoute } from "@hono/zod-openapi";
import { jobDetailSchema, takeOverRequestSchema } from "#core/api/index.ts";
import { jobExample } from "../examples.ts";
import {
  guardedWrite,
  idempotencyHeader,
  jsonRequest,
  jsonResponse,
  refusals,
  targetParams,
} from "../guarded.ts";
import { guardedRoute } from "../guarded-route.ts";
import { tell } from "./tell.ts";

const PATH = "/api/listings/jobs/{id}/targets/{targetId}/take-over";

const route = createRoute({
  method: "post",
  path: PATH,
  ...guardedWrite("take-over-target", true),
  tags: ["listings"],
  summary: "Hand a target to a tab, or to the cloud",
  description:
    "For what waits, in the queue or for a person. The new driver starts over: it looks first, and finds what may have been posted. To the cloud only where the account may be used from there.",
  request: {
    headers: idempotencyHeader,
    params: targetParams,
    body: jsonRequest(takeOverRequestSchema, { driver: "tab" }),
  },
  responses: {
    200: jsonResponse("The job as it is now", jobDetailSchema, { ...jobExample, events: [] }),
    ...refusals(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
  },
});

export const takeOver = guardedRoute(route, async (c) => {
  const { driver } = c.req.valid("json");
  return c.json(await tell(c, `POST ${PATH}`, c.req.valid("param"), { kind: "take-over", driver }), 200);
});
