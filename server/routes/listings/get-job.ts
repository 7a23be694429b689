import { createRoute } from "@hono/zod-openapi";
import { jobDetailSchema } from "#core/api/index.ts";
import { getJob } from "../../data/jobs.ts";
import { askedJobExample } from "../examples.ts";
import { guardedRead, idParam, jsonResponse, refusals } from "../guarded.ts";
import { guardedRoute } from "../guarded-route.ts";

const route = createRoute({
  method: "get",
  path: "/api/listings/jobs/{id}",
  ...guardedRead("get-job"),
  tags: ["listings"],
  summary: "One job with its targets and its event log",
  description:
    "The events are the newest 500, oldest first. For live progress subscribe to Supabase Realtime instead of asking again.",
  request: { params: idParam },
  responses: {
    200: jsonResponse("The job; the newest 500 events, oldest first", jobDetailSchema, {
      ...askedJobExample,
      events: [],
    }),
    ...refusals(400, 401, 403, 404, 429, 500, 503),
  },
});

export const job = guardedRoute(route, async (c) =>
  c.json(await getJob(c.get("database"), c.req.valid("param").id), 200),
);
