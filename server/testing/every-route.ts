/**
 * What holds for every route, asked of every route: the cases are made from the OpenAPI document, so a new route is
 * covered the moment it is listed.
 */
import { beforeAll, describe, expect, it } from "vitest";
import type { ApiDocument } from "../docs/document.ts";
import { operationsOf, type Operation } from "../docs/operations.ts";
import { ALLOWED_ORIGIN, apiUnderTest, type Runtime } from "./api-under-test.ts";
import { callApi, type Answer, type Call } from "./client.ts";
import { signUp, type Person } from "./people.ts";
import { badTokens, goodToken } from "./tokens.ts";

/** Words that only come from inside: SQL, rows, stacks, hosts, keys. */
const FROM_INSIDE =
  /postgres|pgrst|sqlstate|syntax error|\bselect\b .*\bfrom\b|jsonb|permission denied|violates|relation "|\.ts:\d|\.js:\d|node_modules|ECONN|127\.0\.0\.1|sb_(publishable|secret)|zoderror/i;

export const expectProblem = (answer: Answer, status: number | readonly number[], code?: string): void => {
  expect([status].flat(), `${answer.status}: ${answer.text}`).toContain(answer.status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const problem = answer.problem();
  expect(problem.status).toBe(answer.status);
  expect(problem.requestId).toBe(answer.headers.get("x-request-id"));
  expect(problem.detail.length, "says what to do").toBeGreaterThan(15);
  expect(answer.text).not.toMatch(FROM_INSIDE);
  if (code) expect(problem.code).toBe(code);
};

const expectGuarded = (answer: Answer): void => {
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("x-frame-options")).toBe("DENY");
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(answer.headers.get("strict-transport-security")).toContain("max-age=");
  expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
  expect(answer.headers.get("x-request-id")).toMatch(/^[\w-]{8,64}$/);
};

/** As the document describes the route, but for what the call says; ids are nobody's. */
type Send = (call: Call, path?: string) => Promise<Answer>;

export const documentFrom = async (runtime: Runtime): Promise<ApiDocument> =>
  (await callApi(runtime, "get", "/openapi.json")).json() as ApiDocument;

const securityCases = (operation: Operation, send: Send): void => {
  const { variables } = apiUnderTest();
  const maker = { secret: variables["SUPABASE_JWT_SECRET"]!, issuer: `${variables["SUPABASE_URL"]}/auth/v1` };
  let person: Person;
  beforeAll(async () => {
    person = await signUp();
  });

  it("when there is no token: 401 with the scheme to use", async () => {
    const answer = await send({});
    expectProblem(answer, 401, "unauthenticated");
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });

  it("when the token is wrong in any one way: 401", async () => {
    expect((await send({ token: await goodToken(person.userId, maker) })).status).not.toBe(401);
    for (const [name, token] of Object.entries(await badTokens(person.userId, maker))) {
      const answer = await send({ token });
      expect(answer.status, `${name}: ${answer.text}`).toBe(401);
      expectProblem(answer, 401, "unauthenticated");
    }
    for (const authorization of [
      "Basic bWFyaWE6bWFyaWE=",
      `bearer`,
      `Bearer ${person.token} x`,
      `Token ${person.token}`,
    ]) {
      expectProblem(await send({ headers: { authorization } }), 401, "unauthenticated");
    }
  });

  it("when a token is good: the budget is told", async () => {
    const answer = await send({ token: person.token, key: null });
    if (answer.status < 400) expect(Number(answer.headers.get("ratelimit-limit"))).toBeGreaterThan(0);
    else expect(answer.status).toBeLessThan(500);
  });

  if (operation.path.includes("{id}")) {
    it("when the id is nobody's: 404; when it is no id: 400", async () => {
      expectProblem(await send({ token: person.token }), 404, "not_found");
      for (const id of [
        "1",
        "..%2f..%2fetc",
        "%00",
        "null",
        "' or 1=1 --",
        "00000000-0000-0000-0000-00000000000g",
      ]) {
        const path = operation.path.replace("{id}", encodeURIComponent(id));
        expectProblem(await send({ token: person.token }, path), [400, 404]);
      }
    });
  }
};

const writeCases = (operation: Operation, send: Send): void => {
  let token: string;
  beforeAll(async () => {
    ({ token } = await signUp());
  });

  it("when the idempotency key is missing or odd: 400", async () => {
    expectProblem(await send({ token, key: null }), 400, "idempotency_key_missing");
    for (const key of ["short", "x".repeat(129), "has a space in it"]) {
      expectProblem(await send({ token, key }), 400, "invalid_query");
    }
  });

  it("when the body is no JSON: 400 or 415", async () => {
    for (const raw of ["{", "{'a':1}", "[1,]", '{"a":NaN}', "\u0000", "\ufeff{", "{}{}"]) {
      expectProblem(await send({ token, raw }), 400, "malformed_json");
    }
    expectProblem(
      await send({ token, raw: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]) }),
      400,
      "malformed_json",
    );
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/json; charset=utf-16",
    ]) {
      expectProblem(
        await send({ token, raw: "{}", headers: { "content-type": type } }),
        415,
        "unsupported_media_type",
      );
    }
  });

  it("when the body is 10 MB, announced or streamed: 413", async () => {
    const big = JSON.stringify({ a: "x".repeat(10 * 1024 * 1024) });
    expectProblem(await send({ token, raw: big }), 413, "body_too_large");
    const streamed = new Blob([big]).stream();
    expectProblem(await send({ token, raw: streamed }), 413, "body_too_large");
  });

  it("when the body has a field nobody asked for, or is another thing altogether: 400", async () => {
    const example = (operation.requestExample ?? {}) as object;
    expectProblem(await send({ token, body: { ...example, isAdmin: true } }), 400, "invalid_body");
    for (const body of [[], [1], "text", 7, true, null])
      expectProblem(await send({ token, body }), 400, "invalid_body");
    expectProblem(await send({ token, raw: '{"__proto__":{"a":1},"constructor":1}' }), 400, "invalid_body");
    expectProblem(await send({ token, raw: "[".repeat(100_000) }), 400);
    expectProblem(await send({ token, raw: "[".repeat(5_000) + "]".repeat(5_000) }), 400);
  });
};

export const everyRouteTests = (runtime: Runtime, document: ApiDocument): void => {
  for (const operation of operationsOf(document)) {
    describe(`${operation.method.toUpperCase()} ${operation.path}`, () => {
      const send: Send = (call, path = operation.path) => {
        const withBody = operation.takesBody && call.body === undefined && call.raw === undefined;
        const body = withBody ? { body: operation.requestExample } : {};
        const named = path.replace(/\{\w+\}/g, () => crypto.randomUUID());
        return callApi(runtime, operation.method, named, { ...body, ...call });
      };

      it("is documented: id, summary, tag, an example for each success, problem details for each refusal", () => {
        expect(operation.id).toMatch(/^[a-z]+(-[a-z]+)+$/);
        expect(operation.summary).not.toBe("");
        expect(document.tags?.map((tag) => tag.name)).toContain(operation.tag);
        if (operation.takesBody) expect(operation.requestExample).toBeDefined();
        for (const response of operation.responses) {
          if (response.status.startsWith("2")) expect(response.example, response.status).toBeDefined();
          if (response.status >= "400") expect(response.contentType).toBe("application/problem+json");
        }
      });

      it("when asked from an unknown origin: 403; from a known one: readable there", async () => {
        for (const origin of [
          "https://evil.example",
          "null",
          `${ALLOWED_ORIGIN}.evil.example`,
          ALLOWED_ORIGIN.toUpperCase(),
        ]) {
          const answer = await send({ headers: { origin } });
          expectProblem(answer, 403, "origin_not_allowed");
          expect(answer.headers.get("access-control-allow-origin")).toBeNull();
        }
        const answer = await send({ headers: { origin: ALLOWED_ORIGIN } });
        expect(answer.status).not.toBe(403);
        expect(answer.headers.get("access-control-allow-origin")).toBe(ALLOWED_ORIGIN);
        expect(answer.headers.get("vary")).toMatch(/origin/i);
        expectGuarded(answer);
      });

      if (operation.needsSession) securityCases(operation, send);
      if (operation.needsSession && operation.method !== "get") writeCases(operation, send);
    });
  }
};
