import { describe, expect, it } from "vitest";
import type { Account } from "#core/api/index.ts";
import { RUNTIMES } from "../../testing/api-under-test.ts";
import { callApi, type Call } from "../../testing/client.ts";
import { expectProblem } from "../../testing/every-route.ts";
import { connected, connectRequest, signUp } from "../../testing/people.ts";

describe.each(RUNTIMES)("POST /api/platform/connect on %s", (runtime) => {
  const connect = (call: Call) => callApi(runtime, "post", "/api/platform/connect", call);

  it("when all is in order: the account is connected, and no part of the sealed session comes back", async () => {
    const maria = await signUp();
    const request = await connectRequest(maria);
    const answer = await connect({ token: maria.token, body: request });
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({
      id: request.accountId,
      loginId: request.loginId,
      status: "connected",
      sessionVersion: 1,
      sessionMeta: request.sessionMeta,
    });
    for (const secret of [request.session.ct, request.session.enc, request.session.sig]) {
      expect(answer.text).not.toContain(secret);
    }
  });

  it("when the same request is repeated with its key: the same answer, said to be a repeat", async () => {
    const maria = await signUp();
    const call = { token: maria.token, body: await connectRequest(maria), key: crypto.randomUUID() };
    const first = await connect(call);
    const second = await connect(call);
    expect(second.status).toBe(200);
    expect(second.json()).toEqual(first.json());
    expect(first.headers.get("idempotency-replayed")).toBeNull();
    expect(second.headers.get("idempotency-replayed")).toBe("true");
  });

  it("when a refusal is repeated with its key: the same refusal", async () => {
    const maria = await signUp();
    const jonas = await signUp();
    const body = { ...(await connectRequest(maria)), workspaceId: jonas.workspaceId };
    const call = { token: maria.token, body, key: crypto.randomUUID() };
    expectProblem(await connect(call), 404, "not_found");
    const again = await connect(call);
    expectProblem(again, 404, "not_found");
    expect(again.headers.get("idempotency-replayed")).toBe("true");
  });

  it("when the key comes with another body: 422", async () => {
    const maria = await signUp();
    const key = crypto.randomUUID();
    expect((await connect({ token: maria.token, body: await connectRequest(maria), key })).status).toBe(200);
    const other = await connect({ token: maria.token, body: await connectRequest(maria), key });
    expectProblem(other, 422, "idempotency_key_reused");
  });

  it("when an older session is sent again: 409 that names the version to send", async () => {
    const maria = await signUp();
    const first = await connected(runtime, maria);
    const older = await connectRequest(maria, {
      accountId: first.accountId,
      handle: first.handle,
      loginId: first.loginId,
    });
    const answer = await connect({ token: maria.token, body: older });
    expectProblem(answer, 409, "conflict");
    expect(answer.problem().detail).toContain("sessionVersion 2");
  });

  it("when reconnected with the next version: the same account", async () => {
    const maria = await signUp();
    const first = await connected(runtime, maria);
    const next = await connectRequest(maria, {
      accountId: first.accountId,
      handle: first.handle,
      sessionVersion: 2,
    });
    const answer = await connect({ token: maria.token, body: next });
    expect((answer.json() as Account).sessionVersion).toBe(2);
  });

  it("when the channel tells no id of the login: the handle is the login", async () => {
    const maria = await signUp();
    const { loginId: _, ...request } = await connectRequest(maria, { handle: "@Maria-Sells" });
    const answer = await connect({ token: maria.token, body: request });
    expect(answer.json()).toMatchObject({ handle: "@Maria-Sells", loginId: "maria-sells" });
  });

  it("when the handle changed and the login is the same: reconnected; another login is another account", async () => {
    const maria = await signUp();
    const first = await connected(runtime, maria);
    const renamed = await connectRequest(maria, {
      accountId: first.accountId,
      loginId: first.loginId,
      handle: "maria-renamed",
      sessionVersion: 2,
    });
    expect((await connect({ token: maria.token, body: renamed })).json()).toMatchObject({
      handle: "maria-renamed",
      loginId: first.loginId,
    });
    const other = await connectRequest(maria, {
      accountId: first.accountId,
      loginId: "other",
      sessionVersion: 3,
    });
    expectProblem(await connect({ token: maria.token, body: other }), 409, "conflict");
  });

  it("when the account is somebody else's: 404, and theirs is untouched", async () => {
    const [maria, jonas] = [await signUp(), await signUp()];
    const hers = await connected(runtime, maria);
    const planted = await connectRequest(jonas, {
      accountId: hers.accountId,
      handle: hers.handle,
      sessionVersion: 2,
    });
    expectProblem(await connect({ token: jonas.token, body: planted }), 404, "not_found");
    const list = await callApi(runtime, "get", "/api/platform/accounts", { token: maria.token });
    expect((list.json() as { accounts: Account[] }).accounts[0]?.sessionVersion).toBe(1);
  });

  it("when the sealed session is too large or not in its form: 400 naming the field", async () => {
    const maria = await signUp();
    const request = await connectRequest(maria);
    for (const session of [
      { ...request.session, ct: "A".repeat(200_001) },
      { ...request.session, ct: "not base64url!" },
      { ...request.session, v: 2 },
      { ...request.session, cookies: [{ name: "sid", value: "canary" }] },
    ]) {
      const answer = await connect({ token: maria.token, body: { ...request, session } });
      expectProblem(answer, 400, "invalid_body");
      expect(answer.problem().errors?.[0]?.path).toContain("session");
      expect(answer.text).not.toContain("canary");
    }
  });
});
