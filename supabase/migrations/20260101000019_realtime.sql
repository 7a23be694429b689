-- Live changes. Hosted Supabase reads the publication; the local stack listens on the channel and reads each row
-- again under the subscriber's own rights, so the notice itself carries ids only. On hosted Supabase nobody listens.

do $$
declare
  v_table text;
begin
  if not exists (select from pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime;
  end if;
  foreach v_table in array '{listing_jobs,job_targets,listing_job_events,platform_accounts,items,item_photos,listings}'::text[]
  loop
    if v_table = 'platform_accounts' then
      -- The publication carries what the API roles may read, and not the sealed session.
      alter publication supabase_realtime add table public.platform_accounts (id, user_id, workspace_id, platform,
        handle, login_key, login_proven_at, display_name, status, status_reason, replay, cloud_allowed, last_verified_at, last_action_at,
        session_meta, session_version, session_expires_at, consent_id, device_id, created_at, updated_at);
    else
      execute format('alter publication supabase_realtime add table public.%I', v_table);
    end if;
  end loop;
end
$$;

-- A transaction that notifies holds a lock of the whole database until its commit is on disk: commits stand in line, and a
-- disk that takes two milliseconds allows five hundred of them a second however many workers there are. So nothing is said
-- unless somebody hears it: the local stack's realtime while a page is open. On hosted Supabase nobody ever does.
-- One row per connection that listens. Unlogged: after a crash nobody listens.
create unlogged table private.change_listeners (
  backend integer primary key default pg_backend_pid(),
  since timestamptz not null default now()
);
alter table private.change_listeners enable row level security;
revoke all on private.change_listeners from public;

-- A notice names the row by its column: reading it out of the whole row as JSON takes in the job's payload.
create function private.notify_change() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_old boolean := tg_op = 'DELETE';
begin
  if not exists (select from private.change_listeners) then
    return null;
  end if;
  perform pg_notify('hawker_changes', json_build_object('schema', tg_table_schema, 'table', tg_table_name, 'type', tg_op,
    'id', case when v_old then old.id else new.id end,
    'workspace_id', case when v_old then old.workspace_id else new.workspace_id end)::text);
  return null;
end
$$;

do $$
declare
  v_table text;
begin
  foreach v_table in array '{listing_jobs,job_targets,listing_job_events,platform_accounts,items,item_photos,listings}'::text[]
  loop
    execute format('create trigger notify_change after insert or update or delete on public.%I '
      'for each row execute function private.notify_change()', v_table);
  end loop;
end
$$;

-- New objects of later migrations start with nothing too; see 20260101000001_foundation.sql.
