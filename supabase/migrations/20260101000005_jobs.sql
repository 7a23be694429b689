-- A request (job), one account's share of it (target), and what happened (events).
-- Invariants:
--   A target's state changes only by an event, along private.posting_moves (*_moves.sql).
--   Job status, progress, result and error follow from the targets by trigger, from a running tally: constant work per
--   target change while the job runs.
--   op_key is unique: login, item and ordinal name one intent to list.

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

-- Over, one way or another; and what somebody may be driving. Where a query is to go by a partial index, it says what the index says.
create function private.is_final(p_state text) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return p_state in ('done', 'failed', 'cancelled');
end
$$;
create function private.is_active(p_state text) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return p_state in ('claimed', 'filling', 'submitting', 'unknown');
end
$$;
-- Can be pressed without a person having to say anything first.
create function private.is_open(p_state text) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return p_state in ('queued', 'claimed', 'filling', 'submitting');
end
$$;

-- A posting: one account's share of a request, and everything that is known of it. core/posting/posting.ts says what each
-- column means; the machine that moves it begins in *_moves.sql.
create table public.job_targets (
  id uuid primary key default gen_random_uuid(),
  job_id uuid not null,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  account_id uuid not null,
  login_scope text not null, -- the account's
  item_id uuid references public.items (id) on delete set null,
  platform text not null,
  action text not null,
  driver text not null check (driver in ('tab', 'cloud')),
  mode text not null check (mode in ('review', 'publish')),
  op_key text not null unique,
  state text not null default 'queued' check (state in ('queued', 'claimed', 'filling', 'submitting', 'unknown',
    'done', 'needs_human', 'failed', 'cancelled')),
  ending jsonb,

  priority smallint not null default 0,
  run_at timestamptz not null default now(),
  attempt integer not null default 0,
  crashes integer not null default 0,
  fence bigint,
  claimed_at timestamptz,
  run_until timestamptz,
  tab_claimed boolean not null default false,
  fallback_at timestamptz,
  -- Asked for on purpose beside one that is live.
  is_beside boolean not null default false,
  waits_for_account boolean not null default false,

  consent jsonb,
  permits integer not null default 0,
  presses integer not null default 0,
  guess text check (guess in ('restored', 'told')),
  permit jsonb,
  settled_attempts integer not null default 0,

  unsettled_at timestamptz,
  window_ms bigint not null default 0 check (window_ms between 0 and 604800000),
  absence_proves boolean not null default false,
  sign jsonb,
  marker jsonb,
  reworded boolean not null default false,
  twin jsonb,
  baseline jsonb,
  reading_at timestamptz,
  reading_fence bigint,
  absent_at timestamptz,
  quiet_until timestamptz,
  unexplained jsonb not null default '[]',
  dismissed jsonb not null default '[]',
  filled_at timestamptz,

  question jsonb,
  questions integer not null default 0,
  decide_by timestamptz not null,
  cancel_asked boolean not null default false,
  listing jsonb,
  closed_at timestamptz,

  listing_id uuid references public.listings (id) on delete set null,
  report jsonb,
  progress jsonb not null default '{"percent":0,"message":"Queued"}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  settled_at timestamptz,
  foreign key (job_id, workspace_id) references public.listing_jobs (id, workspace_id) on delete cascade,
  foreign key (account_id, workspace_id, login_scope)
    references public.platform_accounts (id, workspace_id, login_scope) on update cascade on delete cascade
);
create index job_targets_job on public.job_targets (job_id, workspace_id);
create index job_targets_workspace on public.job_targets (workspace_id, updated_at);
create index job_targets_account on public.job_targets (account_id, workspace_id, login_scope);
create index job_targets_item on public.job_targets (item_id);
create index job_targets_listing on public.job_targets (listing_id) where listing_id is not null;
-- What a claim, a permit, a look and the sweep ask for. Partial ones hold a posting only while it can be the answer.
create index job_targets_served on public.job_targets (login_scope, claimed_at desc);
create index job_targets_row on public.job_targets (login_scope, (listing ->> 'externalId')) where state = 'done';
create index job_targets_unsettled on public.job_targets (login_scope)
  where unsettled_at is not null and state not in ('done', 'failed', 'cancelled');
create index job_targets_waiting on public.job_targets (login_scope) where waits_for_account;
create index job_targets_dismissed on public.job_targets (login_scope) where dismissed <> '[]';
create index job_targets_watched on public.job_targets (login_scope) where closed_at is not null;
create index job_targets_driven on public.job_targets (fence)
  where fence is not null and state in ('claimed', 'filling', 'submitting', 'unknown');
create index job_targets_hour on public.job_targets (decide_by) where state in ('queued', 'unknown');
create index job_targets_due on public.job_targets (run_at) where state in ('queued', 'unknown');
-- The last line of defence: of one item at one login, one posting at most can still be pressed.
create unique index job_targets_one_open on public.job_targets (login_scope, item_id)
  where action = 'list' and state in ('queued', 'claimed', 'filling', 'submitting');
create trigger touch before update on public.job_targets for each row execute function private.touch_updated_at();

create table public.listing_job_events (
  id bigint generated always as identity primary key,
  job_id uuid not null references public.listing_jobs (id) on delete cascade,
  target_id uuid references public.job_targets (id) on delete cascade,
  workspace_id uuid not null, -- the job's
  ts timestamptz not null default now(),
  platform text,
  level text not null default 'info' check (level in ('info', 'warn', 'error')),
  message text not null check (length(message) <= 2000),
  data jsonb not null default '{}' check (pg_column_size(data) < 65536)
);
create index listing_job_events_job on public.listing_job_events (job_id, id);
create index listing_job_events_target on public.listing_job_events (target_id);
create index listing_job_events_workspace on public.listing_job_events (workspace_id, id);

-- The state machine, as data: which event may take a posting from which state to which. core/posting/moves.ts holds the same
-- table; a test compares them.
create table private.posting_moves (
  event text not null,
  from_state text not null,
  to_state text not null,
  primary key (event, from_state, to_state)
);

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
    when private.is_final(p_state) then 100
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

-- A new target is counted by one statement; a target that moves finds its tally there.
create function private.roll_up_target() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  t private.job_tallies;
  v_new text := new.state;
  v_old text := case when tg_op = 'UPDATE' then old.state else '' end;
  v_percent integer := private.target_percent(new.state, new.progress);
  v_before integer := case when tg_op = 'UPDATE' then private.target_percent(old.state, old.progress) else 0 end;
  v_status text;
  v_progress jsonb;
  v_result jsonb;
  v_error text;
begin
  if tg_op = 'INSERT' then
    insert into private.job_tallies as j (job_id, total, queued, active, needs_human, done, failed, cancelled, percent_sum)
    values (new.job_id, 1, (v_new = 'queued')::int, private.is_active(v_new)::int, (v_new = 'needs_human')::int,
      (v_new = 'done')::int, (v_new = 'failed')::int, (v_new = 'cancelled')::int, v_percent)
    on conflict (job_id) do update set
      total = j.total + 1,
      queued = j.queued + excluded.queued,
      active = j.active + excluded.active,
      needs_human = j.needs_human + excluded.needs_human,
      done = j.done + excluded.done,
      failed = j.failed + excluded.failed,
      cancelled = j.cancelled + excluded.cancelled,
      percent_sum = j.percent_sum + excluded.percent_sum
    returning * into t;
  else
    update private.job_tallies j set
      queued = j.queued + (v_new = 'queued')::int - (v_old = 'queued')::int,
      active = j.active + private.is_active(v_new)::int - private.is_active(v_old)::int,
      needs_human = j.needs_human + (v_new = 'needs_human')::int - (v_old = 'needs_human')::int,
      done = j.done + (v_new = 'done')::int - (v_old = 'done')::int,
      failed = j.failed + (v_new = 'failed')::int - (v_old = 'failed')::int,
      cancelled = j.cancelled + (v_new = 'cancelled')::int - (v_old = 'cancelled')::int,
      percent_sum = j.percent_sum + v_percent - v_before
    where j.job_id = new.job_id
    returning * into t;
  end if;

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
  -- What is over tells what came of it. The error is the code, or the site's own words, of what went wrong last and still
  -- stands; the API says it in sentences, from the targets.
  if v_status not in ('queued', 'running') then
    v_result := jsonb_build_object('done', t.done, 'failed', t.failed, 'needsHuman', t.needs_human,
      'cancelled', t.cancelled);
    if t.failed + t.needs_human > 0 then
      select coalesce(o.ending ->> 'message', o.ending #>> '{last,message}', o.ending #>> '{last,code}',
        o.ending ->> 'code') into v_error from public.job_targets o
      where o.job_id = new.job_id and o.state in ('failed', 'needs_human') and o.ending is not null
      order by o.settled_at desc, o.id limit 1;
    end if;
  end if;
  update public.listing_jobs j set
    status = v_status,
    progress = v_progress,
    error = v_error,
    settled_at = case when v_status in ('queued', 'running') then null else coalesce(j.settled_at, now()) end,
    result = v_result
  where j.id = new.job_id
    and (j.status, j.progress, j.error, j.result) is distinct from (v_status, v_progress, v_error, v_result);
  return null;
end
$$;
create trigger roll_up_new after insert on public.job_targets
for each row execute function private.roll_up_target();
create trigger roll_up after update on public.job_targets
for each row when (new.state <> old.state or new.progress <> old.progress) execute function private.roll_up_target();
