import { createRoute } from "@hono/zod-openapi";
import { accountsResponseSchema } from "#core/api/index.ts";
import { listAccounts } from "../../data/accounts.ts";
import { accountExample } from "../examples.ts";
import { guardedRead, jsonResponse, refusals } from "../guarded.ts";
import { guardedRoute } from "../guarded-route.ts";

const route = createRoute({
  method: "get",
  path: "/api/platform/accounts",
  ...guardedRead("list-accounts"),
  tags: ["platform"],
  summary: "The accounts of all workspaces the caller belongs to",
  description:
    "With health, when each was last verified and used, and the names (never values) of what is sealed.",
  responses: {
    200: jsonResponse("Accounts, oldest first", accountsResponseSchema, { accounts: [accountExample] }),
    ...refusals(401, 403, 429, 500, 503),
  },
});

export const accounts = guardedRoute(route, async (c) =>
  c.json({ accounts: await listAccounts(c.get("database")) }, 200),
);
