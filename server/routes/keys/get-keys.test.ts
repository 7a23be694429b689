import { describe, expect, it } from "vitest";
import { publicJwkSchema, verifyManifest } from "#core/session/index.ts";
import { apiUnderTest, RUNTIMES } from "../../testing/api-under-test.ts";
import { callApi } from "../../testing/client.ts";

describe.each(RUNTIMES)("GET /api/keys on %s", (runtime) => {
  it("when fetched: the extension's own check accepts it", async () => {
    const answer = await callApi(runtime, "get", "/api/keys");
    const root = publicJwkSchema.parse(JSON.parse(apiUnderTest().rootKeyJson));
    const check = await verifyManifest(answer.json(), root, { now: new Date(), env: "local" });
    expect(check.ok).toBe(true);
  });

  it("when fetched again with its ETag: 304, without a body", async () => {
    const first = await callApi(runtime, "get", "/api/keys");
    expect(first.headers.get("cache-control")).toContain("public, max-age=");
    const etag = first.headers.get("etag");
    const again = await callApi(runtime, "get", "/api/keys", { headers: { "if-none-match": etag ?? "" } });
    expect(again.status).toBe(304);
    expect(again.text).toBe("");
  });
});
