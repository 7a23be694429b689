/**
 * Connections for Graphile Worker. It marks its jobs as done beside its work and without waiting; when that fails for anything
 * it does not take for an outage, nobody hears the error and the process ends with it. Of a line that is down it knows one
 * code, after which it tries again by itself (RETRYABLE_ERROR_CODES in its lib.js, 0.18): every outage is given that one.
 */
import pg from "pg";
import { isAway } from "./away.ts";

const TRIED_AGAIN = "EHOSTUNREACH";

const asOutage = (error: unknown): unknown =>
  error instanceof Error && isAway(error) ? Object.assign(error, { code: TRIED_AGAIN }) : error;

const toldAsOutage = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    throw asOutage(error);
  });

class QueueClient extends pg.Client {
  // Its many forms are those of pg.Client; only what a promise rejects with is another.
  override query(...args: unknown[]): never {
    const answer: unknown = (super.query as (...given: unknown[]) => unknown).apply(this, args);
    return (answer instanceof Promise ? toldAsOutage(answer) : answer) as never;
  }
}

type Callback = Parameters<pg.Pool["connect"]>[0];

export class QueuePool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super({ ...config, Client: QueueClient });
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(done: Callback): void;
  override connect(done?: Callback): Promise<pg.PoolClient> | void {
    if (!done) return toldAsOutage(super.connect());
    super.connect((error, client, release) => done(asOutage(error) as Error | undefined, client, release));
  }
}
