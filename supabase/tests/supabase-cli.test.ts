import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { runSupabase, TYPES_FILE, typesOf } from "../generate-types.ts";
import { withDatabase } from "../testing.ts";

type Finding = { level: string; name: string; detail: string; metadata?: { schema?: string } };

const OURS = ["public", "private", "storage"];

/** The CLI exits with 1 when it finds something; its report is on stdout either way. */
const advise = async (databaseUrl: string): Promise<Finding[]> => {
  const { stdout } = await runSupabase([
    "db",
    "advisors",
    "--db-url",
    `${databaseUrl}?sslmode=disable`,
    "--type",
    "all",
  ]);
  const start = stdout.indexOf("[\n");
  return start < 0 ? [] : (JSON.parse(stdout.slice(start)) as Finding[]);
};

const serious = (findings: Finding[]): string[] =>
  findings
    .filter(({ level, metadata }) => level !== "INFO" && OURS.includes(metadata?.schema ?? "public"))
    .map(({ level, name, detail }) => `${level} ${name}: ${detail}`);

describe("supabase db advisors", () => {
  it("reports nothing at error or warning level for our schemas", async () => {
    await withDatabase(async ({ adminUrl }) => {
      expect(serious(await advise(adminUrl))).toEqual([]);
    });
  });

  it("would report a table without row level security", async () => {
    await withDatabase(async ({ adminUrl, admin }) => {
      await admin.query(
        "create table public.careless (id int primary key); grant all on public.careless to anon",
      );
      expect(serious(await advise(adminUrl)).join("\n")).toContain("careless");
    });
  });
});

describe("database.types.ts", () => {
  it("is what the migrations give", async () => {
    await withDatabase(async ({ adminUrl }) => {
      expect(await typesOf(adminUrl)).toBe(await readFile(TYPES_FILE, "utf8"));
    });
  });
});
