import { beforeAll, describe, expect, it } from "vitest";
import type { Job, JobDetail } from "#core/api/index.ts";
import { refusalSentence, type RefusalCode } from "#core/posting/index.ts";
import { RUNTIMES } from "../../testing/api-under-test.ts";
import { callApi, type Answer } from "../../testing/client.ts";
import { Drive, inDatabase } from "../../testing/drive.ts";
import { expectProblem } from "../../testing/every-route.ts";
import { jobRequest, signUp, type Person } from "../../testing/people.ts";
import { SITUATIONS } from "../../testing/situations.ts";

const expectRefusal = (answer: Answer, refusal: RefusalCode): void => {
  expectProblem(answer, 409, "conflict");
  expect(answer.problem()).toMatchObject({ refusal, detail: refusalSentence(refusal) });
};
const jobIn = (answer: Answer): JobDetail => {
  expect(answer.status, answer.text).toBe(200);
  return answer.json() as JobDetail;
};
const targetIn = (answer: Answer) => jobIn(answer).targets[0]!;

describe.each(RUNTIMES)("a target on %s", (runtime) => {
  let maria: Person;
  let jonas: Person;
  beforeAll(async () => {
    [maria, jonas] = await Promise.all([signUp(), signUp()]);
  });
  const begin = (
    ...changes: Parameters<typeof Drive.begin> extends [unknown, unknown, ...infer R] ? R : never
  ) => Drive.begin(runtime, maria, ...changes);
  const reach = async (name: string): Promise<Drive> => {
    const { request, lead } = SITUATIONS.find((situation) => situation.name === name)!;
    const drive = await begin(request);
    await lead(drive);
    return drive;
  };
  const saying = (kind: string, more: object = {}, question = 1) => ({ question, answer: { kind, ...more } });

  it("when it asks: the question, what it takes, why in a code and in a sentence, and every way out", async () => {
    const job = await (await reach("unexplained rows (cloud)")).read();
    const sentence =
      "There is a new listing on Mercari that nobody knows of. It may be this one under another title.";
    expect(job).toMatchObject({ status: "needs_human", error: sentence });
    expect(job.targets[0]).toMatchObject({
      state: "needs_human",
      ending: { code: "unexplained-rows", count: 1 },
      stateReason: sentence,
      question: { number: 1, kind: "there", candidates: [{ externalId: "m-new", priceText: "$45" }] },
      answers: ["is-it", "not-there", "wait"],
      can: ["answer", "take-over", "cancel"],
      cancelAsked: false,
      listing: null,
    });
    expect(job.targets[0]?.question?.askedAt).toMatch(/^20\d\d-.*\.\d{3}Z$/);
  });

  it("when a person says which row it is: done, with the address that was shown", async () => {
    const drive = await reach("unexplained rows (cloud)");
    const url = "https://www.mercari.com/us/item/m-new/";
    const job = jobIn(await drive.post("answer", saying("is-it", { externalId: "m-new" })));
    expect(job).toMatchObject({ status: "done", error: null });
    expect(job.targets[0]).toMatchObject({
      state: "done",
      question: null,
      answers: [],
      can: [],
      listing: { externalId: "m-new", url, by: "person", status: "active" },
      listingUrl: url,
    });
  });

  it("when the row is another item's: refused, and it still asks", async () => {
    const drive = await reach("unexplained rows (cloud)");
    await inDatabase(
      `insert into public.job_targets (job_id, workspace_id, account_id, login_scope, platform, action, driver, mode, op_key,
         decide_by, state, listing)
       select job_id, workspace_id, account_id, login_scope, platform, action, driver, mode, op_key || '|other', decide_by, 'done',
         '{"externalId": "m-hers", "url": null, "by": "id"}' from public.job_targets where id = $1`,
      [drive.targetId],
    );
    expectRefusal(await drive.post("answer", saying("is-it", { externalId: "m-hers" })), "row-taken");
    expect((await drive.read()).targets.find(({ id }) => id === drive.targetId)?.question?.number).toBe(1);
  });

  it("when it is filled for review and a person publishes: queued, with their consent", async () => {
    const drive = await reach("filled for review (cloud)");
    expect(targetIn(await drive.post("answer", saying("publish"))).state).toBe("queued");
    const { rows } = await inDatabase("select consent from public.job_targets where id = $1", [
      drive.targetId,
    ]);
    expect(rows).toEqual([{ consent: { kind: "publish", hash: null } }]);
  });

  it("when the answer is for a question of before, or is none it takes: refused, and nothing changes", async () => {
    const drive = await reach("not found (cloud)");
    const before = await drive.target();
    expectRefusal(await drive.post("answer", saying("wait", {}, 2)), "old-question");
    expectRefusal(await drive.post("answer", saying("publish")), "no-such-answer");
    expect(await drive.target()).toEqual(before);
    expect(targetIn(await drive.post("answer", saying("wait"))).state).toBe("unknown");
    expectRefusal(await drive.post("answer", saying("wait")), "state");
  });

  it("when the answer is no answer at all: 400 naming the place", async () => {
    const drive = await begin();
    for (const body of [
      saying("maybe"),
      saying("is-it"),
      saying("is-it", { externalId: "m1", url: "javascript:alert(1)" }),
      saying("wait", { again: true }),
      { ...saying("wait"), question: 0 },
      { answer: { kind: "wait" } },
    ]) {
      expectProblem(await drive.post("answer", body), 400, "invalid_body");
    }
    expectProblem(await drive.post("take-over", { driver: "plane" }), 400, "invalid_body");
  });

  it("when repeated with its key: the same answer, played once, also where the first answer was lost", async () => {
    const drive = await reach("not found (cloud)");
    const key = crypto.randomUUID();
    const first = await drive.post("answer", saying("wait"), key);
    const again = await drive.post("answer", saying("wait"), key);
    expect(again.json()).toEqual(first.json());
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    // A second one under another id would be an answer to a question of before.
    await inDatabase("delete from public.idempotency_keys where key = $1", [key]);
    expect(targetIn(await drive.post("answer", saying("wait"), key)).state).toBe("unknown");
    expectProblem(await drive.post("answer", saying("go-on"), key), 422, "idempotency_key_reused");
  });

  it("when a refusal is repeated with its key: the same refusal", async () => {
    const drive = await begin();
    const key = crypto.randomUUID();
    expectRefusal(await drive.post("retry", undefined, key), "state");
    const again = await drive.post("retry", undefined, key);
    expectRefusal(again, "state");
    expect(again.headers.get("idempotency-replayed")).toBe("true");
  });

  it("when it failed: tried again; not once another job lists the item there", async () => {
    const drive = await reach("failed before a press (cloud)");
    expect(await drive.target()).toMatchObject({
      stateReason: "Photo 1 cannot be used.",
      can: ["retry"],
    });
    const request = { ...jobRequest(maria, drive.begun.account), item: drive.begun.item };
    const other = await callApi(runtime, "post", "/api/listings/create-job", {
      token: maria.token,
      body: request,
    });
    expect(other.status).toBe(201);
    expectRefusal(await drive.post("retry"), "superseded");
    const { job } = other.json() as { job: Job };
    await callApi(runtime, "post", `/api/listings/jobs/${job.id}/cancel`, { token: maria.token });
    expect(targetIn(await drive.post("retry"))).toMatchObject({ state: "queued", ending: null });
  });

  it("when cancelled while it is driven: a wish, which the driver obeys", async () => {
    const drive = await reach("being filled (cloud)");
    expect(targetIn(await drive.post("cancel"))).toMatchObject({
      state: "filling",
      cancelAsked: true,
      can: [],
    });
    await drive.leaseEnds();
    expect(await drive.target()).toMatchObject({ state: "cancelled", ending: { code: "cancelled" } });
  });

  it("when taken over: its driver is the other one; the cloud only where the account may be used there", async () => {
    const waiting = await reach("a captcha (cloud)");
    expect(targetIn(await waiting.post("take-over", { driver: "tab" }))).toMatchObject({
      driver: "tab",
      state: "queued",
    });
    expect(targetIn(await waiting.post("take-over", { driver: "cloud" })).driver).toBe("cloud");
    const apart = await begin({ driver: "tab" }, { cloudAllowed: false });
    expectRefusal(await apart.post("take-over", { driver: "cloud" }), "not-yours");
  });

  it("when it is a target of another job, or of somebody else: 404, and it stays as it is", async () => {
    const [one, other] = [await begin(), await begin()];
    const his = await Drive.begin(runtime, jonas);
    for (const [token, path] of [
      [maria.token, `/api/listings/jobs/${other.begun.job.id}/targets/${one.targetId}`],
      [maria.token, his.path],
      [maria.token, `/api/listings/jobs/${one.begun.job.id}/targets/${his.targetId}`],
      [jonas.token, one.path],
    ]) {
      for (const [action, body] of [
        ["cancel"],
        ["retry"],
        ["take-over", { driver: "tab" }],
        ["answer", saying("wait")],
      ]) {
        const answer = await callApi(runtime, "post", `${path}/${String(action)}`, { token, body });
        expectProblem(answer, 404, "not_found");
      }
    }
    expect([(await one.target()).state, (await his.target()).state]).toEqual(["queued", "queued"]);
  });

  it("when a viewer of the workspace says something: 403", async () => {
    const drive = await begin();
    await inDatabase(
      "insert into public.workspace_members (workspace_id, user_id, role) values ($1, $2, 'viewer')",
      [maria.workspaceId, jonas.userId],
    );
    const answer = await callApi(runtime, "post", `${drive.path}/cancel`, { token: jonas.token });
    expectProblem(answer, 403, "forbidden");
  });
});
