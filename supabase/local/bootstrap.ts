/**
 * What hosted Supabase has before the first migration: the API roles, the auth and storage schemas with their grants.
 * Lite makes the tables; the roles and grants are those of a hosted project.
 */
import type { App } from "@supabase/lite";
import pg from "pg";

const ROLES = `
do $$
begin
  if not exists (select from pg_roles where rolname = 'anon') then create role anon nologin noinherit; end if;
  if not exists (select from pg_roles where rolname = 'authenticated') then create role authenticated nologin noinherit; end if;
  if not exists (select from pg_roles where rolname = 'service_role') then create role service_role nologin noinherit bypassrls; end if;
  if not exists (select from pg_roles where rolname = 'supabase_admin') then create role supabase_admin nologin; end if;
end
$$;
`;

const GRANTS = `
create schema if not exists extensions;
grant usage on schema auth, storage, extensions to anon, authenticated, service_role;
grant execute on all functions in schema auth, storage to anon, authenticated, service_role;
revoke all on all tables in schema auth from anon, authenticated, service_role;
grant all on all tables in schema storage to anon, authenticated, service_role;
grant usage on schema public to anon, authenticated, service_role;
-- As hosted projects start out: everything granted. The first migration takes it back.
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
`;

/** Makes an empty database look like a new hosted project. Does nothing when it already does. */
export const bootstrapProject = async (adminUrl: string, app: App): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ done: boolean }>(
      "select to_regclass('storage.objects') is not null and to_regclass('auth.users') is not null as done",
    );
    if (rows[0]?.done) return;
    await client.query(ROLES);
    await app.ensureSystemSchema();
    await client.query(GRANTS);
  } finally {
    await client.end();
  }
};
