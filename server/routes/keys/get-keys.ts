import { createRoute } from "@hono/zod-openapi";
import { signedManifestSchema } from "#core/session/manifest.ts";
import { jsonResponse, refusals } from "../guarded.ts";
import { guardedRoute } from "../guarded-route.ts";

const route = createRoute({
  method: "get",
  path: "/api/keys",
  operationId: "get-keys",
  security: [],
  tags: ["keys"],
  summary: "The signed list of keys a session may be sealed to",
  description:
    "Public. The signature, checked against the root key pinned in the extension, is what makes it trustworthy; this service cannot make one.",
  responses: {
    200: jsonResponse(
      "The manifest's JSON as base64url, and an ES256 signature over it",
      signedManifestSchema,
      {
        payload: "eyJ2ZXJzaW9uIjoxfQ",
        signature: "MEUCIQDx9yV0kq0m8m1q2o3l4n5p6r7s8t9u0v1w2x3y4z5AIgBq83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83",
      },
    ),
    304: { description: "Not changed since the ETag that was sent" },
    ...refusals(403, 500),
  },
});

export const keys = guardedRoute(route, (c) => {
  const manifest = c.get("env").keyManifest;
  // The signature changes whenever the payload does.
  const etag = `"${manifest.signature}"`;
  c.header("ETag", etag);
  c.header("Cache-Control", "public, max-age=300, must-revalidate");
  if (c.req.header("if-none-match") === etag) return c.body(null, 304);
  return c.json(manifest, 200);
});
