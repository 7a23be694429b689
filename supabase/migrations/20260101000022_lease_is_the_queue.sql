-- One account does one thing at a time because of its lease alone (docs/adr/0005-the-lease-is-the-only-queue.md).
-- Queue names by hash made accounts that share a name wait for each other, and cost more than all the rest of a claim.

create or replace function private.enqueue(p_task text, p_payload json, p_account_id uuid, p_job_key text,
  p_run_at timestamptz default now(), p_priority integer default 0) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform graphile_worker.add_job(p_task, p_payload, run_at => p_run_at, max_attempts => 3, job_key => p_job_key,
    priority => p_priority);
end
$$;
drop function private.queue_name(uuid);

create function private.enqueue_settle(p_target public.job_targets, p_run_at timestamptz default now()) returns void
language sql security definer set search_path = ''
as $$
  select private.enqueue('settle_unknown', json_build_object('targetId', p_target.id), p_target.account_id,
    'settle:' || p_target.id, p_run_at)
$$;

-- The entry of a target whose account is busy: due when the lease ends, or as soon as it is given back.
create function private.wait_for_account(p_target public.job_targets, p_at timestamptz) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if p_target.state = 'queued' then
    perform private.enqueue_target(p_target, p_at, 0);
  else
    perform private.enqueue_settle(p_target, p_at);
  end if;
end
$$;

-- As before, but for the busy account: the refused lease row stays locked until this commits, so that giving it back
-- comes after, and finds the waiting entry. Were the caller to write the entry later, it could miss the wake-up.
create or replace function private.claim_target(p_target_id uuid, p_holder text, p_ttl_seconds integer) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_target public.job_targets := private.target_for_driving(p_target_id);
  v_cloud boolean := private.is_worker();
  v_account public.platform_accounts;
  v_lease public.account_leases;
  v_fence bigint;
  v_reason text;
  v_retry_at timestamptz;
begin
  select * into v_account from public.platform_accounts a where a.id = v_target.account_id;
  if v_target.state in ('claimed', 'filling', 'submitting') then
    update public.account_leases l set expires_at = clock_timestamp() + private.lease_seconds(p_ttl_seconds)
    where l.account_id = v_target.account_id and l.holder = p_holder and l.fence = v_target.fence
    returning * into v_lease;
    if found then
      return jsonb_build_object('claimed', true, 'resumed', true, 'fence', v_lease.fence,
        'expires_at', v_lease.expires_at, 'target', to_jsonb(v_target));
    end if;
  end if;

  v_reason := case
    when v_target.state not in ('queued', 'unknown', 'needs_human') then 'state:' || v_target.state
    when v_target.state = 'queued' and v_target.run_at > clock_timestamp() + interval '1 second' then 'not_due'
    -- Handing over to a person is for a person's browser to take up.
    when v_cloud and v_target.state = 'needs_human'
      and not exists (select from public.submit_fences f where f.op_key = v_target.op_key
                      and f.state in ('submitting', 'unknown')) then 'state:needs_human'
    when v_cloud and (not v_account.cloud_allowed or v_account.session_payload_encrypted is null) then 'not_yours'
    when not v_cloud and v_target.driver = 'cloud' and v_target.state = 'queued' then 'not_yours'
  end;
  if v_reason is not null then
    return jsonb_build_object('claimed', false, 'reason', v_reason, 'target', to_jsonb(v_target));
  end if;

  v_fence := private.take_lease(v_target.account_id, p_holder, case when v_cloud then 'cloud' else 'tab' end,
    p_ttl_seconds, v_target.id);
  if v_fence is null then
    select l.expires_at into v_retry_at from public.account_leases l where l.account_id = v_target.account_id;
    if v_cloud then
      perform private.wait_for_account(v_target, v_retry_at);
    end if;
    return jsonb_build_object('claimed', false, 'reason', 'account_busy', 'target', to_jsonb(v_target),
      'retry_at', v_retry_at);
  end if;

  update public.job_targets t set
    fence = v_fence,
    -- What may have been posted keeps its state while somebody looks.
    state = case
      when t.state = 'unknown' then 'unknown'
      when exists (select from public.submit_fences f where f.op_key = t.op_key and f.state in ('submitting', 'unknown'))
        then t.state
      else 'claimed' end,
    driver = case when v_cloud then 'cloud' else 'tab' end,
    attempt = t.attempt + (t.state = 'queued')::int,
    state_reason = case when t.state = 'queued' then null else t.state_reason end
  where t.id = v_target.id returning * into v_target;
  if not v_cloud then
    -- A person's browser took it: the cloud's fallback entry is void.
    perform private.dequeue_target(v_target.id);
  end if;
  return jsonb_build_object('claimed', true, 'resumed', false, 'fence', v_fence, 'target', to_jsonb(v_target),
    'expires_at', (select l.expires_at from public.account_leases l where l.account_id = v_target.account_id));
end
$$;

-- The longest waiting target of the account goes next; what may have been posted is looked up first.
create or replace function private.wake_waiting_targets() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_target public.job_targets;
begin
  select t.* into v_target from public.job_targets t
  where t.account_id = old.account_id
    and (t.state = 'queued' and t.driver = 'cloud' and t.run_at <= now() or t.state in ('unknown', 'needs_human'))
    and exists (select from graphile_worker.jobs q
      where q.key = case when t.state = 'queued' then t.id::text else 'settle:' || t.id end
        and q.run_at > now() and q.locked_at is null and q.attempts = 0)
  order by t.state = 'queued', t.run_at, t.created_at, t.id limit 1;
  if found then
    perform private.wait_for_account(v_target, now());
  end if;
  return null;
end
$$;

-- Giving a lease back does not wait for the disk: forgotten in a crash, it ends by itself a little later, and the next
-- target of the account waits that long. Claims and permits do wait.
create or replace function private.release_lease(p_account_id uuid, p_fence bigint) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_account public.platform_accounts := private.account_for_driving(p_account_id);
begin
  perform set_config('synchronous_commit', 'off', true);
  delete from public.account_leases l where l.account_id = v_account.id and l.fence = p_fence;
  return found;
end
$$;
