-- What only the worker may call: heartbeats, the sweep, opening a session, reporting an account's health.
-- They run as definer and are executable by hawker_worker alone.
-- A worker's id is the one Graphile Worker locks jobs with; a lease holder is that id, or `<id>/<anything>`.

create function public.worker_heartbeat(p_worker_id text, p_pid integer) returns void
language sql security definer set search_path = ''
as $$
  insert into private.worker_heartbeats as h (worker_id, pid) values (p_worker_id, p_pid)
  on conflict (worker_id) do update set beat_at = clock_timestamp(), pid = excluded.pid
$$;

create function public.worker_stopped(p_worker_id text) returns void
language sql security definer set search_path = ''
as $$ delete from private.worker_heartbeats h where h.worker_id = p_worker_id $$;

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
  elsif not exists (select from public.account_leases l where l.account_id = p_account_id and l.fence = p_fence
      and l.expires_at > clock_timestamp()) then
    perform private.refuse('HK409', 'stale fence', 'Lease the account before opening its session.');
  elsif v_account.session_payload_encrypted is null then
    perform private.refuse('HK404', 'this account has no sealed session', 'The seller has to connect it.');
  elsif not v_account.cloud_allowed then
    perform private.refuse('HK403', 'the seller does not allow cloud use of this account');
  elsif not exists (select from public.consents c where c.id = v_account.consent_id and c.revoked_at is null) then
    perform private.refuse('HK403', 'the consent for this account was revoked');
  end if;
  select * into v_device from public.devices d where d.id = v_account.device_id;
  if not found or v_device.revoked_at is not null then
    perform private.refuse('HK403', 'the device that sealed this session was revoked', 'The seller has to connect again.');
  end if;
  select h.version into v_high_water from private.session_high_water h where h.account_id = p_account_id;
  if v_high_water > v_account.session_version then
    perform private.audit(v_account.workspace_id, 'session.refused', 'platform_accounts', p_account_id,
      jsonb_build_object('reason', 'rolled-back', 'version', v_account.session_version, 'seen', v_high_water));
    return jsonb_build_object('ok', false, 'reason', 'rolled-back');
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
    and exists (select from public.account_leases l where l.account_id = p_account_id and l.fence = p_fence
      and l.expires_at > clock_timestamp())
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
begin
  if not exists (select from public.account_leases l where l.account_id = p_account_id and l.fence = p_fence) then
    perform private.refuse('HK409', 'stale fence', 'Lease the account first.');
  end if;
  update public.platform_accounts a set status = p_status, status_reason = p_reason,
    replay = coalesce(p_replay, a.replay), last_verified_at = now()
  where a.id = p_account_id and a.status <> 'disconnected';
end
$$;

create function public.worker_audit(p_account_id uuid, p_action text, p_data jsonb default '{}') returns void
language sql security definer set search_path = ''
as $$
  select private.audit(a.workspace_id, p_action, 'platform_accounts', a.id, p_data)
  from public.platform_accounts a where a.id = p_account_id
$$;

-- Puts right what a killed worker, a closed browser or a lost queue entry left behind. Safe to run at any time, by
-- any number of workers at once.
create function public.sweep(p_dead_after_seconds integer default 20) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_dead text[];
  v_target public.job_targets;
  v_cloud boolean;
  v_job record;
  v_requeued integer := 0;
  v_unknown integer := 0;
  v_lost integer := 0;
  v_given_up integer := 0;
begin
  -- One sweep at a time; a second one has nothing to add.
  if not pg_try_advisory_xact_lock(hashtextextended('hawker sweep', 0)) then
    return '{"busy": true}';
  end if;

  with gone as (
    delete from private.worker_heartbeats h
    where h.beat_at < clock_timestamp() - make_interval(secs => p_dead_after_seconds) returning h.worker_id)
  select coalesce(array_agg(worker_id), '{}') into v_dead from gone;
  if cardinality(v_dead) > 0 then
    -- Graphile Worker itself would keep a killed worker's jobs locked for four hours.
    perform graphile_worker.force_unlock_workers(v_dead);
    -- Expired, not deleted: the fence in the row still tells the dead holder that it is stale.
    update public.account_leases l set expires_at = clock_timestamp(), fence = nextval('private.account_fence_seq')
    where split_part(l.holder, '/', 1) = any (v_dead);
  end if;

  for v_target in
    select t.* from public.job_targets t
    where t.state in ('claimed', 'filling', 'submitting')
      and not exists (select from public.account_leases l where l.account_id = t.account_id and l.fence = t.fence
        and l.expires_at > clock_timestamp())
    order by t.id for update skip locked
  loop
    if v_target.state = 'submitting' then
      select a.cloud_allowed and a.session_payload_encrypted is not null into v_cloud
      from public.platform_accounts a where a.id = v_target.account_id;
      update public.submit_fences f set state = 'unknown' where f.op_key = v_target.op_key and f.state = 'submitting';
      update public.job_targets t set state = 'unknown', fence = null,
        state_reason = 'the driver stopped while submitting' where t.id = v_target.id;
      if v_cloud then
        perform private.enqueue('settle_unknown', json_build_object('targetId', v_target.id), v_target.account_id,
          'settle:' || v_target.id);
      end if;
      v_unknown := v_unknown + 1;
    else
      delete from public.submit_fences f where f.op_key = v_target.op_key and f.state = 'intent';
      update public.job_targets t set state = 'queued', fence = null, state_reason = 'the driver stopped', run_at = now()
      where t.id = v_target.id returning * into v_target;
      if v_target.driver = 'cloud' then
        perform private.enqueue_target(v_target, now(), 0);
      end if;
      v_requeued := v_requeued + 1;
    end if;
    perform private.append_event(v_target, 'warn', 'The driver stopped; carrying on',
      jsonb_build_object('was', v_target.state));
  end loop;

  -- A due cloud target without a live queue entry would wait for ever.
  for v_target in
    select t.* from public.job_targets t
    where t.driver = 'cloud' and t.state = 'queued' and t.run_at < now() - interval '30 seconds'
    order by t.id limit 500 for update skip locked
  loop
    select q.attempts >= q.max_attempts as spent, q.last_error into v_job
    from graphile_worker.jobs q where q.key = v_target.id::text;
    if not found then
      perform private.enqueue_target(v_target, now(), 0);
      v_lost := v_lost + 1;
    elsif v_job.spent then
      perform private.dequeue_target(v_target.id);
      update public.job_targets t set state = 'failed', state_reason = 'gave up after several attempts'
      where t.id = v_target.id;
      perform private.append_event(v_target, 'error', 'Gave up after several attempts', null);
      v_given_up := v_given_up + 1;
    end if;
  end loop;

  -- The same for submits nobody has settled.
  for v_target in
    select t.* from public.job_targets t join public.platform_accounts a on a.id = t.account_id
    where t.state = 'unknown' and t.updated_at < now() - interval '30 seconds'
      and a.cloud_allowed and a.session_payload_encrypted is not null
    order by t.id limit 500 for update of t skip locked
  loop
    select q.attempts >= q.max_attempts as spent into v_job
    from graphile_worker.jobs q where q.key = 'settle:' || v_target.id;
    if not found then
      perform private.enqueue('settle_unknown', json_build_object('targetId', v_target.id), v_target.account_id,
        'settle:' || v_target.id);
      v_lost := v_lost + 1;
    elsif v_job.spent then
      update public.job_targets t set state = 'needs_human',
        state_reason = 'could not find out whether this was posted' where t.id = v_target.id;
      perform private.append_event(v_target, 'warn', 'Could not find out whether this was posted', null);
      v_given_up := v_given_up + 1;
    end if;
  end loop;

  delete from public.rate_limits r where r.window_start < now() - interval '1 day';
  delete from public.idempotency_keys k where k.created_at < now() - interval '7 days';

  return jsonb_build_object('dead', to_jsonb(v_dead), 'requeued', v_requeued, 'unknown', v_unknown, 'lost', v_lost,
    'given_up', v_given_up);
end
$$;

grant execute on function
  public.worker_heartbeat(text, integer), public.worker_stopped(text), public.worker_open_session(uuid, bigint),
  public.worker_mark_session_version(uuid, integer), public.worker_reseal(uuid, bigint, integer, jsonb, jsonb),
  public.worker_account_health(uuid, bigint, text, text, text), public.worker_audit(uuid, text, jsonb),
  public.sweep(integer)
to hawker_worker;
