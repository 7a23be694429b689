import { createRoute } from "@hono/zod-openapi";
import { jobsQuerySchema, jobsResponseSchema } from "#core/api/index.ts";
import { listJobs } from "../../data/jobs.ts";
import { jobExample } from "../examples.ts";
import { guardedRead, jsonResponse, refusals } from "../guarded.ts";
import { guardedRoute } from "../guarded-route.ts";

const route = createRoute({
  method: "get",
  path: "/api/listings/jobs",
  ...guardedRead("list-jobs"),
  tags: ["listings"],
  summary: "Jobs, newest first",
  description: "Send `nextCursor` back as `cursor` for the next page; it is null on the last one.",
  request: { query: jobsQuerySchema },
  responses: {
    200: jsonResponse("A page of jobs with their targets", jobsResponseSchema, {
      jobs: [jobExample],
      nextCursor: null,
    }),
    ...refusals(400, 401, 403, 429, 500, 503),
  },
});

export const jobs = guardedRoute(route, async (c) =>
  c.json(await listJobs(c.get("database"), c.req.valid("query")), 200),
);
