import { createRoute, z } from "@hono/zod-openapi";
import { refuseUnreachable } from "../../data/reachable.ts";
import { jsonResponse, refusals } from "../guarded.ts";
import { guardedRoute } from "../guarded-route.ts";

const route = createRoute({
  method: "get",
  path: "/ready",
  operationId: "get-ready",
  security: [],
  tags: ["system"],
  summary: "The process can serve: its database answers",
  description: "Send no requests here while this fails; restarting would not help.",
  responses: {
    200: jsonResponse("Ready", z.object({ status: z.literal("ready") }), { status: "ready" }),
    ...refusals(403, 500, 503),
  },
});

export const ready = guardedRoute(route, async (c) => {
  await refuseUnreachable(c.get("env"));
  return c.json({ status: "ready" as const }, 200);
});
