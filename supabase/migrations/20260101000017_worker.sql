-- What only the worker may call: heartbeats, opening a session, reporting an account's health.
-- They run as definer and are executable by hawker_worker alone.
-- A worker's id is the one Graphile Worker locks jobs with; a lease holder is that id, or `<id>/<anything>`.

create function public.worker_heartbeat(p_worker_id text, p_pid integer) returns void
language sql security definer set search_path = ''
as $$
  insert into private.worker_heartbeats as h (worker_id, pid, beat_at) values (p_worker_id, p_pid, private.clock())
  on conflict (worker_id) do update set beat_at = excluded.beat_at, pid = excluded.pid
$$;

create function public.worker_stopped(p_worker_id text) returns void
language sql security definer set search_path = ''
as $$ delete from private.worker_heartbeats h where h.worker_id = p_worker_id $$;

-- Whether this fence is that of the account's lease, and the lease is not over.
create function private.holds_lease(p_account_id uuid, p_fence bigint) returns boolean
language plpgsql volatile set search_path = ''
as $$
begin
  return exists (select from public.account_leases l
    where l.account_id = p_account_id and l.fence = p_fence and l.expires_at > private.clock());
end
$$;

-- The sealed session of an account, for the holder of its lease, with everything its binding is rebuilt from.
-- Refuses a version below one already opened (a rolled-back row), a revoked consent or device. Every call is audited.
create function public.worker_open_session(p_account_id uuid, p_fence bigint) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_account public.platform_accounts;
  v_device public.devices;
  v_high_water integer;
begin
  select * into v_account from public.platform_accounts a where a.id = p_account_id;
  if not found then
    perform private.refuse('HK404', 'no such account');
  elsif not private.holds_lease(p_account_id, p_fence) then
    perform private.refuse('HK409', 'stale fence', 'Lease the account before opening its session.');
  elsif v_account.session_payload_encrypted is null then
    perform private.refuse('HK404', 'this account has no sealed session', 'The seller has to connect it.');
  end if;
  -- Before all that may be wrong with it for other reasons: a row that was put back comes with a consent that has ended.
  select h.version into v_high_water from private.session_high_water h where h.account_id = p_account_id;
  if v_high_water > v_account.session_version then
    perform private.audit(v_account.workspace_id, 'session.refused', 'platform_accounts', p_account_id,
      jsonb_build_object('reason', 'rolled-back', 'version', v_account.session_version, 'seen', v_high_water));
    return jsonb_build_object('ok', false, 'reason', 'rolled-back');
  end if;
  if not v_account.cloud_allowed then
    perform private.refuse('HK403', 'the seller does not allow cloud use of this account');
  elsif not exists (select from public.consents c where c.id = v_account.consent_id and c.revoked_at is null) then
    perform private.refuse('HK403', 'the consent for this account was revoked');
  elsif not exists (select from public.workspace_members m
      where m.workspace_id = v_account.workspace_id and m.user_id = v_account.user_id) then
    perform private.refuse('HK403', 'the person who connected this account has left the workspace');
  end if;
  select * into v_device from public.devices d where d.id = v_account.device_id;
  if not found or v_device.revoked_at is not null then
    perform private.refuse('HK403', 'the device that sealed this session was revoked', 'The seller has to connect again.');
  end if;
  perform private.audit(v_account.workspace_id, 'session.open', 'platform_accounts', p_account_id,
    jsonb_build_object('fence', p_fence, 'version', v_account.session_version));
  return jsonb_build_object('ok', true, 'account', to_jsonb(v_account) - 'session_payload_encrypted',
    'envelope', v_account.session_payload_encrypted, 'device_public_key', v_device.public_key,
    'high_water', v_high_water);
end
$$;

-- After a session was opened and found genuine: versions below it are refused from now on.
create function public.worker_mark_session_version(p_account_id uuid, p_version integer) returns void
language sql security definer set search_path = ''
as $$
  insert into private.session_high_water as h (account_id, version) values (p_account_id, p_version)
  on conflict (account_id) do update set version = excluded.version, raised_at = now()
  where h.version < excluded.version
$$;

-- Re-sealed to a newer key, under the lease and only over the version that was opened.
create function public.worker_reseal(p_account_id uuid, p_fence bigint, p_expected_version integer, p_session jsonb,
  p_session_meta jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_workspace uuid;
begin
  update public.platform_accounts a set session_payload_encrypted = p_session, session_meta = p_session_meta
  where a.id = p_account_id and a.session_version = p_expected_version and a.session_payload_encrypted is not null
    and private.holds_lease(p_account_id, p_fence)
  returning a.workspace_id into v_workspace;
  if not found then
    perform private.refuse('HK409', 'stale fence', 'The session changed meanwhile: open it again.');
  end if;
  perform private.audit(v_workspace, 'session.reseal', 'platform_accounts', p_account_id,
    jsonb_build_object('version', p_expected_version, 'keyId', p_session_meta ->> 'keyId'));
end
$$;

create function public.worker_account_health(p_account_id uuid, p_fence bigint, p_status text, p_reason text default null,
  p_replay text default null) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_before text;
begin
  perform private.lock_account(p_account_id);
  select a.status into v_before from public.platform_accounts a where a.id = p_account_id;
  if not private.holds_lease(p_account_id, p_fence) then
    perform private.refuse('HK409', 'stale fence', 'Lease the account first.');
  end if;
  update public.platform_accounts a set status = p_status, status_reason = p_reason,
    replay = coalesce(p_replay, a.replay), last_verified_at = now()
  where a.id = p_account_id and a.status <> 'disconnected';
  if p_status = 'connected' and v_before <> 'connected' then
    perform private.wake_account(p_account_id);
  end if;
end
$$;

-- In the account's own session the site itself showed who is signed in. Once that is the account's login, the account shares the
-- login's lease, rows and twins with every account proven to be it: its postings come along, and the lease of the run that saw
-- it, under its fence. @returns false while another workspace drives the login: then it counts the next time it is seen.
create function public.worker_login_seen(p_account_id uuid, p_fence bigint, p_login_key text) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_account public.platform_accounts;
begin
  select * into v_account from public.platform_accounts a where a.id = p_account_id;
  perform private.lock_login(scope) from unnest(array[v_account.login_scope, v_account.login_key]) scope order by scope;
  select * into v_account from public.platform_accounts a where a.id = p_account_id;
  if not private.holds_lease(p_account_id, p_fence) then
    perform private.refuse('HK409', 'stale fence', 'Lease the account before looking who is signed in.');
  elsif v_account.login_key <> p_login_key then
    perform private.refuse('HK409', 'another login is signed in', 'The seller has to connect this account again.');
  elsif v_account.login_proven_at is not null then
    return true;
  elsif (private.live_lease(v_account.login_key)).fence is not null then
    return false;
  end if;
  delete from public.account_leases l where l.login_scope = v_account.login_key;
  update public.platform_accounts a set login_proven_at = private.clock() where a.id = p_account_id;
  perform private.settle_rows(p_account_id, v_account.login_key);
  perform private.audit(v_account.workspace_id, 'account.login-proven', 'platform_accounts', p_account_id,
    jsonb_build_object('platform', v_account.platform, 'sessionVersion', v_account.session_version));
  return true;
end
$$;

-- A row that an account brings along and another one has already proves one posting: of two, that by likeness looks on.
create function private.settle_rows(p_account_id uuid, p_login_scope text) returns void
language plpgsql volatile set search_path = ''
as $$
declare
  v_loser uuid;
begin
  for v_loser in
    select l.id from public.job_targets mine
    join public.job_targets o on o.login_scope = p_login_scope and o.account_id <> p_account_id and o.state = 'done'
      and o.listing ->> 'externalId' = mine.listing ->> 'externalId'
    join public.job_targets l on l.id = case when mine.listing ->> 'by' = 'likeness' then mine.id else o.id end
    where mine.account_id = p_account_id and mine.state = 'done' and l.listing ->> 'by' = 'likeness'
    order by l.job_id, l.id
  loop
    perform private.play(v_loser, '{"kind": "row-lost"}');
  end loop;
end
$$;

create function public.worker_audit(p_account_id uuid, p_action text, p_data jsonb default '{}') returns void
language sql security definer set search_path = ''
as $$
  select private.audit(a.workspace_id, p_action, 'platform_accounts', a.id, p_data)
  from public.platform_accounts a where a.id = p_account_id
$$;

grant execute on function
  public.worker_heartbeat(text, integer), public.worker_stopped(text), public.worker_open_session(uuid, bigint),
  public.worker_mark_session_version(uuid, integer), public.worker_reseal(uuid, bigint, integer, jsonb, jsonb),
  public.worker_account_health(uuid, bigint, text, text, text), public.worker_login_seen(uuid, bigint, text),
  public.worker_audit(uuid, text, jsonb)
to hawker_worker;
