/** The service's answer to "may I press?" held back, so that something can happen to the browser in that very moment. */
import pg from "pg";

const LOCK = 4711;

export type Held = {
  /** Resolves when that many are asked for at once. */
  asked(count: number): Promise<void>;
  /** Answers those that wait, and all others at once from now on. */
  answer(): Promise<void>;
  stop(): Promise<void>;
};

export const holdPermits = async (adminDatabaseUrl: string): Promise<Held> => {
  const client = new pg.Client({ connectionString: adminDatabaseUrl });
  await client.connect();
  await client.query(`select pg_advisory_lock(${LOCK})`);
  await client.query(`
    create or replace function public.held_permit() returns trigger language plpgsql as $$
    begin
      perform pg_advisory_xact_lock_shared(${LOCK});
      return new;
    end $$;
    create or replace trigger held_permit after insert on public.posting_events
      for each row when (new.kind = 'permit') execute function public.held_permit();`);
  const waiting = async (): Promise<number> => {
    const found = await client.query<{ n: number }>(
      "select count(*)::int as n from pg_locks where locktype = 'advisory' and objid = $1 and not granted",
      [LOCK],
    );
    return found.rows[0]?.n ?? 0;
  };
  const answer = async () => void (await client.query("select pg_advisory_unlock_all()"));
  return {
    async asked(count) {
      const end = Date.now() + 90_000;
      while ((await waiting()) < count) {
        if (Date.now() > end) throw new Error(`Fewer than ${count} permits were asked for.`);
        await client.query("select pg_sleep(0.05)");
      }
    },
    answer,
    async stop() {
      await answer();
      await client.query("drop trigger if exists held_permit on public.posting_events");
      await client.query("drop function if exists public.held_permit()");
      await client.end();
    },
  };
};
