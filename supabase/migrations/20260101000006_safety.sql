-- What keeps promises: who may drive an account, whether a submit may happen, what was asked already, how often,
-- and the record of who did what.

create table public.account_leases (
  account_id uuid primary key references public.platform_accounts (id) on delete cascade,
  holder text not null check (length(holder) between 1 and 200),
  driver text not null check (driver in ('tab', 'cloud')),
  fence bigint not null,
  expires_at timestamptz not null
);

create table public.submit_fences (
  id uuid primary key default gen_random_uuid(),
  target_id uuid not null references public.job_targets (id) on delete cascade,
  account_id uuid not null references public.platform_accounts (id) on delete cascade,
  fence bigint not null,
  op_key text not null,
  payload_hash text,
  state text not null default 'intent' check (state in ('intent', 'submitting', 'confirmed', 'absent', 'unknown')),
  created_at timestamptz not null default now(),
  resolved_at timestamptz
);
-- At most one submit that may have happened per operation: the last line of defence against posting twice.
create unique index submit_fences_one_open on public.submit_fences (op_key)
  where state in ('intent', 'submitting', 'unknown');
create unique index submit_fences_one_confirmed on public.submit_fences (op_key) where state = 'confirmed';
create index submit_fences_target on public.submit_fences (target_id);
create index submit_fences_account on public.submit_fences (account_id);

create table public.idempotency_keys (
  user_id uuid not null references auth.users (id) on delete cascade,
  key text not null check (length(key) between 1 and 200),
  route text not null check (length(route) <= 200),
  body_hash text not null,
  status integer,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (user_id, key, route)
);
create index idempotency_keys_age on public.idempotency_keys (created_at);

create table public.rate_limits (
  user_id uuid not null references auth.users (id) on delete cascade,
  bucket text not null check (length(bucket) between 1 and 100),
  window_start timestamptz not null,
  count integer not null default 0,
  primary key (user_id, bucket, window_start)
);
create index rate_limits_age on public.rate_limits (window_start);

create table public.audit_log (
  id uuid primary key default gen_random_uuid(),
  -- No foreign keys: the log outlives what it tells about.
  workspace_id uuid,
  actor text not null,
  action text not null,
  subject text not null,
  subject_id uuid,
  data jsonb not null default '{}',
  ts timestamptz not null default now()
);
create index audit_log_workspace on public.audit_log (workspace_id, ts desc);

create table private.worker_heartbeats (
  worker_id text primary key,
  pid integer not null,
  started_at timestamptz not null default now(),
  beat_at timestamptz not null default now()
);

create function private.audit(p_workspace_id uuid, p_action text, p_subject text, p_subject_id uuid, p_data jsonb)
returns void language sql security definer set search_path = ''
as $$
  insert into public.audit_log (workspace_id, actor, action, subject, subject_id, data)
  values (p_workspace_id,
    coalesce('user:' || (select auth.uid())::text, case when private.is_worker() then 'worker' else 'system' end),
    p_action, p_subject, p_subject_id, coalesce(p_data, '{}'))
$$;
