import { beforeAll, describe, expect, it } from "vitest";
import type { ConnectRequest, Job, JobDetail } from "#core/api/index.ts";
import { RUNTIMES } from "../../testing/api-under-test.ts";
import { callApi } from "../../testing/client.ts";
import { Drive } from "../../testing/drive.ts";
import { expectProblem } from "../../testing/every-route.ts";
import { connected, jobRequest, signUp, type Person } from "../../testing/people.ts";

type Page = { jobs: Job[]; nextCursor: string | null };

describe.each(RUNTIMES)("jobs on %s", (runtime) => {
  let maria: Person;
  let jonas: Person;
  let account: ConnectRequest;
  const made: Job[] = [];
  beforeAll(async () => {
    [maria, jonas] = await Promise.all([signUp(), signUp()]);
    account = await connected(runtime, maria);
    for (let n = 0; n < 5; n += 1) made.push(await newJob());
  });
  const newJob = async (): Promise<Job> => {
    const answer = await callApi(runtime, "post", "/api/listings/create-job", {
      token: maria.token,
      body: jobRequest(maria, account),
    });
    return (answer.json() as { job: Job }).job;
  };
  const get = (path: string, person = maria) =>
    callApi(runtime, "get", `/api/listings/jobs${path}`, { token: person.token });
  const post = (path: string, person = maria, key = crypto.randomUUID()) =>
    callApi(runtime, "post", `/api/listings/jobs${path}`, { token: person.token, key });

  describe("GET /api/listings/jobs", () => {
    it("when read page by page: every job once, newest first", async () => {
      const seen: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const page: Page = (await get(`?limit=2${cursor && `&cursor=${cursor}`}`)).json() as Page;
        expect(page.jobs.length).toBeLessThanOrEqual(2);
        seen.push(...page.jobs.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(made.map(({ id }) => id).reverse());
    });

    it("when filtered: only what fits", async () => {
      const byItem = (await get(`?itemId=${made[1]?.itemId}`)).json() as Page;
      expect(byItem.jobs.map(({ id }) => id)).toEqual([made[1]?.id]);
      expect(((await get("?platform=facebook")).json() as Page).jobs).toEqual([]);
      expect(((await get("?platform=mercari&status=queued")).json() as Page).jobs).toHaveLength(5);
      expect(((await get("?status=done")).json() as Page).jobs).toEqual([]);
    });

    it("when another person asks: nothing of hers", async () => {
      expect((await get("", jonas)).json()).toEqual({ jobs: [], nextCursor: null });
    });

    it("when the query is wrong: 400 naming the place", async () => {
      for (const query of [
        "?limit=0",
        "?limit=101",
        "?limit=x",
        "?status=happy",
        "?itemId=1",
        "?nosuch=1",
        "?limit=1&limit=2",
        "?cursor=%00",
        "?cursor=e30",
      ]) {
        expectProblem(await get(query), 400, "invalid_query");
      }
      const forged = btoa(`2026-01-01T00:00:00Z|${crypto.randomUUID()}"),or(id.neq.x`).replaceAll("=", "");
      expectProblem(await get(`?cursor=${encodeURIComponent(forged)}`), 400, "invalid_query");
    });
  });

  describe("GET /api/listings/jobs/:id", () => {
    it("when it is hers: targets and events", async () => {
      const job = (await get(`/${made[0]?.id}`)).json() as JobDetail;
      expect(job).toMatchObject({ id: made[0]?.id, targets: [{ state: "queued" }] });
      expect(job.events).toMatchObject([{ level: "info", platform: "mercari", message: "Queued" }]);
    });

    it("when it is somebody else's: 404", async () => {
      expectProblem(await get(`/${made[0]?.id}`, jonas), 404, "not_found");
    });
  });

  describe("POST /api/listings/jobs/:id/cancel", () => {
    it("when queued: cancelled, with the event; a repeat says the same", async () => {
      const job = await newJob();
      const key = crypto.randomUUID();
      const first = await post(`/${job.id}/cancel`, maria, key);
      expect(first.json()).toMatchObject({ status: "cancelled", targets: [{ state: "cancelled" }] });
      expect((first.json() as JobDetail).events.map(({ message }) => message)).toEqual([
        "Queued",
        "Cancelled",
      ]);
      const again = await post(`/${job.id}/cancel`, maria, key);
      expect(again.json()).toEqual(first.json());
      expect(again.headers.get("idempotency-replayed")).toBe("true");
    });

    it("when it is somebody else's: 404, and the job stays queued", async () => {
      expectProblem(await post(`/${made[0]?.id}/cancel`, jonas), 404, "not_found");
      expect(((await get(`/${made[0]?.id}`)).json() as Job).status).toBe("queued");
    });

    it("when the key was used for another job: 422", async () => {
      const [one, other] = [await newJob(), await newJob()];
      const key = crypto.randomUUID();
      await post(`/${one.id}/cancel`, maria, key);
      expectProblem(await post(`/${other.id}/cancel`, maria, key), 422, "idempotency_key_reused");
    });
  });

  describe("POST /api/listings/jobs/:id/retry", () => {
    it("when targets failed: the reason as a sentence, and queued again", async () => {
      const drive = await Drive.begin(runtime, maria);
      await drive.claim();
      await drive.tell({ kind: "fail", ending: { code: "page", why: "too-many-pages" } });
      const sentence = "Mercari's form went through too many pages. Look at its tab.";
      expect(await drive.read()).toMatchObject({
        status: "failed",
        error: sentence,
        result: { done: 0, failed: 1, needsHuman: 0, cancelled: 0 },
        targets: [{ ending: { code: "page", why: "too-many-pages" }, stateReason: sentence }],
      });
      expect((await post(`/${drive.begun.job.id}/retry`)).json()).toMatchObject({
        status: "queued",
        error: null,
        result: null,
        targets: [{ state: "queued", stateReason: null }],
      });
    });

    it("when several went wrong: what still stands, each reason once", async () => {
      const stops = ["captcha", "login", "login"] as const;
      const accounts = [];
      for (const _ of stops) accounts.push(await connected(runtime, maria));
      const drives = await Drive.at(runtime, maria, accounts);
      for (const [at, stop] of stops.entries()) {
        await drives[at]!.claim();
        await drives[at]!.tell({
          kind: "ask",
          question: "stop",
          ending: { code: "stop", stop },
          candidates: [],
        });
      }
      const { error } = await drives[0]!.read();
      expect(error?.split(". ").sort()).toEqual(["Mercari asks you to log in.", "Mercari shows a captcha"]);
      expect((await drives[0]!.post("cancel")).json()).toMatchObject({
        status: "needs_human",
        error: "Mercari asks you to log in.",
      });
    });

    it("when there is nothing to try again: 409 that says why", async () => {
      const answer = await post(`/${made[0]?.id}/retry`);
      expectProblem(answer, 409, "conflict");
      expect(answer.problem().detail).toMatch(/only what failed can/i);
    });

    it("when it is somebody else's: 404", async () => {
      expectProblem(await post(`/${made[0]?.id}/retry`, jonas), 404, "not_found");
    });
  });
});
