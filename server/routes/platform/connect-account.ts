import { createRoute } from "@hono/zod-openapi";
import { accountSchema, connectRequestSchema } from "#core/api/index.ts";
import { connectAccount } from "../../data/accounts.ts";
import { idempotently } from "../../data/idempotently.ts";
import { accountExample, connectExample } from "../examples.ts";
import { guardedWrite, idempotencyHeader, jsonRequest, jsonResponse, refusals } from "../guarded.ts";
import { guardedRoute } from "../guarded-route.ts";

const route = createRoute({
  method: "post",
  path: "/api/platform/connect",
  ...guardedWrite("connect-account", true),
  tags: ["platform"],
  summary: "Connect or reconnect an account",
  description:
    "Stores the sealed session as it is: this service holds no key that opens it. A reconnect sends the account's id and its `sessionVersion` plus one.",
  request: { headers: idempotencyHeader, body: jsonRequest(connectRequestSchema, connectExample) },
  responses: {
    200: jsonResponse("The account, connected", accountSchema, accountExample),
    ...refusals(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
  },
});

export const connect = guardedRoute(route, async (c) => {
  const request = c.req.valid("json");
  const account = await idempotently(c, "POST /api/platform/connect", request, () =>
    connectAccount(c.get("database"), request),
  );
  return c.json(account, 200);
});
