/** One account, its postings, the worker and the people who act on them, on a clock that stands still until the test moves it. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import { type Answer, type Posting, type PostingEvent, twinKeyOf } from "#core/posting/index.ts";
import { postingOf } from "#core/posting/row.ts";
import { asUser, call, withDatabase, type Sql, type TestDatabase } from "../testing.ts";
import {
  connectRequest,
  createJob,
  jobRequest,
  smallWorkspace,
  type JobAnswer,
  type SmallWorkspace,
} from "./sample-workspace.ts";
import { stopClock, type TestClock } from "./test-clock.ts";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const MARKER = { title: "Brass lamp", priceText: "$45" };
export const POLICY = { windowMs: MINUTE, absenceProves: false };

export const fillEvent = (fence: number): PostingEvent => ({
  kind: "fill",
  fence,
  marker: MARKER,
  twin: twinKeyOf(MARKER),
});

/** The person pressed the site's own button. */
export const PRESSED_BY_PERSON: PostingEvent = {
  kind: "pressed-by-person",
  marker: MARKER,
  twin: twinKeyOf(MARKER),
  baseline: null,
  policy: POLICY,
};

export type Claim = {
  claimed: boolean;
  at: string;
  fence: number;
  resumed?: boolean;
  reason?: string;
  retry_at?: string;
  expires_at?: string;
  target: { id: string; state: string; driver: string };
};
export type Told = { ok: boolean; code?: string; target: { state: string } };
export type Made = { id: string; job: string; item: string };
export type Entry = { task: string; dueInMs: number; priority: number; attempts: number };

/** Who speaks: the worker's own connection, or a signed-in person. */
export type Who = "worker" | "owner" | "operator" | "viewer" | "stranger";

export class PostingWorld {
  readonly database: TestDatabase;
  readonly clock: TestClock;
  readonly small: SmallWorkspace;
  readonly worker: pg.Client;

  constructor(database: TestDatabase, clock: TestClock, small: SmallWorkspace, worker: pg.Client) {
    this.database = database;
    this.clock = clock;
    this.small = small;
    this.worker = worker;
  }

  as<T>(who: Who, work: (sql: Sql) => Promise<T>): Promise<T> {
    return who === "worker" ? work(this.worker) : asUser(this.database.admin, this.small.people[who], work);
  }

  /** One account's share of a request for an item of its own. */
  async post(change: Record<string, unknown> = {}): Promise<Made> {
    const item = String((change["item"] as { id?: string } | undefined)?.id ?? randomUUID());
    const request = jobRequest(this.small.workspaceId, item, [this.small.accountId], {
      runAt: new Date(this.clock.now()).toISOString(),
      ...change,
    });
    const { job, targets } = await createJob(this.database, this.small.people.operator, request);
    return { id: targets[0]!.id, job: job.id, item };
  }

  /** Another login of the workspace. */
  async connect(change: Record<string, unknown> = {}): Promise<string> {
    const request = connectRequest(this.small.workspaceId, change);
    await this.as("operator", (sql) => call(sql, "connect_account", { p: request }));
    return String(request["accountId"]);
  }

  /** The worker opens an account's session, and the site shows it signed in as `login`. @returns whether the login is proven. */
  async see(accountId: string, login = "mercari:maria"): Promise<boolean> {
    const account = { p_account_id: accountId };
    const { fence } = await call<{ fence: number }>(this.worker, "lease_account", {
      ...account,
      p_holder: `seeing/${randomUUID()}`,
    });
    const seen = await call<boolean>(this.worker, "worker_login_seen", {
      ...account,
      p_fence: fence,
      p_login_key: login,
    });
    await call(this.worker, "release_lease", { ...account, p_fence: fence });
    return seen;
  }

  claim(target: string, holder = "w1/1", who: Who = "worker"): Promise<Claim> {
    return this.as(who, (sql) => call(sql, "claim_target", { p_target_id: target, p_holder: holder }));
  }

  tell(
    target: string,
    event: PostingEvent,
    { who = "worker", id = randomUUID() }: { who?: Who; id?: string | null } = {},
  ): Promise<Told> {
    return this.as(who, (sql) =>
      call(sql, "posting_event", { p_target_id: target, p_event: event, p_event_id: id }),
    );
  }

  answer(target: string, question: number, answer: Answer, who: Who = "operator"): Promise<Told> {
    return this.tell(target, { kind: "answer", question, answer }, { who });
  }

  retryJob(job: string, who: Who = "operator"): Promise<JobAnswer> {
    return this.as(who, (sql) => call(sql, "retry_job", { p_job_id: job }));
  }

  cancelJob(job: string, who: Who = "operator"): Promise<JobAnswer> {
    return this.as(who, (sql) => call(sql, "cancel_job", { p_job_id: job }));
  }

  release(fence: number, who: Who = "worker"): Promise<boolean> {
    return this.as(who, (sql) =>
      call(sql, "release_lease", { p_account_id: this.small.accountId, p_fence: fence }),
    );
  }

  renew(fence: number, who: Who = "worker"): Promise<{ expires_at: string }> {
    return this.as(who, (sql) =>
      call(sql, "renew_lease", {
        p_account_id: this.small.accountId,
        p_fence: fence,
      }),
    );
  }

  permitEvent(fence: number, change: Partial<Extract<PostingEvent, { kind: "permit" }>> = {}): PostingEvent {
    return {
      kind: "permit",
      fence,
      marker: MARKER,
      twin: twinKeyOf(MARKER),
      policy: POLICY,
      hash: "h",
      ...change,
    };
  }

  /** Claimed, read and filled: everything but the permit. @returns the fence. */
  async fill(target: string, holder = "w1/1", who: Who = "worker"): Promise<number> {
    const { claimed, fence, reason } = await this.claim(target, holder, who);
    if (!claimed) throw new Error(`not claimed: ${reason}`);
    await this.must(target, { kind: "looked", fence, baseline: ["old-1"] }, who);
    await this.must(target, fillEvent(fence), who);
    return fence;
  }

  /** Pressed; what the site said was not heard, and the account is given back. */
  async press(target: string, holder = "w1/1", who: Who = "worker"): Promise<number> {
    const fence = await this.fill(target, holder, who);
    await this.must(target, this.permitEvent(fence), who);
    await this.must(target, { kind: "pressed", attempt: (await this.posting(target)).permits }, who);
    await this.release(fence, who);
    return fence;
  }

  /** A look that did not find it. */
  async lookInVain(target: string, againInMs = 30 * SECOND, holder = "w1/1"): Promise<Told> {
    const { claimed, fence, reason } = await this.claim(target, holder);
    if (!claimed) throw new Error(`not claimed: ${reason}`);
    const told = await this.tell(target, { kind: "absent", fence, unexplained: [], againInMs });
    await this.release(fence);
    return told;
  }

  /** Pressed, and in neither of the two looks after the window: a person is asked whether it is there. */
  async pressInVain(target: string): Promise<void> {
    await this.press(target);
    await this.clock.pass(120 * SECOND);
    await this.lookInVain(target);
    await this.clock.pass(60 * SECOND);
    await this.lookInVain(target);
  }

  /** What has to be taken. */
  async must(target: string, event: PostingEvent, who: Who = "worker"): Promise<Told> {
    const told = await this.tell(target, event, { who });
    if (!told.ok) throw new Error(`${event.kind} was refused: ${told.code}`);
    return told;
  }

  async posting(target: string): Promise<Posting> {
    const { rows } = await this.database.admin.query<{ row: unknown }>(
      "select to_jsonb(t) as row from public.job_targets t where id = $1",
      [target],
    );
    return postingOf(rows[0]?.row);
  }

  /** All there are. */
  async postings(): Promise<Map<string, Posting>> {
    const { rows } = await this.database.admin.query<{ row: unknown }>(
      "select to_jsonb(t) as row from public.job_targets t",
    );
    return new Map(rows.map(({ row }) => postingOf(row)).map((posting) => [posting.id, posting]));
  }

  async state(target: string): Promise<Posting["state"]> {
    return (await this.posting(target)).state;
  }

  /** Its entry in the queue; null when there is none. */
  async entry(key: string): Promise<Entry | null> {
    const { rows } = await this.database.admin.query<{
      task: string;
      due: Date;
      priority: number;
      attempts: number;
    }>(
      "select task_identifier as task, run_at as due, priority, attempts from graphile_worker.jobs where key = $1",
      [key],
    );
    const [row] = rows;
    return row
      ? {
          task: row.task,
          dueInMs: row.due.getTime() - this.clock.now(),
          priority: row.priority,
          attempts: row.attempts,
        }
      : null;
  }

  sweep(): Promise<Record<"lapsed" | "asked" | "lost", number> & { dead: string[] }> {
    return call(this.worker, "sweep", {});
  }
}

/** @param within where: in a database that other tests had before, unless the work changes more than rows. */
export const withPostings = <T>(
  work: (world: PostingWorld) => Promise<T>,
  within: typeof withDatabase = withDatabase,
): Promise<T> =>
  within(async (database) => {
    const clock = await stopClock(database.admin);
    // One person asks here for more in a minute than people do: budgets have tests of their own.
    await database.admin.query("update private.budgets set per_window = 1000000");
    const small = await smallWorkspace(database);
    const done = await work(new PostingWorld(database, clock, small, await database.connect("worker")));
    await clock.letGo();
    return done;
  });

/** Pressed, and the site showed a captcha: a person is asked. */
export const captcha = async (world: PostingWorld): Promise<{ id: string; job: string }> => {
  const { id, job } = await world.post();
  const fence = await world.fill(id);
  await world.must(id, world.permitEvent(fence));
  await world.must(id, { kind: "pressed", attempt: 1 });
  const ending = { code: "stop", stop: "captcha" } as const;
  await world.must(id, { kind: "ask", fence, question: "stop", ending, candidates: [] });
  await world.release(fence);
  return { id, job };
};
