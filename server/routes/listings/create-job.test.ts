import { beforeAll, describe, expect, it } from "vitest";
import type { ConnectRequest, Job } from "#core/api/index.ts";
import { RUNTIMES } from "../../testing/api-under-test.ts";
import { callApi, type Call } from "../../testing/client.ts";
import { inDatabase } from "../../testing/drive.ts";
import { expectProblem } from "../../testing/every-route.ts";
import { connected, jobRequest, signUp, type Person } from "../../testing/people.ts";

const inAYear = (): string => new Date(Date.now() + 365 * 24 * 3_600_000).toISOString();

type Created = { job: Job; replayed: boolean };

describe.each(RUNTIMES)("POST /api/listings/create-job on %s", (runtime) => {
  let maria: Person;
  let account: ConnectRequest;
  beforeAll(async () => {
    maria = await signUp();
    account = await connected(runtime, maria);
  });
  const create = (call: Call) =>
    callApi(runtime, "post", "/api/listings/create-job", { token: maria.token, ...call });
  const jobs = async (): Promise<Job[]> =>
    (
      (await callApi(runtime, "get", "/api/listings/jobs?limit=100", { token: maria.token })).json() as {
        jobs: Job[];
      }
    ).jobs;

  it("when an item is fit for its channels: a queued job with a target each", async () => {
    const request = jobRequest(maria, account);
    const answer = await create({ body: request });
    expect(answer.status).toBe(201);
    const { job, replayed } = answer.json() as Created;
    expect(replayed).toBe(false);
    expect(job).toMatchObject({
      status: "queued",
      itemId: request.item?.id,
      mode: "publish",
      driver: "cloud",
      platforms: ["mercari"],
    });
    expect(job.targets).toMatchObject([{ accountId: account.accountId, state: "queued", attempt: 0 }]);
  });

  it("when repeated with its key: the same job, whatever the order of its fields", async () => {
    const request = jobRequest(maria, account);
    const key = crypto.randomUUID();
    const first = await create({ body: request, key });
    const reordered = Object.fromEntries(Object.entries(request).reverse());
    const again = await create({ body: reordered, key });
    expect(again.status).toBe(201);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect((again.json() as Created).job).toEqual((first.json() as Created).job);
  });

  it.each(["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])(
    "when it is to run at %s: refused by its name, and every job can still be read",
    async (runAt) => {
      const before = await jobs();
      const answer = await create({ body: { ...jobRequest(maria, account), runAt } });
      expectProblem(answer, 400, "invalid_body");
      expect(answer.text).toContain("runAt");
      expect(await jobs()).toEqual(before);
    },
  );

  it("when ten repeats race: one job", async () => {
    const request = jobRequest(maria, account);
    const key = crypto.randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => create({ body: request, key })));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
    expect(new Set(answers.map((answer) => (answer.json() as Created).job.id)).size).toBe(1);
    expect((await jobs()).filter(({ itemId }) => itemId === request.item?.id)).toHaveLength(1);
  });

  it("when the key comes with another body: 422", async () => {
    const key = crypto.randomUUID();
    await create({ body: jobRequest(maria, account), key });
    expectProblem(await create({ body: jobRequest(maria, account), key }), 422, "idempotency_key_reused");
  });

  it("when another person uses the same key: a job of their own", async () => {
    const key = crypto.randomUUID();
    const first = await create({ body: jobRequest(maria, account), key });
    const jonas = await signUp();
    const his = await connected(runtime, jonas);
    const second = await create({ token: jonas.token, body: jobRequest(jonas, his), key });
    expect(second.status).toBe(201);
    expect((second.json() as Created).job.id).not.toBe((first.json() as Created).job.id);
  });

  it("when the item has problems at a channel: 422 naming the fields, and nothing is created", async () => {
    const request = jobRequest(maria, account);
    const item = { ...request.item!, title: "x".repeat(150), photos: [], category: null };
    const answer = await create({ body: { ...request, item } });
    expectProblem(answer, 422, "item_has_problems");
    const paths = answer.problem().errors?.map(({ path }) => path) ?? [];
    expect(paths).toEqual(expect.arrayContaining(["item.title", "item.photos", "item.category"]));
    expect(answer.problem().detail).toContain("title");
    expect((await jobs()).some(({ itemId }) => itemId === item.id)).toBe(false);
  });

  it("when listing without an item: 400 naming it", async () => {
    const { item: _, ...request } = jobRequest(maria, account);
    const answer = await create({ body: request });
    expectProblem(answer, 400, "invalid_body");
    expect(answer.problem().errors?.[0]?.path).toBe("item");
  });

  it("when the workspace or the account is somebody else's: 404, and nothing is created there", async () => {
    const jonas = await signUp();
    const his = await connected(runtime, jonas);
    expectProblem(await create({ body: jobRequest(jonas, his) }), 404, "not_found");
    expectProblem(await create({ body: jobRequest(maria, his) }), 404, "not_found");
    const list = await callApi(runtime, "get", "/api/listings/jobs", { token: jonas.token });
    expect(list.json()).toEqual({ jobs: [], nextCursor: null });
  });

  it("when the item's id is an item of another workspace: refused", async () => {
    const jonas = await signUp();
    const his = await connected(runtime, jonas);
    const request = jobRequest(jonas, his);
    expect((await create({ token: jonas.token, body: request })).status).toBe(201);
    const stolen = { ...jobRequest(maria, account), item: request.item };
    expectProblem(await create({ body: stolen }), 404, "not_found");
  });

  it("when the item is being listed at the same account: 409 that names that job, also on purpose", async () => {
    const request = jobRequest(maria, account);
    const first = (await create({ body: request })).json() as Created;
    for (const again of [false, true]) {
      const answer = await create({ body: { ...request, again } });
      expectProblem(answer, 409, "conflict");
      expect(answer.problem().detail).toContain(first.job.id);
    }
  });

  it("when it was published by hand already: told whatever is listed there, and looked for", async () => {
    const request = jobRequest(maria, account, { driver: "tab" });
    expect((await create({ body: request })).status).toBe(201);
    const item = { ...request.item!, title: "x".repeat(150) };
    const answer = await create({ body: { ...request, item, pressed: true } });
    expect(answer.status, answer.text).toBe(201);
    const { job } = answer.json() as Created;
    expect(job).toMatchObject({ status: "running", error: null });
    expect(job.targets).toMatchObject([
      { state: "unknown", ending: { code: "no-answer" }, can: ["cancel"], question: null },
    ]);
  });

  it("when published by hand and by the cloud, later or as a fallback: 400 naming the place", async () => {
    const request = jobRequest(maria, account, { driver: "tab" });
    for (const [field, change] of [
      ["driver", { driver: "cloud" }],
      ["action", { action: "verify" }],
      ["runAt", { runAt: inAYear() }],
      ["fallbackAfterSeconds", { fallbackAfterSeconds: 60 }],
    ] as const) {
      const answer = await create({ body: { ...request, pressed: true, ...change } });
      expectProblem(answer, 400, "invalid_body");
      expect(answer.problem().errors).toMatchObject([{ path: field }]);
    }
  });

  it("when values are out of bounds: 400 naming each place", async () => {
    const request = jobRequest(maria, account);
    const answer = await create({
      body: {
        ...request,
        mode: "yolo",
        targets: [],
        item: { ...request.item, price: { amountMinor: -1, currency: "dollars" } },
      },
    });
    expectProblem(answer, 400, "invalid_body");
    const paths = answer.problem().errors?.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(["mode", "targets", "item.price.amountMinor", "item.price.currency"]),
    );
  });

  it("when it names a city: the job keeps it, so that the cloud posts to the same one as a tab", async () => {
    const answer = await create({ body: { ...jobRequest(maria, account), city: "sfbay" } });
    expect(answer.status).toBe(201);
    const { job } = answer.json() as Created;
    const { rows } = await inDatabase("select payload from public.listing_jobs where id = $1", [job.id]);
    expect(rows).toMatchObject([{ payload: { city: "sfbay" } }]);
  });

  it("when it is for later: the job waits until then", async () => {
    const runAt = inAYear();
    const answer = await create({ body: { ...jobRequest(maria, account), runAt } });
    expect((answer.json() as Created).job.runAt).toBe(runAt);
  });
});
