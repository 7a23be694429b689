/**
 * The canary search: every secret cookie value the practice sites ever issued, looked for in every table, every log,
 * every file of ours and every API response seen. The browser's own profile and the ledger (the issuer) are left out.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import pg from "pg";

export type Leak = { where: string; cookie: string };
type Issued = {
  sessions: {
    site: string;
    cookies: { name: string; value: string; secret?: boolean }[];
    storage: Record<string, string>;
  }[];
};

/** Values long enough to be a secret: `c_user` and flags are shown by the sites themselves. */
export async function canaries(controlUrl: string): Promise<Map<string, string>> {
  const { sessions } = (await (await fetch(`${controlUrl}/sessions`)).json()) as Issued;
  const found = new Map<string, string>();
  for (const session of sessions) {
    for (const cookie of session.cookies)
      if (cookie.secret !== false && cookie.value.length >= 12)
        found.set(cookie.value, `${session.site} ${cookie.name}`);
    for (const [name, value] of Object.entries(session.storage))
      if (value.length >= 24) found.set(value, `${session.site} localStorage ${name}`);
  }
  return found;
}

type Needle = { bytes: Buffer; cookie: string };
/** Finds any of many values in one pass: the first four bytes say where it is worth looking closer. */
type Search = (haystack: Buffer | string, where: string) => Leak[];

export const searchFor = (wanted: Map<string, string>): Search => {
  const needles = [...wanted].flatMap(([value, cookie]): Needle[] =>
    [
      ...new Set([
        value,
        encodeURIComponent(value),
        Buffer.from(value).toString("base64").replace(/=+$/, ""),
      ]),
    ].map((text) => ({ bytes: Buffer.from(text), cookie })),
  );
  const slot = (bytes: Buffer, at: number) =>
    ((bytes[at]! * 31 + bytes[at + 1]!) * 31 + bytes[at + 2]!) * 31 + bytes[at + 3]!;
  // By a small table first: almost every byte of a picture ends there.
  const worthLooking = new Uint8Array(slot(Buffer.alloc(4, 255), 0) + 1);
  const bySlot = Map.groupBy(needles, ({ bytes }) => slot(bytes, 0));
  for (const start of bySlot.keys()) worthLooking[start] = 1;
  return (haystack, where) => {
    const bytes = typeof haystack === "string" ? Buffer.from(haystack) : haystack;
    const found = new Set<string>();
    for (let at = 0; at + 4 <= bytes.length; at += 1) {
      const start = slot(bytes, at);
      if (worthLooking[start] === 0) continue;
      for (const needle of bySlot.get(start) ?? [])
        if (bytes.subarray(at, at + needle.bytes.length).equals(needle.bytes)) found.add(needle.cookie);
    }
    return [...found].map((cookie) => ({ where, cookie }));
  };
};

async function searchTables(url: string, search: Search): Promise<Leak[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ s: string; t: string }>(
      `select n.nspname s, c.relname t from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r','p','m') and n.nspname not in ('pg_catalog','information_schema','pg_toast')`,
    );
    const leaks: Leak[] = [];
    for (const { s, t } of tables.rows) {
      const rows = await client.query<{ row: string }>(
        `select to_jsonb(x)::text as row from ${client.escapeIdentifier(s)}.${client.escapeIdentifier(t)} x`,
      );
      for (const { row } of rows.rows) leaks.push(...search(row, `table ${s}.${t}`));
    }
    return leaks;
  } finally {
    await client.end();
  }
}

async function* filesIn(dir: string, leaveOut: string[]): AsyncGenerator<string> {
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const full = path.join(dir, entry.name);
    if (leaveOut.some((l) => full === path.resolve(l))) continue;
    if (entry.isDirectory()) yield* filesIn(full, leaveOut);
    else if (entry.isFile()) yield full;
  }
}

async function searchFiles(dir: string, leaveOut: string[], search: Search): Promise<Leak[]> {
  const leaks: Leak[] = [];
  for await (const file of filesIn(path.resolve(dir), leaveOut)) {
    if ((await stat(file)).size > 200_000_000) continue;
    leaks.push(...search(await readFile(file), `file ${path.relative(dir, file)}`));
  }
  return leaks;
}

export type LeakSearch = {
  controlUrl: string;
  adminDatabaseUrl: string;
  dir: string;
  leaveOut: string[];
  responses: { url: string; body: string }[];
};

/** @throws when there is nothing to look for: a search without canaries would pass for the wrong reason. */
export async function findLeaks({
  controlUrl,
  adminDatabaseUrl,
  dir,
  leaveOut,
  responses,
}: LeakSearch): Promise<{ leaks: Leak[]; canaries: number; places: number }> {
  const wanted = await canaries(controlUrl);
  if (wanted.size === 0) throw new Error("No cookie values to look for: the sites issued none.");
  const search = searchFor(wanted);
  const leaks = [
    ...(await searchTables(adminDatabaseUrl, search)),
    ...(await searchFiles(dir, leaveOut, search)),
    ...responses.flatMap((r) => search(r.body, `response of ${new URL(r.url).pathname}`)),
  ];
  return { leaks, canaries: wanted.size, places: responses.length };
}
