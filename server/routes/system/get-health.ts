import { createRoute, z } from "@hono/zod-openapi";
import { jsonResponse, refusals } from "../guarded.ts";
import { guardedRoute } from "../guarded-route.ts";

const route = createRoute({
  method: "get",
  path: "/health",
  operationId: "get-health",
  security: [],
  tags: ["system"],
  summary: "The process answers",
  description: "Says nothing about what it depends on: restart the process when this fails.",
  responses: {
    200: jsonResponse("Alive", z.object({ status: z.literal("ok") }), { status: "ok" }),
    ...refusals(403, 500),
  },
});

export const health = guardedRoute(route, (c) => c.json({ status: "ok" as const }, 200));
