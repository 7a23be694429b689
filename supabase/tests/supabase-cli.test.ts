import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { runSupabase, TYPES_FILE, typesOf } from "../generate-types.ts";
import { withFreshDatabase } from "../testing.ts";

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
    "--level",
    "info",
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
    await withFreshDatabase(async ({ adminUrl }) => {
      expect(serious(await advise(adminUrl))).toEqual([]);
    });
  });

  it("finds an index behind every foreign key: deleting a row reads no whole table", async () => {
    await withFreshDatabase(async ({ adminUrl }) => {
      const missing = (await advise(adminUrl)).filter(
        ({ name, metadata }) =>
          name === "unindexed_foreign_keys" && ["public", "private"].includes(metadata?.schema ?? ""),
      );
      expect(missing.map(({ detail }) => detail)).toEqual([]);
    });
  });

  it("would report a foreign key without one, and a table without row level security", async () => {
    await withFreshDatabase(async ({ adminUrl, admin }) => {
      await admin.query(
        `create table public.careless (id uuid primary key, job_id uuid references public.listing_jobs (id));
         grant all on public.careless to anon`,
      );
      const findings = await advise(adminUrl);
      expect(serious(findings).join("\n")).toContain("careless");
      const unindexed = findings.filter(({ name }) => name === "unindexed_foreign_keys");
      expect(unindexed.map(({ detail }) => detail).join("\n")).toContain("careless");
    });
  });
});

describe("database.types.ts", () => {
  it("is what the migrations give", async () => {
    await withFreshDatabase(async ({ adminUrl }) => {
      expect(await typesOf(adminUrl)).toBe(await readFile(TYPES_FILE, "utf8"));
    });
  });
});
