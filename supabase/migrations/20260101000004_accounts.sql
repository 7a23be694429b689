-- Logins at marketplaces. A session is sealed before it gets here; no API role may read the envelope, and the worker
-- only gets it from a function that checks its lease and writes the audit line.

create table public.devices (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  -- A P-256 public key and nothing beside it. Of a missing part the comparison is null, which a check lets pass.
  public_key jsonb not null check (coalesce(jsonb_typeof(public_key) = 'object' and public_key ->> 'kty' = 'EC'
    and public_key ->> 'crv' = 'P-256' and public_key ->> 'x' ~ '^[A-Za-z0-9_-]{43}$'
    and public_key ->> 'y' ~ '^[A-Za-z0-9_-]{43}$' and public_key - '{kty,crv,x,y}'::text[] = '{}', false)),
  name text not null default '' check (length(name) <= 120),
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index devices_user on public.devices (user_id);
create index devices_workspace on public.devices (workspace_id);

-- Who holds a stolen laptop is signed in as its owner: what was revoked stays so. A new key is a new device.
create function private.keep_device_revoked() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at then
    perform private.refuse('HK409', 'a revoked device stays revoked', 'Sign in again so that a new device is registered.');
  end if;
  return new;
end
$$;
create trigger keep_device_revoked before update on public.devices
for each row execute function private.keep_device_revoked();

create table public.consents (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  platform text not null,
  text_version text not null,
  cookie_names text[] not null default '{}',
  allowlist_hash text not null,
  granted_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index consents_workspace on public.consents (workspace_id);
create index consents_user on public.consents (user_id);

create table public.platform_accounts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  platform text not null check (platform ~ '^[a-z][a-z0-9_-]{1,39}$'),
  handle text not null check (length(handle) between 1 and 200),
  -- The channel's own stable id of the login, "mercari:812345": a display name changes and is not unique.
  login_key text not null check (login_key ~ '^[a-z][a-z0-9_-]{1,39}:.{1,250}$'),
  -- When the site itself first showed this login as signed in, in the account's own session. Until then it is what somebody said.
  login_proven_at timestamptz,
  -- With whom it shares lease, rows and twins: with every account proven to be the login. What is only said to be a login binds
  -- nobody outside its workspace. A key begins with its channel, so that no login can be taken for such a scope.
  login_scope text not null generated always as (
    case when login_proven_at is null then workspace_id::text || ' ' || login_key else login_key end) stored,
  display_name text check (length(display_name) <= 200),
  status text not null default 'disconnected'
    check (status in ('connected', 'expiring', 'expired', 'blocked', 'needs_human', 'disconnected')),
  status_reason text,
  replay text not null default 'unknown' check (replay in ('yes', 'no', 'unknown')),
  cloud_allowed boolean not null default false,
  last_verified_at timestamptz,
  last_action_at timestamptz,
  session_payload_encrypted jsonb,
  session_meta jsonb,
  session_version integer not null default 0 check (session_version >= 0),
  session_expires_at timestamptz,
  consent_id uuid references public.consents (id) on delete set null,
  device_id uuid references public.devices (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, platform, handle),
  unique (workspace_id, login_key),
  unique (id, workspace_id),
  -- What postings and leases refer to: when a login becomes proven they come along.
  unique (id, workspace_id, login_scope),
  unique (id, login_scope)
);
create index platform_accounts_login on public.platform_accounts (login_key);
create index platform_accounts_user on public.platform_accounts (user_id);
create index platform_accounts_consent on public.platform_accounts (consent_id);
create index platform_accounts_device on public.platform_accounts (device_id);
create trigger touch before update on public.platform_accounts
for each row execute function private.touch_updated_at();

-- Anybody who runs jobs may stop the cloud for an account; only the person whose login it is may allow it.
create function private.cloud_needs_its_person() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if new.cloud_allowed and not old.cloud_allowed and (select auth.uid()) is distinct from new.user_id then
    perform private.refuse('HK403', 'only the person who connected this account may allow the cloud to use it',
      'Ask them, or connect the login yourself.');
  end if;
  return new;
end
$$;
create trigger cloud_needs_its_person before update of cloud_allowed on public.platform_accounts
for each row execute function private.cloud_needs_its_person();
comment on column public.platform_accounts.session_payload_encrypted is
  'A sealed envelope. Not selectable by any API role; the worker opens it through worker_open_session().';

-- The highest session version the worker has opened: a rolled-back row is refused.
-- No foreign key on purpose: deleting an account must not forget that its versions were seen.
create table private.session_high_water (
  account_id uuid primary key,
  version integer not null,
  raised_at timestamptz not null default now()
);

create table public.listings (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  item_id uuid references public.items (id) on delete set null,
  account_id uuid not null,
  platform text not null,
  external_id text not null check (length(external_id) between 1 and 300),
  url text check (url ~ '^https?://' and length(url) <= 2000),
  title text,
  price_minor bigint check (price_minor >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  status text not null default 'active' check (status in ('draft', 'active', 'sold', 'ended')),
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (account_id, external_id),
  foreign key (account_id, workspace_id) references public.platform_accounts (id, workspace_id) on delete cascade
);
create index listings_workspace on public.listings (workspace_id, updated_at desc);
create index listings_account on public.listings (account_id, workspace_id);
create index listings_item on public.listings (item_id);
create trigger touch before update on public.listings for each row execute function private.touch_updated_at();
