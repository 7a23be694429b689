-- Roles, the private schema, and nothing granted by default.
-- Runs unchanged on hosted Supabase and on the local stack: whatever only one of the two has is guarded.

do $$
begin
  if not exists (select from pg_roles where rolname = 'hawker_worker') then
    -- The password is set outside migrations: `alter role hawker_worker password '...'`.
    create role hawker_worker login noinherit nobypassrls;
  end if;
end
$$;

create schema if not exists private;
revoke all on schema private from public;
comment on schema private is 'Definer functions and secrets. Never exposed through the data API.';

-- Supabase grants everything on new tables, sequences and functions to the API roles. Hawker starts from nothing.
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke execute on functions from anon, authenticated, service_role;
-- PUBLIC's built-in right to execute can only be taken away globally, not per schema.
alter default privileges revoke execute on functions from public;

revoke all on schema public from public;
grant usage on schema public to anon, authenticated, service_role, hawker_worker;
grant usage on schema private to authenticated, hawker_worker;

create sequence private.account_fence_seq;
comment on sequence private.account_fence_seq is 'Fences grow over the whole database, so a later holder always has the larger number.';

-- Policies and functions ask who is calling. auth.uid() answers for people; the worker is a Postgres role of its own.
create function private.is_worker() returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  -- `role` is what SET ROLE chose; it stays visible inside a definer function, where current_user does not.
  return case current_setting('role', true)
    when 'hawker_worker' then true
    when 'none' then session_user = 'hawker_worker'
    else false
  end;
end
$$;
grant execute on function private.is_worker() to authenticated, hawker_worker;

-- One way to refuse. The SQLSTATE is the contract (HK400, HK403, HK404, HK409, HK422, HK429), the hint says what to do.
create function private.refuse(p_code text, p_message text, p_hint text default null) returns void
language plpgsql set search_path = ''
as $$
begin
  raise exception using errcode = p_code, message = p_message, hint = coalesce(p_hint, '');
end
$$;
grant execute on function private.refuse(text, text, text) to authenticated, hawker_worker;

create function private.touch_updated_at() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.updated_at := clock_timestamp(); -- what waited for a lock was written after what it waited for
  return new;
end
$$;
