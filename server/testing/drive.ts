/** What a worker or a tab does about a target, through the same functions of the database, and time that passes for it. */
import pg from "pg";
import type { ConnectRequest, CreateJobRequest, Job, JobDetail, Target } from "#core/api/index.ts";
import type { PostingEvent } from "#core/posting/index.ts";
import { asUser, call, type Sql } from "#supabase/testing.ts";
import { apiUnderTest, type Runtime } from "./api-under-test.ts";
import { callApi } from "./client.ts";
import { connected, jobRequest, type Person } from "./people.ts";

/** Kept open: a connection of its own would read and plan the functions anew for every call. */
let pool: pg.Pool | null = null;
const openPool = (): pg.Pool => {
  const opened = new pg.Pool({ connectionString: apiUnderTest().adminDatabaseUrl, allowExitOnIdle: true });
  opened.on("error", () => undefined); // a database that goes away takes idle connections with it
  return opened;
};

const withClient = async <T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> => {
  pool ??= openPool();
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    await client.query("reset role");
    client.release();
  }
};

/** As the database's owner. */
export const inDatabase = (sql: string, values: unknown[] = []): Promise<pg.QueryResult> =>
  withClient((client) => client.query(sql, values));

const asWorker = <T>(work: (sql: Sql) => Promise<T>): Promise<T> =>
  withClient(async (client) => {
    await client.query("set role hawker_worker");
    return work(client);
  });

/** An event without the fence, which the drive knows. */
type Unfenced<E> = E extends { fence: number } ? Omit<E, "fence"> & { fence?: number } : E;
export type DrivenEvent = Unfenced<PostingEvent>;

type Begun = {
  runtime: Runtime;
  person: Person;
  account: ConnectRequest;
  item: CreateJobRequest["item"];
  job: Job;
};

/** One account's share of a job, and whoever drives it. */
export class Drive {
  private fence = 0;
  readonly begun: Begun;
  readonly targetId: string;

  private constructor(begun: Begun) {
    this.begun = begun;
    this.targetId = begun.job.targets.find(({ accountId }) => accountId === begun.account.accountId)!.id;
  }

  /** One job at these accounts. */
  static async at(
    runtime: Runtime,
    person: Person,
    accounts: ConnectRequest[],
    changes: Partial<CreateJobRequest> = {},
  ): Promise<Drive[]> {
    const targets = accounts.map(({ accountId, platform }) => ({ accountId, platform }));
    const body = jobRequest(person, accounts[0]!, { targets, ...changes });
    const made = await callApi(runtime, "post", "/api/listings/create-job", { token: person.token, body });
    if (made.status !== 201) throw new Error(`create-job answered ${made.status}: ${made.text}`);
    const { job } = made.json() as { job: Job };
    return accounts.map((account) => new Drive({ runtime, person, account, item: body.item, job }));
  }

  /** A job of its own at an account of its own. */
  static async begin(
    runtime: Runtime,
    person: Person,
    changes: Partial<CreateJobRequest> = {},
    connecting: Partial<ConnectRequest> = {},
  ): Promise<Drive> {
    const [drive] = await Drive.at(runtime, person, [await connected(runtime, person, connecting)], changes);
    return drive!;
  }

  get path(): string {
    return `/api/listings/jobs/${this.begun.job.id}/targets/${this.targetId}`;
  }

  private as<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    if (this.begun.job.driver === "cloud") return asWorker(work);
    return withClient((client) => asUser(client, this.begun.person.userId, work));
  }

  /** Takes the login's lease and the target with it. */
  async claim(): Promise<void> {
    const answer = await this.as((sql) =>
      call<{ claimed: boolean; fence: number; reason: string }>(sql, "claim_target", {
        p_target_id: this.targetId,
        p_holder: "driver/1",
      }),
    );
    if (!answer.claimed) throw new Error(`Not claimed: ${answer.reason}`);
    this.fence = Number(answer.fence);
  }

  async tell(event: DrivenEvent): Promise<void> {
    const answer = await this.as((sql) =>
      call<{ ok: boolean; code?: string }>(sql, "posting_event", {
        p_target_id: this.targetId,
        p_event: { fence: this.fence, ...event },
        p_event_id: crypto.randomUUID(),
      }),
    );
    if (!answer.ok) throw new Error(`${event.kind} was refused: ${answer.code}`);
  }

  /** The lease is given back. */
  release(): Promise<unknown> {
    return this.as((sql) =>
      call(sql, "release_lease", { p_account_id: this.begun.account.accountId, p_fence: this.fence }),
    );
  }

  /** Time passes, for this target alone: all its hours move back. */
  async later(seconds: number): Promise<void> {
    const columns = [
      "run_at",
      "claimed_at",
      "run_until",
      "unsettled_at",
      "reading_at",
      "absent_at",
      "decide_by",
    ];
    const moved = columns.map((column) => `${column} = ${column} - make_interval(secs => $2)`);
    await inDatabase(`update public.job_targets set ${moved.join(", ")} where id = $1`, [
      this.targetId,
      seconds,
    ]);
  }

  /** Its hour strikes, and whatever the sweep does then. */
  async hourEnds(): Promise<void> {
    await inDatabase(
      "update public.job_targets set decide_by = clock_timestamp() - interval '1 second' where id = $1",
      [this.targetId],
    );
    await asWorker((sql) => call(sql, "sweep", {}));
  }

  /** Whoever drives it is never heard of again. */
  async leaseEnds(): Promise<void> {
    await inDatabase(
      "update public.account_leases set expires_at = now() - interval '1 second' where account_id = $1",
      [this.begun.account.accountId],
    );
    await asWorker((sql) => call(sql, "sweep", {}));
  }

  post(action: string, body?: unknown, key: string = crypto.randomUUID()) {
    return callApi(this.begun.runtime, "post", `${this.path}/${action}`, {
      token: this.begun.person.token,
      key,
      ...(body !== undefined && { body }),
    });
  }

  async read(): Promise<JobDetail> {
    const answer = await callApi(this.begun.runtime, "get", `/api/listings/jobs/${this.begun.job.id}`, {
      token: this.begun.person.token,
    });
    return answer.json() as JobDetail;
  }
  async target(): Promise<Target> {
    return (await this.read()).targets[0]!;
  }
}
