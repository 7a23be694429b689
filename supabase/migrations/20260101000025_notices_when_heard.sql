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

create or replace function private.notify_change() returns trigger
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
