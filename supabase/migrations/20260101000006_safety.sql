-- What keeps promises: who may drive an account, whether a submit may happen, what was asked already, how often,
-- and the record of who did what.

-- The right to drive a login: one holder at a time. Keyed by its scope, because two accounts can be the same login.
create table public.account_leases (
  login_scope text primary key,
  account_id uuid not null,
  holder text not null check (length(holder) between 1 and 200),
  driver text not null check (driver in ('tab', 'cloud')),
  fence bigint not null,
  expires_at timestamptz not null,
  -- Never renewed past this: a run that hangs with its heart beating gives way.
  run_until timestamptz not null,
  foreign key (account_id, login_scope) references public.platform_accounts (id, login_scope)
    on update cascade on delete cascade
);
create index account_leases_account on public.account_leases (account_id, login_scope);

-- What was told about a posting, each thing once: a host that did not hear the answer says it again under the same id.
create table public.posting_events (
  id uuid primary key,
  target_id uuid not null references public.job_targets (id) on delete cascade,
  workspace_id uuid not null, -- the target's
  kind text not null,
  fence bigint,
  event jsonb not null,
  answer jsonb not null,
  at timestamptz not null default now()
);
create index posting_events_target on public.posting_events (target_id, at);
create index posting_events_age on public.posting_events (at);

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
