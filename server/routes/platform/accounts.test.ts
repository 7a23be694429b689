import { describe, expect, it } from "vitest";
import type { Account, JobDetail } from "#core/api/index.ts";
import { RUNTIMES } from "../../testing/api-under-test.ts";
import { callApi } from "../../testing/client.ts";
import { expectProblem } from "../../testing/every-route.ts";
import { connected, jobRequest, signUp } from "../../testing/people.ts";

describe.each(RUNTIMES)("accounts on %s", (runtime) => {
  const listOf = async (token: string): Promise<Account[]> =>
    ((await callApi(runtime, "get", "/api/platform/accounts", { token })).json() as { accounts: Account[] })
      .accounts;

  describe("GET /api/platform/accounts", () => {
    it("when several people have accounts: each sees their own, oldest first", async () => {
      const [maria, jonas] = [await signUp(), await signUp()];
      const first = await connected(runtime, maria);
      const second = await connected(runtime, maria);
      const his = await connected(runtime, jonas);
      expect((await listOf(maria.token)).map(({ id }) => id)).toEqual([first.accountId, second.accountId]);
      expect((await listOf(jonas.token)).map(({ id }) => id)).toEqual([his.accountId]);
    });
  });

  describe("POST /api/platform/:id/verify", () => {
    it("when asked: a job is queued that can be followed, once per key", async () => {
      const maria = await signUp();
      const { accountId } = await connected(runtime, maria);
      const call = { token: maria.token, key: crypto.randomUUID() };
      const first = await callApi(runtime, "post", `/api/platform/${accountId}/verify`, call);
      expect(first.status).toBe(202);
      const again = await callApi(runtime, "post", `/api/platform/${accountId}/verify`, call);
      expect(again.json()).toEqual(first.json());
      expect(again.headers.get("idempotency-replayed")).toBe("true");
      const { jobId } = first.json() as { jobId: string };
      const job = (
        await callApi(runtime, "get", `/api/listings/jobs/${jobId}`, { token: maria.token })
      ).json() as JobDetail;
      expect(job).toMatchObject({ action: "verify", driver: "cloud", targets: [{ accountId }] });
    });

    it("when the account is somebody else's: 404 and no job", async () => {
      const [maria, jonas] = [await signUp(), await signUp()];
      const { accountId } = await connected(runtime, maria);
      expectProblem(
        await callApi(runtime, "post", `/api/platform/${accountId}/verify`, { token: jonas.token }),
        404,
      );
      const jobs = (await callApi(runtime, "get", "/api/listings/jobs", { token: maria.token })).json();
      expect(jobs).toEqual({ jobs: [], nextCursor: null });
    });

    it("when the account may not be used from the cloud: 409 that says what to do", async () => {
      const maria = await signUp();
      const { accountId } = await connected(runtime, maria, { cloudAllowed: false });
      const answer = await callApi(runtime, "post", `/api/platform/${accountId}/verify`, {
        token: maria.token,
      });
      expectProblem(answer, 409, "conflict");
      expect(answer.problem().detail).toMatch(/connect it with cloud use allowed/i);
    });
  });

  describe("DELETE /api/platform/:id", () => {
    it("when disconnected: nothing sealed is left, its queued work is cancelled, and a repeat says the same", async () => {
      const maria = await signUp();
      const account = await connected(runtime, maria);
      const created = await callApi(runtime, "post", "/api/listings/create-job", {
        token: maria.token,
        body: jobRequest(maria, account),
      });
      const call = { token: maria.token, key: crypto.randomUUID() };
      const gone = await callApi(runtime, "delete", `/api/platform/${account.accountId}`, call);
      expect(gone.json()).toMatchObject({ status: "disconnected", sessionMeta: null, cloudAllowed: false });
      expect((await callApi(runtime, "delete", `/api/platform/${account.accountId}`, call)).json()).toEqual(
        gone.json(),
      );
      const { job } = created.json() as { job: { id: string } };
      const after = (
        await callApi(runtime, "get", `/api/listings/jobs/${job.id}`, { token: maria.token })
      ).json();
      expect(after).toMatchObject({ status: "cancelled", targets: [{ state: "cancelled" }] });
    });

    it("when the account is somebody else's: 404, and theirs stays connected", async () => {
      const [maria, jonas] = [await signUp(), await signUp()];
      const { accountId } = await connected(runtime, maria);
      expectProblem(
        await callApi(runtime, "delete", `/api/platform/${accountId}`, { token: jonas.token }),
        404,
      );
      expect((await listOf(maria.token))[0]?.status).toBe("connected");
    });
  });
});
