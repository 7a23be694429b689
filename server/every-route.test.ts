import { describe, expect, it } from "vitest";
import { operationsOf } from "./docs/operations.ts";
import { ALLOWED_ORIGIN, RUNTIMES } from "./testing/api-under-test.ts";
import { callApi } from "./testing/client.ts";
import { documentFrom, everyRouteTests, expectProblem } from "./testing/every-route.ts";

/** Routes anybody may call; a route is not public by accident. */
const PUBLIC = ["get-keys", "get-health", "get-ready"];

for (const runtime of RUNTIMES) {
  const document = await documentFrom(runtime);
  describe(`every route on ${runtime}`, () => {
    everyRouteTests(runtime, document);

    it("when it is public, it is on the list", () => {
      const open = operationsOf(document).filter((operation) => !operation.needsSession);
      expect(open.map(({ id }) => id).sort()).toEqual([...PUBLIC].sort());
    });

    it("when asked for a route that is not there, or a method it does not have: 404", async () => {
      for (const path of [
        "/",
        "/api",
        "/api/listings",
        "/api/platform/accounts/x/y",
        "/.env",
        "/%c0%ae%c0%ae/etc",
      ]) {
        expectProblem(await callApi(runtime, "get", path), 404, "not_found");
      }
      expectProblem(await callApi(runtime, "put", "/api/listings/jobs"), 404, "not_found");
    });

    it("when a page of a known origin asks first (preflight): allowed with the headers we read", async () => {
      const headers = { origin: ALLOWED_ORIGIN, "access-control-request-method": "POST" };
      const answer = await callApi(runtime, "options", "/api/listings/create-job", { headers, key: null });
      expect(answer.status).toBe(204);
      expect(answer.headers.get("access-control-allow-origin")).toBe(ALLOWED_ORIGIN);
      expect(answer.headers.get("access-control-allow-headers")).toContain("Idempotency-Key");
      const foreign = { ...headers, origin: "https://evil.example" };
      expectProblem(
        await callApi(runtime, "options", "/api/listings/create-job", { headers: foreign, key: null }),
        403,
      );
    });

    it("when the caller names the request: the answer carries that name, unless it is odd", async () => {
      const named = await callApi(runtime, "get", "/nope", { headers: { "x-request-id": "trace-12345" } });
      expect(named.problem().requestId).toBe("trace-12345");
      const odd = await callApi(runtime, "get", "/nope", { headers: { "x-request-id": '"><script>' } });
      expect(odd.problem().requestId).toMatch(/^[0-9a-f-]{36}$/);
    });

    it("when a person opens /docs: every route is there, and nothing is loaded from elsewhere", async () => {
      const page = await callApi(runtime, "get", "/docs");
      expect(page.status).toBe(200);
      expect(page.headers.get("content-type")).toContain("text/html");
      expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
      for (const { id, path } of operationsOf(document)) {
        expect(page.text).toContain(`id="${id}"`);
        expect(page.text).toContain(path);
      }
      expect(page.text).not.toMatch(/<script|<link|src=|@import|url\(/i);
    });
  });
}
