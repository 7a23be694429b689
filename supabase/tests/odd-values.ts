/** Requests with odd values in them, and what may come of one. */
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { toAccount } from "#core/api/account-row.ts";
import { sentenceOf } from "#core/posting/index.ts";
import { postingOf } from "#core/posting/row.ts";
import { call } from "../testing.ts";
import type { PostingWorld } from "./posting-world.ts";

const ODD: unknown[] = [
  null,
  true,
  -1,
  1.5,
  2_147_483_647,
  1e12,
  1e300,
  "",
  " ",
  "x".repeat(100_000),
  "infinity",
  "tomorrow",
  "9999-12-31T23:59:59Z",
  "2026-13-01T00:00:00Z",
  "0044-01-01 BC",
  randomUUID(),
  [],
  [7],
  [{}],
  {},
  { code: "no such code" },
];

/** The value with each of its places, at every depth, replaced, left out, or put into a list of its own. */
export function* changed(value: unknown): Generator<unknown> {
  yield* ODD;
  if (typeof value !== "object" || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    const { [key]: _, ...rest } = value as Record<string, unknown>;
    if (!Array.isArray(value)) yield* [rest, { ...value, [key]: [child] }];
    for (const other of changed(child))
      yield Array.isArray(value)
        ? value.map((each, at) => (String(at) === key ? other : each))
        : { ...value, [key]: other };
  }
}

export type Args = Record<string, unknown>;
type Row = { table: string; row: unknown };

const READERS: Record<string, (row: never) => unknown> = {
  job_targets: (row: Record<string, unknown>) => {
    const { ending } = postingOf(row);
    const { percent, message } = row["progress"] as { percent: number; message: string };
    expect([typeof percent, typeof message]).toEqual(["number", "string"]);
    return ending && sentenceOf(ending, "Mercari");
  },
  // Which channels there are is the apps' to know: one that connects another than its service knows is of another version.
  platform_accounts: (row: object) => toAccount({ ...row, platform: "mercari" }),
  listing_jobs: ({ run_at }: { run_at: string }) => new Date(run_at).toISOString(),
};
const ROWS = Object.keys(READERS)
  .map((table) => `select '${table}' as table, to_jsonb(t) as row from public.${table} t`)
  .join(" union all ");

/** Calls it as the operator in a transaction that leaves nothing. @returns what is wrong with how it went; null for nothing. */
const tryOut = async (world: PostingWorld, name: string, args: Args): Promise<string | null> => {
  const { admin } = world.database;
  const user = world.small.people.operator;
  await admin.query("begin");
  try {
    await admin.query(
      `select set_config('role', 'authenticated', true), set_config('request.jwt.claim.sub', $1, true),
        set_config('request.jwt.claims', $2, true)`,
      [user, JSON.stringify({ sub: user, role: "authenticated" })],
    );
    const answer = await call<{ refusal?: { code: string } } | null>(admin, name, args);
    if (answer?.refusal && !/^HK4/.test(answer.refusal.code)) return `refused with ${answer.refusal.code}`;
    await admin.query("reset role");
    const { rows } = await admin.query<Row>(ROWS);
    for (const { table, row } of rows) READERS[table]!(row as never);
    return null;
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    return /^HK4\d\d$/.test(code ?? "") ? null : `${code ?? "unreadable"} ${message.slice(0, 200)}`;
  } finally {
    await admin.query("rollback");
  }
};

export const allOf = async (
  world: PostingWorld,
  tries: Iterable<readonly [name: string, args: Args]>,
): Promise<string[]> => {
  const wrong: string[] = [];
  for (const [name, args] of tries) {
    const how = await tryOut(world, name, args);
    if (how !== null) wrong.push(`${name} ${JSON.stringify(args).slice(0, 300)}: ${how}`);
  }
  return wrong;
};
