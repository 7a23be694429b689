/** Everybody at once: drivers, people and the sweep never wait for each other in a circle. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { asUser, call, type Sql } from "../testing.ts";
import { connectRequest, jobRequest, requestJob } from "./sample-workspace.ts";
import { PRESSED_BY_PERSON, withPostings, type PostingWorld } from "./posting-world.ts";

const ROUNDS = 60;
const ACCOUNTS = 6;
/** Of these, how many are disconnected and connected again all the time. */
const COMING_AND_GOING = 2;

/** What each kind of call ended with. Refusals are answers; anything else is a fault: a deadlock (40P01), a lock timeout. */
class Seen {
  readonly codes: Record<string, number> = {};

  async note<T>(what: string, work: Promise<T>): Promise<T | null> {
    const [code, answer] = await work.then(
      (value): [string, T | null] => ["ok", value],
      (error: unknown): [string, null] => [(error as { code?: string }).code ?? String(error), null],
    );
    const key = `${what} ${code}`;
    this.codes[key] = (this.codes[key] ?? 0) + 1;
    return answer;
  }

  faults(): Record<string, number> {
    return Object.fromEntries(Object.entries(this.codes).filter(([key]) => !/ (ok|HK409|HK404)$/.test(key)));
  }
}

class Crowd {
  readonly #world: PostingWorld;
  readonly #accounts: string[];
  readonly #seen: Seen;
  /** Somebody asked for something more; in the end, nobody will. */
  #asked = Promise.withResolvers<void>();
  #asking = 0;

  constructor(world: PostingWorld, accounts: string[], seen: Seen) {
    this.#world = world;
    this.#accounts = accounts;
    this.#seen = seen;
  }

  async #connection(as: "admin" | "worker"): Promise<Sql> {
    const connection = await this.#world.database.connect(as);
    await connection.query("set lock_timeout = '30s'");
    return connection;
  }

  /** Claims what waits at an account, reports how it goes, and ends it one way or the other. */
  async drive(account: string): Promise<void> {
    const sql = await this.#connection("worker");
    for (let round = 0; round < ROUNDS; round += 1) {
      const { rows } = await sql.query<{ id: string }>(
        "select id from public.job_targets where account_id = $1 and state = 'queued' order by random() limit 1",
        [account],
      );
      const id = rows[0]?.id;
      if (!id && this.#asking === 0) return;
      if (!id) {
        await this.#asked.promise; // drivers are faster than whoever gives them work
        continue;
      }
      const claim = { p_target_id: id, p_holder: `w/${account}` };
      const claimed = await this.#seen.note(
        "claim",
        call<{ claimed: boolean; fence: number }>(sql, "claim_target", claim),
      );
      if (!claimed?.claimed) continue;
      const { fence } = claimed;
      for (const percent of [20, 40, 60])
        await this.#seen.note("report", this.#report(sql, id, fence, percent + (round % 10)));
      const ending = { code: "unreachable", message: "x" };
      const event = round % 3 ? { kind: "fail", fence, ending } : PRESSED_BY_PERSON;
      await this.#seen.note(
        "tell",
        call(sql, "posting_event", { p_target_id: id, p_event: event, p_event_id: randomUUID() }),
      );
      const lease = { p_account_id: account, p_fence: fence };
      await this.#seen.note("release", call(sql, "release_lease", lease));
    }
  }

  #report(sql: Sql, id: string, fence: number, percent: number): Promise<unknown> {
    return call(sql, "report_progress", {
      p_target_id: id,
      p_fence: fence,
      p_progress: { percent, message: "Filling" },
      p_lines: JSON.stringify([{ message: "a step" }]),
    });
  }

  async #asPerson(
    what: string,
    times: number,
    act: (sql: Sql, round: number) => Promise<unknown>,
  ): Promise<void> {
    const sql = await this.#connection("admin");
    const { operator } = this.#world.small.people;
    for (let round = 0; round < times; round += 1)
      await this.#seen.note(
        what,
        asUser(sql, operator, (own) => act(own, round)),
      );
  }

  /**
   * Two people do: those of one wait for each other where the budget is counted. Every other request is for the accounts
   * alone that stay connected; one that names a disconnected account is refused.
   */
  async create(who: "owner" | "operator"): Promise<void> {
    this.#asking += 1;
    await this.#creates(who);
    this.#asking -= 1;
    this.#tellDrivers();
  }

  #tellDrivers(): void {
    this.#asked.resolve();
    this.#asked = Promise.withResolvers<void>();
  }

  async #creates(who: "owner" | "operator"): Promise<void> {
    const sql = await this.#connection("admin");
    const { people, workspaceId } = this.#world.small;
    for (let round = 0; round < ROUNDS; round += 1, this.#tellDrivers()) {
      const accounts = this.#accounts.slice(round % 2 === 0 ? 0 : COMING_AND_GOING);
      const request = jobRequest(workspaceId, randomUUID(), accounts, { driver: "cloud" });
      await this.#seen.note("create", requestJob(sql, people[who], request));
    }
  }

  /** Whatever job comes by. */
  edit(name: "cancel_job" | "retry_job", times: number): Promise<void> {
    const state = name === "cancel_job" ? "queued" : "failed";
    return this.#asPerson(name, times, async (sql) => {
      const { rows } = await sql.query<{ job_id: string }>(
        "select job_id from public.job_targets where state = $1 order by random() limit 1",
        [state],
      );
      return rows[0] ? call(sql, name, { p_job_id: rows[0].job_id }) : null;
    });
  }

  reconnect(account: string, handle: string): Promise<void> {
    return this.#asPerson("reconnect", ROUNDS, (sql, round) =>
      round % 2 === 0
        ? call(sql, "disconnect_account", { p_account_id: account })
        : call(sql, "connect_account", {
            p: connectRequest(this.#world.small.workspaceId, {
              accountId: account,
              handle,
              sessionVersion: round + 2,
            }),
          }),
    );
  }

  async sweep(): Promise<void> {
    const sql = await this.#connection("worker");
    for (let round = 0; round < ROUNDS; round += 1) {
      await sql.query("delete from graphile_worker._private_jobs where random() < 0.1");
      await this.#seen.note("sweep", call(sql, "sweep", {}));
    }
  }
}

describe("drivers that report progress", () => {
  it("do not deadlock with requests, cancels, retries, disconnects and the sweep at full speed", async () => {
    await withPostings(async (world) => {
      const handles = Array.from({ length: ACCOUNTS }, (_, n) => (n === 0 ? "maria" : `h${n}`));
      const accounts = [world.small.accountId];
      for (const handle of handles.slice(1)) accounts.push(await world.connect({ handle }));
      const seen = new Seen();
      const crowd = new Crowd(world, accounts, seen);
      // What waits a minute is late: the sweep has something to do.
      await world.clock.pass(3_600_000);
      await Promise.all([
        crowd.create("owner"),
        crowd.create("operator"),
        ...accounts.map((account) => crowd.drive(account)),
        crowd.edit("cancel_job", ROUNDS),
        crowd.edit("retry_job", ROUNDS),
        crowd.edit("retry_job", ROUNDS),
        ...accounts.slice(0, COMING_AND_GOING).map((account, n) => crowd.reconnect(account, handles[n]!)),
        crowd.sweep(),
        crowd.sweep(),
      ]);
      expect(seen.faults()).toEqual({});
      // All of them did what they are here for, many times over.
      for (const what of [
        "claim",
        "report",
        "tell",
        "create",
        "cancel_job",
        "retry_job",
        "reconnect",
        "sweep",
      ])
        expect([what, (seen.codes[`${what} ok`] ?? 0) > 10]).toEqual([what, true]);
      const { rows } = await world.database.admin.query<{ tally: unknown; counted: unknown }>(
        `select to_jsonb(array[y.queued, y.active, y.needs_human, y.done, y.failed, y.cancelled]) as tally,
           (select to_jsonb(array[count(*) filter (where t.state = 'queued'),
             count(*) filter (where t.state in ('claimed', 'filling', 'submitting', 'unknown')),
             count(*) filter (where t.state = 'needs_human'), count(*) filter (where t.state = 'done'),
             count(*) filter (where t.state = 'failed'), count(*) filter (where t.state = 'cancelled')])
            from public.job_targets t where t.job_id = y.job_id) as counted
         from private.job_tallies y`,
      );
      expect(rows.length).toBeGreaterThan(10);
      for (const { tally, counted } of rows) expect(tally).toEqual(counted);
    });
  });
});
