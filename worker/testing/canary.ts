/** Looks for cookie values where none may be: every table of the database, and whatever text is handed in. */
import type { SellerWorld } from "./seller-world.ts";

/** Where the local stack's own parts keep passwords and keys that are nobody's session. */
const SCHEMAS = ["public", "private", "graphile_worker", "storage", "auth"];

/** Names of the places a secret cookie or localStorage value of any session ever issued was found in. */
export const findCanaries = async (world: SellerWorld, texts: Record<string, string>): Promise<string[]> => {
  const secrets = (await world.control.sessions()).flatMap(({ cookies, storage, csrf }) => [
    ...cookies.filter(({ secret }) => secret).map(({ value }) => value),
    ...Object.values(storage),
    csrf,
  ]);
  if (secrets.length === 0) throw new Error("No session was ever issued: this search proves nothing.");
  const tables = await world.admin.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = any($1)",
    [SCHEMAS],
  );
  const places: Record<string, string> = { ...texts };
  for (const { name } of tables.rows) {
    const { rows } = await world.admin.query<{ row: string }>(`select t::text as row from ${name} t`);
    places[name] = rows.map(({ row }) => row).join("\n");
  }
  return Object.entries(places).flatMap(([place, text]) =>
    secrets.some((secret) => text.includes(secret)) ? [place] : [],
  );
};
