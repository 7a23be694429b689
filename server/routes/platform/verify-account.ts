import { createRoute } from "@hono/zod-openapi";
import { verifyResponseSchema } from "#core/api/index.ts";
import { getAccount } from "../../data/accounts.ts";
import { createJob } from "../../data/jobs.ts";
import { onBudgetTaken, rateLimitWithWork } from "../../middleware/rate-limit.ts";
import { guardedWrite, idempotencyHeader, idParam, jsonResponse, refusals } from "../guarded.ts";
import { guardedRoute } from "../guarded-route.ts";

const route = createRoute({
  method: "post",
  path: "/api/platform/{id}/verify",
  ...guardedWrite("verify-account", false, rateLimitWithWork),
  tags: ["platform"],
  summary: "Check that the stored session still signs in",
  description: "Queues a job for the worker; GET /api/listings/jobs/{id} tells how it went.",
  request: { headers: idempotencyHeader, params: idParam },
  responses: {
    202: jsonResponse("Queued", verifyResponseSchema, {
      jobId: "7c1b5d1e-0a4f-4a55-9d5f-3a2f1b0c9e44",
      status: "queued",
    }),
    ...refusals(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
  },
});

export const verify = guardedRoute(route, async (c) => {
  const database = c.get("database");
  const account = await getAccount(database, c.req.valid("param").id);
  // A key belongs to a route and its path: the same key may verify another account or create a job.
  const key = `verify:${account.id}:${c.req.valid("header")["idempotency-key"]}`;
  const { job, replayed } = await createJob(
    database,
    {
      workspaceId: account.workspaceId,
      action: "verify",
      targets: [{ accountId: account.id, platform: account.platform }],
      driver: "cloud",
      mode: "review",
      again: false,
      pressed: false,
      priority: 0,
    },
    key,
    onBudgetTaken(c),
  );
  if (replayed) c.header("Idempotency-Replayed", "true");
  return c.json({ jobId: job.id, status: "queued" as const }, 202);
});
