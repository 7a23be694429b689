-- A request (job), one account's share of it (target), and what happened (events).
-- Invariants:
--   A target's state changes only along private.target_moves; a trigger refuses anything else.
--   Job status and progress follow from the targets by trigger, from a running tally: constant work per target change.
--   op_key is unique among live targets: the same revision of an item is not listed twice at an account by accident.

create table public.listing_jobs (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  inventory_item_id uuid references public.items (id) on delete set null,
  action text not null default 'list' check (action ~ '^[a-z_]{2,40}$'),
  platforms jsonb not null default '[]',
  payload jsonb not null default '{}',
  status text not null default 'queued'
    check (status in ('queued', 'running', 'done', 'needs_human', 'failed', 'cancelled', 'partial')),
  progress jsonb not null default '{"percent":0,"message":"Queued"}',
  result jsonb,
  error text,
  run_at timestamptz not null default now(),
  driver text not null default 'tab' check (driver in ('tab', 'cloud')),
  mode text not null default 'review' check (mode in ('review', 'publish')),
  idempotency_key text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  settled_at timestamptz,
  unique (id, workspace_id)
);
create index listing_jobs_workspace on public.listing_jobs (workspace_id, created_at desc, id desc);
create index listing_jobs_status on public.listing_jobs (workspace_id, status, created_at desc);
create index listing_jobs_user on public.listing_jobs (user_id);
create index listing_jobs_item on public.listing_jobs (inventory_item_id);
create trigger touch before update on public.listing_jobs for each row execute function private.touch_updated_at();

create table public.job_targets (
  id uuid primary key default gen_random_uuid(),
  job_id uuid not null,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  account_id uuid not null,
  platform text not null,
  action text not null,
  driver text not null check (driver in ('tab', 'cloud')),
  state text not null default 'queued' check (state in ('queued', 'claimed', 'filling', 'submitting', 'unknown',
    'done', 'needs_human', 'failed', 'cancelled')),
  state_reason text,
  attempt integer not null default 0,
  op_key text not null unique,
  payload_hash text,
  marker text,
  fence bigint,
  listing_id uuid references public.listings (id) on delete set null,
  report jsonb,
  progress jsonb not null default '{"percent":0,"message":"Queued"}',
  run_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  settled_at timestamptz,
  foreign key (job_id, workspace_id) references public.listing_jobs (id, workspace_id) on delete cascade,
  foreign key (account_id, workspace_id) references public.platform_accounts (id, workspace_id) on delete cascade
);
create index job_targets_job on public.job_targets (job_id, workspace_id);
create index job_targets_workspace on public.job_targets (workspace_id, state);
create index job_targets_account on public.job_targets (account_id, workspace_id);
create index job_targets_listing on public.job_targets (listing_id);
create index job_targets_driven on public.job_targets (updated_at) where state in ('claimed', 'filling', 'submitting');
create trigger touch before update on public.job_targets for each row execute function private.touch_updated_at();

create table public.listing_job_events (
  id bigint generated always as identity primary key,
  job_id uuid not null references public.listing_jobs (id) on delete cascade,
  target_id uuid references public.job_targets (id) on delete cascade,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  ts timestamptz not null default now(),
  platform text,
  level text not null default 'info' check (level in ('info', 'warn', 'error')),
  message text not null check (length(message) <= 2000),
  data jsonb not null default '{}' check (pg_column_size(data) < 65536)
);
create index listing_job_events_job on public.listing_job_events (job_id, id);
create index listing_job_events_target on public.listing_job_events (target_id);
create index listing_job_events_workspace on public.listing_job_events (workspace_id);

-- The state machine, as data. core/job holds the same table; a test compares them.
create table private.target_moves (
  from_state text not null,
  to_state text not null,
  primary key (from_state, to_state)
);
insert into private.target_moves (from_state, to_state)
select f, t from (values
  ('queued', '{claimed,cancelled,failed}'::text[]),
  ('claimed', '{filling,queued,done,needs_human,failed,cancelled}'),
  ('filling', '{submitting,queued,done,needs_human,failed,cancelled}'),
  ('submitting', '{done,unknown,failed,needs_human}'),
  ('unknown', '{done,queued,needs_human}'),
  ('needs_human', '{queued,claimed,done,cancelled,failed}'),
  ('failed', '{queued}')
) as moves (f, ts), unnest(ts) as t;

create function private.guard_target_move() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if new.state is distinct from old.state then
    if not exists (select from private.target_moves m where m.from_state = old.state and m.to_state = new.state) then
      perform private.refuse('HK409', format('a target cannot go from %s to %s', old.state, new.state),
        'Read the target again and act on its present state.');
    end if;
    new.settled_at := case when new.state in ('done', 'failed', 'cancelled', 'needs_human') then now() end;
  end if;
  return new;
end
$$;
create trigger guard_move before update of state on public.job_targets
for each row execute function private.guard_target_move();

-- The tally of a job: how many targets are where. Kept by trigger so that a rollup never counts.
create table private.job_tallies (
  job_id uuid primary key references public.listing_jobs (id) on delete cascade,
  total integer not null default 0,
  queued integer not null default 0,
  active integer not null default 0,
  needs_human integer not null default 0,
  done integer not null default 0,
  failed integer not null default 0,
  cancelled integer not null default 0,
  percent_sum bigint not null default 0
);

create function private.target_percent(p_state text, p_progress jsonb) returns integer
language sql immutable set search_path = ''
as $$
  select case
    when p_state in ('done', 'failed', 'cancelled') then 100
    when jsonb_typeof(p_progress -> 'percent') = 'number'
      then least(99, greatest(0, (p_progress ->> 'percent')::numeric::integer))
    else 0
  end
$$;

create function private.job_status(t private.job_tallies) returns text
language sql immutable set search_path = ''
as $$
  select case
    when t.active > 0 then 'running'
    when t.queued > 0 then case when t.queued = t.total then 'queued' else 'running' end
    when t.needs_human > 0 then 'needs_human'
    when t.done = t.total then 'done'
    when t.done > 0 then 'partial'
    when t.failed > 0 then 'failed'
    else 'cancelled'
  end
$$;

create function private.roll_up_target() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  t private.job_tallies;
  v_state text := new.state;
  v_old text := case when tg_op = 'UPDATE' then old.state end;
  v_percent integer := private.target_percent(new.state, new.progress);
  v_before integer := case when tg_op = 'UPDATE' then private.target_percent(old.state, old.progress) else 0 end;
  v_status text;
  v_progress jsonb;
begin
  if tg_op = 'UPDATE' and v_state = v_old and v_percent = v_before and new.progress = old.progress then
    return null;
  end if;
  insert into private.job_tallies as j (job_id) values (new.job_id) on conflict do nothing;
  update private.job_tallies j set
    total = j.total + (v_old is null)::int,
    queued = j.queued + (v_state = 'queued')::int - (coalesce(v_old, '') = 'queued')::int,
    active = j.active + (v_state in ('claimed', 'filling', 'submitting', 'unknown'))::int
      - (coalesce(v_old, '') in ('claimed', 'filling', 'submitting', 'unknown'))::int,
    needs_human = j.needs_human + (v_state = 'needs_human')::int - (coalesce(v_old, '') = 'needs_human')::int,
    done = j.done + (v_state = 'done')::int - (coalesce(v_old, '') = 'done')::int,
    failed = j.failed + (v_state = 'failed')::int - (coalesce(v_old, '') = 'failed')::int,
    cancelled = j.cancelled + (v_state = 'cancelled')::int - (coalesce(v_old, '') = 'cancelled')::int,
    percent_sum = j.percent_sum + v_percent - v_before
  where j.job_id = new.job_id
  returning * into t;

  v_status := private.job_status(t);
  v_progress := jsonb_build_object(
    'percent', t.percent_sum / t.total,
    'message', case
      when t.done + t.failed + t.cancelled + t.needs_human = t.total
        then format('%s of %s done', t.done, t.total)
          || case when t.needs_human > 0 then format(', %s waiting for you', t.needs_human) else '' end
      when t.total = 1 then coalesce(new.progress ->> 'message', new.state)
      when v_status = 'queued' then 'Queued'
      else format('%s of %s done', t.done, t.total)
    end);
  update public.listing_jobs j set
    status = v_status,
    progress = v_progress,
    error = case when v_status in ('failed', 'partial', 'needs_human')
      then coalesce(case when new.state in ('failed', 'needs_human') then new.state_reason end, j.error) end,
    settled_at = case when v_status in ('queued', 'running') then null else coalesce(j.settled_at, now()) end,
    result = case when v_status in ('queued', 'running') then j.result
      else jsonb_build_object('done', t.done, 'failed', t.failed, 'needsHuman', t.needs_human,
        'cancelled', t.cancelled) end
  where j.id = new.job_id
    and (j.status, j.progress) is distinct from (v_status, v_progress);
  return null;
end
$$;
create trigger roll_up after insert or update of state, progress on public.job_targets
for each row execute function private.roll_up_target();
