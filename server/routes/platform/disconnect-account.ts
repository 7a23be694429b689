import { createRoute } from "@hono/zod-openapi";
import { accountSchema } from "#core/api/index.ts";
import { disconnectAccount } from "../../data/accounts.ts";
import { idempotently } from "../../data/idempotently.ts";
import { accountExample } from "../examples.ts";
import { guardedWrite, idempotencyHeader, idParam, jsonResponse, refusals } from "../guarded.ts";
import { guardedRoute } from "../guarded-route.ts";

const route = createRoute({
  method: "delete",
  path: "/api/platform/{id}",
  ...guardedWrite("disconnect-account", false),
  tags: ["platform"],
  summary: "Disconnect an account",
  description: "Deletes the sealed session at once, ends its consent, and cancels what would have used it.",
  request: { headers: idempotencyHeader, params: idParam },
  responses: {
    200: jsonResponse("The account, disconnected", accountSchema, {
      ...accountExample,
      status: "disconnected",
      cloudAllowed: false,
      sessionMeta: null,
      sessionExpiresAt: null,
    }),
    ...refusals(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
  },
});

export const disconnect = guardedRoute(route, async (c) => {
  const { id } = c.req.valid("param");
  const account = await idempotently(c, "DELETE /api/platform/:id", { id }, () =>
    disconnectAccount(c.get("database"), id),
  );
  return c.json(account, 200);
});
