import { createRoute } from "@hono/zod-openapi";
import { answerRequestSchema, jobDetailSchema } from "#core/api/index.ts";
import { answerExample, jobExample } from "../examples.ts";
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

const PATH = "/api/listings/jobs/{id}/targets/{targetId}/answer";

const route = createRoute({
  method: "post",
  path: PATH,
  ...guardedWrite("answer-target", true),
  tags: ["listings"],
  summary: "Answer what a target asks",
  description:
    "`question` is the number of the question that was read: when it was answered meanwhile, or something else is asked by now, this is refused and changes nothing. `answers` of the target says what the question takes.",
  request: {
    headers: idempotencyHeader,
    params: targetParams,
    body: jsonRequest(answerRequestSchema, answerExample),
  },
  responses: {
    200: jsonResponse("The job as it is now", jobDetailSchema, { ...jobExample, events: [] }),
    ...refusals(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
  },
});

export const answer = guardedRoute(route, async (c) => {
  const event = { kind: "answer" as const, ...c.req.valid("json") };
  return c.json(await tell(c, `POST ${PATH}`, c.req.valid("param"), event), 200);
});
