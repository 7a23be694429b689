/** Rows the server changed since last time, page by page, none left out. */
import type { SupabaseClient } from "@supabase/supabase-js";
import { dataOf } from "./service-error.ts";

export type Columns = Record<string, unknown>;
/** A table as it is pulled. `told` is what a person calls its rows. */
export type Source = { table: string; columns: string; told: string; by: "updated_at" | "id" };

/** Under what one answer holds (1000 rows), so that a full answer is never a cut one. */
const PAGE = 500;
/** Rows committed late carry an earlier time, or number, than ones already seen: look back this far. */
const OVERLAP_MS = 15_000;
const OVERLAP_NUMBERS = 200;

const startOf = ({ by }: Source, cursor: string | undefined): string =>
  by === "id"
    ? String(Math.max(0, Number(cursor ?? 0) - OVERLAP_NUMBERS))
    : new Date(Math.max(0, Date.parse(cursor ?? "1970-01-01T00:00:00.000Z") - OVERLAP_MS)).toISOString();

/** Many rows may carry one time, all of a transaction do: after a page comes what is later, or as late with a higher id. */
const after = (last: Columns): string => {
  const [time, id] = [String(last.updated_at), String(last.id)];
  return `updated_at.gt."${time}",and(updated_at.eq."${time}",id.gt."${id}")`;
};

/** @throws ServiceUnreachable | ServiceRefused */
export const changedSince = async (
  client: SupabaseClient,
  source: Source,
  workspaceId: string,
  cursor: string | undefined,
): Promise<Columns[]> => {
  const { table, columns, told, by } = source;
  const all: Columns[] = [];
  for (let last: Columns | undefined; ; last = all.at(-1)) {
    const query = client.from(table).select(columns).eq("workspace_id", workspaceId);
    const page =
      last === undefined
        ? query.gt(by, startOf(source, cursor))
        : by === "id"
          ? query.gt("id", last.id)
          : query.or(after(last));
    const ordered = by === "id" ? page.order("id") : page.order("updated_at").order("id");
    const rows = dataOf(`fetching ${told}`, await ordered.limit(PAGE)) as unknown as Columns[];
    all.push(...rows);
    if (rows.length < PAGE) return all;
  }
};

const BATCH = 100;

/** The rows with these ids in `column`, however many there are of each. */
export const rowsOf = async (
  client: SupabaseClient,
  { table, columns, told }: Pick<Source, "table" | "columns" | "told">,
  column: string,
  ids: readonly string[],
): Promise<Columns[]> => {
  const all: Columns[] = [];
  for (let at = 0; at < ids.length; at += BATCH) {
    const batch = ids.slice(at, at + BATCH);
    for (let last: Columns | undefined; ;) {
      const query = client.from(table).select(columns).in(column, batch).order("id").limit(PAGE);
      const page = last === undefined ? query : query.gt("id", last.id);
      const rows = dataOf(`fetching ${told}`, await page) as unknown as Columns[];
      all.push(...rows);
      last = rows.at(-1);
      if (rows.length < PAGE) break;
    }
  }
  return all;
};

/** The highest time or number among these rows: where the next pull goes on. */
export const cursorOf = ({ by }: Source, rows: readonly Columns[]): string | undefined => {
  const values = rows.map((row) => String(row[by]));
  const rank = by === "id" ? Number : Date.parse;
  return values.sort((a, b) => rank(b) - rank(a))[0];
};
