import { createRoute } from "@hono/zod-openapi";
import { createJobRequestSchema, createJobResponseSchema } from "#core/api/index.ts";
import { createJob } from "../../data/jobs.ts";
import { onBudgetTaken, rateLimitWithWork } from "../../middleware/rate-limit.ts";
import { ApiProblem } from "../../problem.ts";
import { createJobExample, jobExample } from "../examples.ts";
import { guardedWrite, idempotencyHeader, jsonRequest, jsonResponse, refusals } from "../guarded.ts";
import { guardedRoute } from "../guarded-route.ts";
import { refuseUnlistable } from "./item-problems.ts";

const route = createRoute({
  method: "post",
  path: "/api/listings/create-job",
  ...guardedWrite("create-job", true, rateLimitWithWork),
  tags: ["listings"],
  summary: "Create a job: an action at one or more accounts",
  description:
    "Job, targets, first events and queue entries are written in one transaction, once per Idempotency-Key. A repeat answers what the first answered, with the header `Idempotency-Replayed: true`.",
  request: { headers: idempotencyHeader, body: jsonRequest(createJobRequestSchema, createJobExample) },
  responses: {
    201: jsonResponse("The job", createJobResponseSchema, { job: jobExample, replayed: false }),
    ...refusals(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
  },
});

export const create = guardedRoute(route, async (c) => {
  const request = c.req.valid("json");
  if (request.action === "list") {
    if (!request.item) {
      throw new ApiProblem("invalid_body", "Listing needs an item. Send it as `item`.", {
        errors: [{ path: "item", message: "is missing" }],
      });
    }
    // What a person has published already is told, whatever we would have said to it.
    if (!request.pressed)
      refuseUnlistable(
        request.item,
        request.targets.map((target) => target.platform),
      );
  }
  const key = c.req.valid("header")["idempotency-key"];
  const answer = await createJob(c.get("database"), request, key, onBudgetTaken(c));
  if (answer.replayed) c.header("Idempotency-Replayed", "true");
  return c.json(answer, 201);
});
