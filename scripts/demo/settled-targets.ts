/** Waits, by the database's own notices, until the newest cloud job has settled. */
import pg from "pg";
import { listenForChanges } from "#supabase/local/realtime/listen.ts";

const WAIT_MS = 120_000;
const SETTLED = ["done", "failed", "needs_human", "cancelled"];
const NEWEST = `
  select platform, state, report, extract(epoch from settled_at - created_at) * 1000 as ms from public.job_targets
  where job_id = (select id from public.listing_jobs where driver = 'cloud' and action = 'list'
    order by created_at desc limit 1)`;

type Row = { platform: string; state: string; ms: number | null; report: { fillMs?: number } | null };
export type Times = { fillMs: number | null; totalMs: number | null };

/** By platform, how long each target took. Throws with the states when not all settle within two minutes. */
export async function settledTargets(databaseUrl: string): Promise<Map<string, Times>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  let wake = (): void => undefined;
  const listener = await listenForChanges(databaseUrl, () => wake());
  try {
    await listener.want(true);
    const end = performance.now() + WAIT_MS;
    for (;;) {
      const changed = new Promise<void>((resolve) => (wake = resolve));
      const { rows } = await client.query<Row>(NEWEST);
      if (rows.length > 0 && rows.every((row) => SETTLED.includes(row.state)))
        return new Map(
          rows.map(({ platform, report, ms }) => [
            platform,
            { fillMs: report?.fillMs ?? null, totalMs: ms === null ? null : Math.round(Number(ms)) },
          ]),
        );
      const left = end - performance.now();
      if (left <= 0)
        throw new Error(
          `The cloud job did not settle: ${JSON.stringify(rows.map((r) => [r.platform, r.state]))}`,
        );
      await Promise.race([changed, new Promise((resolve) => setTimeout(resolve, left).unref())]);
    }
  } finally {
    await listener.close();
    await client.end();
  }
}
