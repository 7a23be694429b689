/**
 * create-job over the API at 200 a second for 30 s, beside the same SQL called directly: in turns of ten seconds in one
 * run, so that whatever else the machine does meets both. Open loop: a request is due when it is due, and its time
 * counts from then, so a slow answer cannot hold back the next request and flatter the figures. Loopback only.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { bodyHash } from "#server/data/body-hash.ts";
import { createJobExample } from "#server/routes/examples.ts";
import { readSecrets } from "#supabase/local/secrets-file.ts";
import { startChild, type Child } from "../scripts/child.ts";
import { ensureDevKeys } from "../scripts/dev-keys.ts";
import { percentile, round, type BenchResult } from "./bench.ts";
import { offerLoad, type Load } from "./offer-load.ts";
import { signUpSeller, type Seller } from "./sellers.ts";

const PER_SECOND = 200;
/** What two cores carry with the load, the API, the database and its own API all on them. */
const HALF = PER_SECOND / 2;
const TURN_SECONDS = 10;
const TURNS = 3;
const SELLERS = 20;
/** Enough for the rate at a quarter of a second each; more would only queue inside Postgres. */
const CONNECTIONS = 20;

const jobOf = (seller: Seller) => ({
  ...createJobExample,
  workspaceId: seller.workspaceId,
  item: { ...createJobExample.item!, id: crypto.randomUUID() },
  targets: [{ accountId: seller.accountId, platform: "mercari" as const }],
});

const overApi = (
  apiUrl: string,
  sellers: readonly Seller[],
): { send: (n: number) => Promise<boolean>; close(): void } => {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const send = (n: number): Promise<boolean> => {
    const seller = sellers[n % sellers.length]!;
    const body = JSON.stringify(jobOf(seller));
    return new Promise((resolve) => {
      const headers = {
        authorization: `Bearer ${seller.token}`,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "idempotency-key": crypto.randomUUID(),
      };
      const sent = httpRequest(
        `${apiUrl}/api/listings/create-job`,
        { method: "POST", agent, headers },
        (response) => {
          response.resume();
          response.once("end", () => resolve(response.statusCode === 201));
        },
      );
      sent.once("error", () => resolve(false));
      sent.end(body);
    });
  };
  return { send, close: () => agent.destroy() };
};

/** What the API has the database do, as the seller, in a transaction as the data API makes it. */
const directly = (
  databaseUrl: string,
  sellers: readonly Seller[],
): { send: (n: number) => Promise<boolean>; close(): Promise<void> } => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  const asSeller = async (seller: Seller, sql: string, values: unknown[]): Promise<void> => {
    const client = await pool.connect();
    try {
      await client.query("begin");
      await client.query(
        "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true)",
        [JSON.stringify({ sub: seller.userId, role: "authenticated" }), seller.userId],
      );
      await client.query(sql, values);
      await client.query("commit");
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  };
  const send = async (n: number): Promise<boolean> => {
    const seller = sellers[n % sellers.length]!;
    const job = jobOf(seller);
    try {
      const values = [JSON.stringify(job), crypto.randomUUID(), await bodyHash(job)];
      await asSeller(seller, "select public.request_job($1, $2, $3)", values);
      return true;
    } catch (error) {
      if (error instanceof pg.DatabaseError) return false;
      throw error;
    }
  };
  return { send, close: () => pool.end() };
};

export async function run(say: (text: string) => void = () => undefined): Promise<BenchResult> {
  const dir = await mkdtemp(path.join(tmpdir(), "hawker-bench-api-"));
  const children: Child[] = [];
  const start = async (...args: Parameters<typeof startChild>): Promise<Record<string, unknown>> => {
    const child = await startChild(...args);
    children.push(child);
    return child.ready;
  };
  try {
    say("starting the database and the API");
    const keys = await ensureDevKeys(path.join(dir, "keys"), { env: "local" });
    const stack = await start({
      name: "supabase",
      file: "supabase/local/main.ts",
      args: ["--dir", path.join(dir, "hawker")],
      logDir: dir,
    });
    const secrets = await readSecrets(stack["secretsFile"]);
    const env = {
      SUPABASE_URL: String(stack["url"]),
      SUPABASE_PUBLISHABLE_KEY: String(stack["publishableKey"]),
      SUPABASE_JWT_SECRET: secrets.jwtSecret,
      HAWKER_KEY_MANIFEST: keys.manifestJson,
      HAWKER_REQUEST_LOG: "off",
      PORT: "0",
    };
    const apiUrl = String((await start({ name: "server", file: "server/node.ts", env, logDir: dir }))["url"]);
    const sellers: Seller[] = [];
    for (let n = 0; n < SELLERS; n += 1) sellers.push(await signUpSeller(env, apiUrl));

    const api = overApi(apiUrl, sellers);
    const sql = directly(secrets.adminDatabaseUrl, sellers);
    say("warming up");
    await offerLoad(api.send, { perSecond: 50, seconds: 3 });
    await offerLoad(sql.send, { perSecond: 50, seconds: 2 });
    const loads: { api: Load[]; sql: Load[] } = { api: [], sql: [] };
    for (let turn = 1; turn <= TURNS; turn += 1) {
      say(`turn ${turn} of ${TURNS}: ${PER_SECOND} a second for ${TURN_SECONDS} s, API then SQL`);
      loads.api.push(await offerLoad(api.send, { perSecond: PER_SECOND, seconds: TURN_SECONDS }));
      loads.sql.push(await offerLoad(sql.send, { perSecond: PER_SECOND, seconds: TURN_SECONDS }));
    }
    say(`${HALF} a second for ${TURN_SECONDS} s`);
    const half = await offerLoad(api.send, { perSecond: HALF, seconds: TURN_SECONDS });
    api.close();
    await sql.close();
    return resultOf({ ...loads, half: [half] });
  } finally {
    for (const child of children.reverse()) await child.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

const resultOf = (loads: { api: Load[]; sql: Load[]; half: Load[] }): BenchResult => {
  const times = {
    half: loads.half.flatMap((load) => load.times),
    api: loads.api.flatMap((load) => load.times),
    sql: loads.sql.flatMap((load) => load.times),
  };
  const failed = (side: Load[]): number => side.reduce((sum, load) => sum + load.failed, 0);
  const line = (name: string, side: "api" | "sql" | "half"): string =>
    [
      name.padEnd(12),
      String(times[side].length).padStart(8),
      ...[50, 95, 99].map((p) => percentile(times[side], p).toFixed(1).padStart(8)),
      String(failed(loads[side])).padStart(8),
    ].join(" ");
  return {
    figures: {
      p50Ms: round(percentile(times.api, 50)),
      p95Ms: round(percentile(times.api, 95)),
      vsDirectSql: round(percentile(times.api, 50) / percentile(times.sql, 50)),
      errors: failed(loads.api) + failed(loads.sql),
      p95AtHalfMs: round(percentile(times.half, 95)),
    },
    goals: { p95Ms: { op: "<=", value: 25 }, errors: { op: "=", value: 0 } },
    table: [
      `create-job, ${PER_SECOND} a second, ${TURNS} x ${TURN_SECONDS} s each, in turns; times in ms from when a request was due`,
      [
        "".padEnd(12),
        "requests".padStart(8),
        ...["p50", "p95", "p99"].map((p) => p.padStart(8)),
        "errors".padStart(8),
      ].join(" "),
      line("API", "api"),
      line("direct SQL", "sql"),
      line(`API, ${HALF}/s`, "half"),
    ],
  };
};
