/** The OpenAPI 3.1 document, from the route constants. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-context.ts";

export type ApiDocument = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;

const DESCRIPTION = `List an item once, sell it everywhere.

Send a Supabase session's access token as a bearer token. Writes need an \`Idempotency-Key\`: a fresh UUID per request, and
the same one when you repeat it. Errors are problem details (RFC 9457) with a \`code\` and a \`requestId\`.`;

/** @param url where the API is reached from outside, when that is known. */
export const documentOf = (app: OpenAPIHono<AppEnv>, url: string | undefined): ApiDocument => {
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "The access token of a signed-in person's Supabase session",
  });
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Hawker API",
      version: "1.0.0",
      description: DESCRIPTION,
      license: { name: "MIT", url: "https://opensource.org/license/mit" },
      contact: { name: "Hawker", url: "https://hawker.dev" },
    },
    servers: [{ url: url ?? "/" }],
    tags: [
      { name: "platform", description: "Accounts at marketplaces: connect, list, verify, disconnect" },
      {
        name: "listings",
        description:
          "Jobs: create, read, cancel, retry; and their targets, one an account: answer, hand over",
      },
      { name: "keys", description: "Keys a session may be sealed to" },
      { name: "system", description: "For load balancers" },
    ],
  });
};
