/** Sealed sessions that are not what their row says: a database that was written to must not post as somebody else. */
import { describe, expect, it } from "vitest";
import { BESIDE, workingWorld } from "../testing/working-world.ts";
import type { Connected } from "../testing/seller.ts";

const at = workingWorld();

type Sealed = { sealed: unknown; meta: unknown; version: number; consent: string };

const sealedOf = async ({ id }: Connected): Promise<Sealed> => {
  const columns =
    "session_payload_encrypted as sealed, session_meta as meta, session_version as version, consent_id as consent";
  const { rows } = await at.world.admin.query<Sealed>(
    `select ${columns} from public.platform_accounts where id = $1`,
    [id],
  );
  return rows[0]!;
};
const store = ({ id }: Connected, { sealed, meta, version, consent }: Sealed): Promise<unknown> =>
  at.world.admin.query(
    "update public.platform_accounts set session_payload_encrypted = $2, session_meta = $3, session_version = $4, consent_id = $5 where id = $1",
    [id, sealed, meta, version, consent],
  );

/** Posts with what is stored now. */
const tryToPost = async (account: Connected) => {
  const post = await at.post(account.channel, { account });
  const target = await post.settled();
  expect(await post.submits()).toBe(0);
  return target;
};
const refusals = async ({ id }: Connected): Promise<string[]> => {
  const { rows } = await at.world.admin.query<{ reason: string }>(
    "select data ->> 'reason' as reason from public.audit_log where action = 'session.refused' and subject_id = $1 order by id",
    [id],
  );
  return rows.map(({ reason }) => reason);
};

describe.concurrent("a session that is not what its row says", BESIDE, () => {
  it("when somebody else's session was planted: refused before anything is filled", async () => {
    const planted = await at.world.connect("facebook", { handle: "jonas", loginAs: "maria" });
    expect(await tryToPost(planted)).toMatchObject({
      state: "needs_human",
      ending: { code: "wrong-login" },
      permits: 0,
    });
  });

  it("when another account's session was put into its row: it does not open", async () => {
    const [his, hers] = [await at.world.freshAccount("mercari"), await at.world.freshAccount("mercari")];
    await store(his, { ...(await sealedOf(his)), sealed: (await sealedOf(hers)).sealed });
    const target = await tryToPost(his);
    expect(target).toMatchObject({ state: "needs_human", ending: { code: "account" }, permits: 0 });
    expect(target.reason).toContain("Connect this account again");
    expect(await refusals(his)).toHaveLength(1);
  });

  it("when two whole rows were swapped: neither opens", async () => {
    const [his, hers] = [await at.world.freshAccount("mercari"), await at.world.freshAccount("mercari")];
    const [one, other] = [await sealedOf(his), await sealedOf(hers)];
    await store(his, other);
    await store(hers, one);
    for (const account of [his, hers]) {
      const target = await tryToPost(account);
      expect(target.reason).toContain("Connect this account again");
      expect(await refusals(account)).toHaveLength(1);
    }
  });

  it("when yesterday's row was put back: refused, because a newer one was seen", async () => {
    const account = await at.world.freshAccount("craigslist");
    const yesterday = await sealedOf(account);
    const { id: accountId, handle } = account;
    await at.world.connect("craigslist", { accountId, handle, sessionVersion: 2 });
    const post = await at.post("craigslist", { account });
    expect(await post.settled()).toMatchObject({ state: "done" });
    await store(account, yesterday);
    const second = await at.post("craigslist", { account });
    const target = await second.settled();
    expect(target).toMatchObject({ state: "needs_human", permits: 0 });
    expect(target.reason).toContain("older than one already used");
    expect(await refusals(account)).toEqual(["rolled-back"]);
    expect(await post.submits()).toBe(1);
  });
});
