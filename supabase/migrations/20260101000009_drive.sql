-- Driving a target: lease, fence, transitions, the permit to submit. The tab (as the signed-in person) and the worker
-- (as its own role) use the same functions.
-- Invariants:
--   An account has one lease; its fence only grows; a call with another fence than the target's is refused (HK409).
--   begin_submit says yes at most once per open operation, and what it allowed is committed before it answers.
--   What may have been submitted leaves `submitting` only for done, unknown, failed or needs_human.

create function private.may_operate(p_workspace_id uuid) returns boolean
language sql stable security definer set search_path = ''
as $$ select private.is_worker() or private.is_member(p_workspace_id, '{operator,admin,owner}') $$;

-- The target, locked, for a caller who may act on it.
create function private.target_for_driving(p_target_id uuid) returns public.job_targets
language plpgsql security definer set search_path = ''
as $$
declare
  v_target public.job_targets;
begin
  select * into v_target from public.job_targets t where t.id = p_target_id for update;
  if not found or not (private.is_worker()
      or private.is_member(v_target.workspace_id, '{viewer,operator,admin,owner}')) then
    perform private.refuse('HK404', 'no such target', 'Check the id.');
  elsif not private.may_operate(v_target.workspace_id) then
    perform private.refuse('HK403', 'your role in this workspace may not run jobs', 'Ask an owner for the operator role.');
  end if;
  return v_target;
end
$$;

-- A write counts only while its fence is the target's and nobody newer holds the account.
create function private.check_fence(p_target public.job_targets, p_fence bigint) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if p_fence is null or p_target.fence is distinct from p_fence
     or exists (select from public.account_leases l where l.account_id = p_target.account_id and l.fence > p_fence) then
    perform private.refuse('HK409', 'stale fence', 'Somebody else drives this account now: stop, and claim again.');
  end if;
end
$$;

create function private.account_for_driving(p_account_id uuid) returns public.platform_accounts
language plpgsql security definer set search_path = ''
as $$
declare
  v_account public.platform_accounts;
begin
  select * into v_account from public.platform_accounts a where a.id = p_account_id;
  if not found or not private.may_operate(v_account.workspace_id) then
    perform private.refuse('HK404', 'no such account', 'Check the id.');
  end if;
  return v_account;
end
$$;

create function private.lease_seconds(p_ttl_seconds integer) returns interval
language sql immutable set search_path = ''
as $$ select make_interval(secs => least(300, greatest(5, coalesce(p_ttl_seconds, 90)))) $$;

-- The lease for one piece of work. Null fence: somebody else has it. The same holder gets it again only when nothing
-- else of his runs on it, so one browser cannot drive an account in two tabs either.
create function private.take_lease(p_account_id uuid, p_holder text, p_driver text, p_ttl_seconds integer,
  p_target_id uuid default null) returns bigint
language sql security definer set search_path = ''
as $$
  insert into public.account_leases as l (account_id, holder, driver, fence, expires_at)
  values (p_account_id, p_holder, p_driver, nextval('private.account_fence_seq'),
    clock_timestamp() + private.lease_seconds(p_ttl_seconds))
  on conflict (account_id) do update set
    holder = excluded.holder, driver = excluded.driver, fence = excluded.fence, expires_at = excluded.expires_at
  where l.expires_at <= clock_timestamp()
    or (l.holder = excluded.holder and not exists (
      select from public.job_targets t where t.account_id = l.account_id and t.fence = l.fence
        and t.state in ('claimed', 'filling', 'submitting') and t.id is distinct from p_target_id))
  returning l.fence
$$;

-- A lease without a target: verifying an account, reading its listings.
create function private.lease_account(p_account_id uuid, p_holder text, p_ttl_seconds integer) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_account public.platform_accounts := private.account_for_driving(p_account_id);
  v_fence bigint := private.take_lease(v_account.id, p_holder,
    case when private.is_worker() then 'cloud' else 'tab' end, p_ttl_seconds);
begin
  return jsonb_build_object('held', v_fence is not null, 'fence', v_fence,
    'reason', case when v_fence is null then 'account_busy' end,
    'expires_at', (select l.expires_at from public.account_leases l where l.account_id = p_account_id));
end
$$;

-- Claims a target for a holder (the worker's id, or `tab:<device id>`).
-- {claimed, fence, expires_at, target} or {claimed: false, reason: not_due | not_yours | account_busy | state:<state>}.
-- Claiming what the same holder already drives resumes it under the same fence: a woken service worker carries on.
create function private.claim_target(p_target_id uuid, p_holder text, p_ttl_seconds integer) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_target public.job_targets := private.target_for_driving(p_target_id);
  v_cloud boolean := private.is_worker();
  v_account public.platform_accounts;
  v_lease public.account_leases;
  v_fence bigint;
  v_reason text;
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
    return jsonb_build_object('claimed', false, 'reason', 'account_busy', 'target', to_jsonb(v_target), 'retry_at',
      (select l.expires_at from public.account_leases l where l.account_id = v_target.account_id));
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

create function private.renew_lease(p_account_id uuid, p_fence bigint, p_ttl_seconds integer) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_account public.platform_accounts := private.account_for_driving(p_account_id);
  v_expires timestamptz;
begin
  update public.account_leases l set expires_at = clock_timestamp() + private.lease_seconds(p_ttl_seconds)
  where l.account_id = v_account.id and l.fence = p_fence returning l.expires_at into v_expires;
  if not found then
    perform private.refuse('HK409', 'stale fence', 'Somebody else drives this account now: stop, and claim again.');
  end if;
  return jsonb_build_object('expires_at', v_expires);
end
$$;

create function private.release_lease(p_account_id uuid, p_fence bigint) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_account public.platform_accounts := private.account_for_driving(p_account_id);
begin
  delete from public.account_leases l where l.account_id = v_account.id and l.fence = p_fence;
  return found;
end
$$;

-- Writes down what is about to be submitted, before anything is. {open, confirmed}: an earlier submit of the same
-- operation that may have happened (read the account's listings first) or is proven.
create function private.record_intent(p_target_id uuid, p_fence bigint, p_payload_hash text, p_marker text)
returns jsonb language plpgsql security definer set search_path = ''
as $$
declare
  v_target public.job_targets := private.target_for_driving(p_target_id);
  v_open text;
begin
  perform private.check_fence(v_target, p_fence);
  select f.state into v_open from public.submit_fences f
  where f.op_key = v_target.op_key and f.state in ('submitting', 'unknown');
  update public.job_targets t set payload_hash = p_payload_hash, marker = p_marker where t.id = v_target.id;
  if v_open is null then
    insert into public.submit_fences as f (target_id, account_id, fence, op_key, payload_hash)
    values (v_target.id, v_target.account_id, p_fence, v_target.op_key, p_payload_hash)
    on conflict (op_key) where state in ('intent', 'submitting', 'unknown')
    do update set fence = excluded.fence, payload_hash = excluded.payload_hash, target_id = excluded.target_id
    where f.state = 'intent';
  end if;
  return jsonb_build_object('open', v_open, 'confirmed', exists (
    select from public.submit_fences f where f.op_key = v_target.op_key and f.state = 'confirmed'));
end
$$;

-- The last check before the click. {permitted: true} at most once; then the target is `submitting`, committed.
create function private.begin_submit(p_target_id uuid, p_fence bigint) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_target public.job_targets := private.target_for_driving(p_target_id);
  v_reason text;
  v_open text;
begin
  perform private.check_fence(v_target, p_fence);
  select f.state into v_open from public.submit_fences f
  where f.op_key = v_target.op_key and f.state in ('submitting', 'unknown', 'confirmed') limit 1;
  v_reason := case
    when v_target.state <> 'filling' then 'state:' || v_target.state
    when v_open is not null then 'fence:' || v_open
    -- What is left of the lease must outlast the slowest submit.
    when not exists (select from public.account_leases l where l.account_id = v_target.account_id
        and l.fence = p_fence and l.expires_at > clock_timestamp() + interval '20 seconds') then 'lease_too_short'
  end;
  if v_reason is not null then
    return jsonb_build_object('permitted', false, 'reason', v_reason);
  end if;

  insert into public.submit_fences as f (target_id, account_id, fence, op_key, payload_hash, state)
  values (v_target.id, v_target.account_id, p_fence, v_target.op_key, v_target.payload_hash, 'submitting')
  on conflict (op_key) where state in ('intent', 'submitting', 'unknown')
  do update set state = 'submitting', fence = excluded.fence, target_id = excluded.target_id
  where f.state = 'intent';
  if not found then
    return jsonb_build_object('permitted', false, 'reason', 'fence:open');
  end if;
  update public.job_targets t set state = 'submitting', progress = jsonb_build_object('percent', 90,
    'message', 'Submitting') where t.id = v_target.id;
  perform private.append_event(v_target, 'info', 'Submitting', jsonb_build_object('fence', p_fence));
  return '{"permitted": true}';
end
$$;

-- Moves a target. The patch may hold state_reason, report, progress, marker, payload_hash, listing_id,
-- retry_in_seconds (with `queued`) and submit_outcome: confirmed | absent, when that was established.
create function private.target_transition(p_target_id uuid, p_fence bigint, p_from text[], p_to text, p_patch jsonb)
returns jsonb language plpgsql security definer set search_path = ''
as $$
declare
  v_target public.job_targets := private.target_for_driving(p_target_id);
  v_patch jsonb := coalesce(p_patch, '{}');
  v_before text := v_target.state;
  v_account public.platform_accounts;
  v_outcome text := v_patch ->> 'submit_outcome';
  v_retry_at timestamptz := now() + make_interval(secs => coalesce((v_patch ->> 'retry_in_seconds')::numeric, 0)::int);
begin
  perform private.check_fence(v_target, p_fence);
  if not v_before = any (p_from) then
    perform private.refuse('HK409', format('the target is %s', v_before), 'Read the target again.');
  elsif p_to = 'submitting' and v_before <> 'submitting' then
    perform private.refuse('HK409', 'only begin_submit may start a submit', 'Call begin_submit.');
  elsif exists (select from jsonb_object_keys(v_patch) k where k not in ('state_reason', 'report', 'progress', 'marker',
      'payload_hash', 'listing_id', 'retry_in_seconds', 'submit_outcome')) then
    perform private.refuse('HK400', 'the patch holds a field a target does not have');
  elsif v_outcome is not null and v_outcome not in ('confirmed', 'absent') then
    perform private.refuse('HK400', 'submit_outcome is confirmed or absent');
  elsif p_to = 'queued' and v_outcome is distinct from 'absent' and (v_before = 'unknown' or exists (
      select from public.submit_fences f where f.op_key = v_target.op_key and f.state in ('submitting', 'unknown'))) then
    perform private.refuse('HK409', 'an unknown target is tried again only when its listing is known to be absent',
      'Read the account''s listings over the settle window, then say submit_outcome absent.');
  end if;

  update public.submit_fences f set
    state = case
      when p_to = 'done' or v_outcome = 'confirmed' then 'confirmed'
      when v_outcome = 'absent' then 'absent'
      else 'unknown' end,
    resolved_at = case when p_to = 'done' or v_outcome is not null then now() end
  where f.op_key = v_target.op_key and f.state in ('submitting', 'unknown')
    and (p_to <> v_before or v_outcome is not null) and p_to <> 'submitting';
  if p_to in ('queued', 'failed', 'cancelled') then
    delete from public.submit_fences f where f.op_key = v_target.op_key and f.state = 'intent';
  end if;

  update public.job_targets t set
    state = p_to,
    state_reason = case when v_patch ? 'state_reason' then v_patch ->> 'state_reason' else t.state_reason end,
    report = case when v_patch ? 'report' then v_patch -> 'report' else t.report end,
    progress = case
      when v_patch ? 'progress' then v_patch -> 'progress'
      when p_to = 'done' then '{"percent":100,"message":"Done"}'
      else t.progress end,
    marker = coalesce(v_patch ->> 'marker', t.marker),
    payload_hash = coalesce(v_patch ->> 'payload_hash', t.payload_hash),
    listing_id = coalesce((v_patch ->> 'listing_id')::uuid, t.listing_id),
    fence = case when p_to = 'queued' then null else t.fence end,
    run_at = case when p_to = 'queued' then v_retry_at else t.run_at end
  where t.id = v_target.id returning * into v_target;

  if v_before <> p_to then
    select * into v_account from public.platform_accounts a where a.id = v_target.account_id;
    if p_to = 'queued' and v_target.driver = 'cloud' then
      perform private.enqueue_target(v_target, v_retry_at, 0);
    elsif p_to = 'unknown' and v_account.cloud_allowed and v_account.session_payload_encrypted is not null then
      perform private.enqueue('settle_unknown', json_build_object('targetId', v_target.id), v_target.account_id,
        'settle:' || v_target.id, now() + interval '2 seconds');
    end if;
    if p_to in ('done', 'failed', 'needs_human', 'unknown') then
      update public.platform_accounts a set last_action_at = now() where a.id = v_target.account_id;
      perform private.append_event(v_target,
        case p_to when 'done' then 'info' when 'failed' then 'error' else 'warn' end,
        case p_to
          when 'done' then 'Done'
          when 'failed' then 'Failed'
          when 'unknown' then 'Submitted, the answer is not known yet'
          else 'Waiting for a person' end || coalesce(': ' || v_target.state_reason, ''),
        jsonb_build_object('state', p_to));
    end if;
  end if;
  return to_jsonb(v_target);
end
$$;

-- What a marketplace shows for this target, written down under the fence.
create function private.record_listing(p_target_id uuid, p_fence bigint, p_listing jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_target public.job_targets := private.target_for_driving(p_target_id);
  v_listing public.listings;
begin
  perform private.check_fence(v_target, p_fence);
  if coalesce(p_listing ->> 'external_id', '') = '' then
    perform private.refuse('HK400', 'a listing needs an external_id', 'Send the id the marketplace gave it.');
  end if;
  insert into public.listings as l (workspace_id, item_id, account_id, platform, external_id, url, title, price_minor,
    currency, status, marker)
  values (v_target.workspace_id, (select j.inventory_item_id from public.listing_jobs j where j.id = v_target.job_id),
    v_target.account_id, v_target.platform, p_listing ->> 'external_id', p_listing ->> 'url', p_listing ->> 'title',
    (p_listing ->> 'price_minor')::bigint, p_listing ->> 'currency', coalesce(p_listing ->> 'status', 'active'),
    coalesce(p_listing ->> 'marker', v_target.marker))
  on conflict (account_id, external_id) do update set
    item_id = coalesce(excluded.item_id, l.item_id), url = coalesce(excluded.url, l.url),
    title = coalesce(excluded.title, l.title), price_minor = coalesce(excluded.price_minor, l.price_minor),
    currency = coalesce(excluded.currency, l.currency), status = excluded.status,
    marker = coalesce(excluded.marker, l.marker), last_seen_at = now()
  returning * into v_listing;
  update public.job_targets t set listing_id = v_listing.id where t.id = v_target.id;
  return to_jsonb(v_listing);
end
$$;

create function private.add_event(p_target_id uuid, p_fence bigint, p_level text, p_message text, p_data jsonb)
returns void language plpgsql security definer set search_path = ''
as $$
declare
  v_target public.job_targets;
begin
  select * into v_target from public.job_targets t where t.id = p_target_id;
  if not found or not private.may_operate(v_target.workspace_id) then
    perform private.refuse('HK404', 'no such target', 'Check the id.');
  end if;
  perform private.check_fence(v_target, p_fence);
  perform private.append_event(v_target, p_level, p_message, p_data);
end
$$;

-- A person answers for a submit nobody could decide: "it is there" or "it is not".
create function private.settle_by_person(p_target_id uuid, p_posted boolean, p_url text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_target public.job_targets := private.target_for_driving(p_target_id);
begin
  if v_target.state <> 'needs_human' then
    perform private.refuse('HK409', format('the target is %s', v_target.state), 'Only a waiting target can be settled.');
  end if;
  update public.submit_fences f set state = case when p_posted then 'confirmed' else 'absent' end, resolved_at = now()
  where f.op_key = v_target.op_key and f.state in ('intent', 'submitting', 'unknown');
  update public.job_targets t set
    state = case when p_posted then 'done' else 'failed' end,
    state_reason = case when p_posted then 'confirmed by a person' else 'not posted, says a person' end,
    report = case when p_url is null then t.report
      else coalesce(t.report, '{}') || jsonb_build_object('url', p_url) end
  where t.id = v_target.id returning * into v_target;
  perform private.append_event(v_target, 'info', v_target.state_reason, null);
  perform private.audit(v_target.workspace_id, 'target.settle', 'job_targets', v_target.id,
    jsonb_build_object('posted', p_posted));
  return to_jsonb(v_target);
end
$$;

-- The public names: they run with the caller's rights and forward.
create function public.lease_account(p_account_id uuid, p_holder text, p_ttl_seconds integer default 90) returns jsonb
language sql set search_path = '' as $$ select private.lease_account(p_account_id, p_holder, p_ttl_seconds) $$;
create function public.claim_target(p_target_id uuid, p_holder text, p_ttl_seconds integer default 90) returns jsonb
language sql set search_path = '' as $$ select private.claim_target(p_target_id, p_holder, p_ttl_seconds) $$;
create function public.renew_lease(p_account_id uuid, p_fence bigint, p_ttl_seconds integer default 90) returns jsonb
language sql set search_path = '' as $$ select private.renew_lease(p_account_id, p_fence, p_ttl_seconds) $$;
create function public.release_lease(p_account_id uuid, p_fence bigint) returns boolean
language sql set search_path = '' as $$ select private.release_lease(p_account_id, p_fence) $$;
create function public.record_intent(p_target_id uuid, p_fence bigint, p_payload_hash text, p_marker text default null)
returns jsonb language sql set search_path = ''
as $$ select private.record_intent(p_target_id, p_fence, p_payload_hash, p_marker) $$;
create function public.begin_submit(p_target_id uuid, p_fence bigint) returns jsonb
language sql set search_path = '' as $$ select private.begin_submit(p_target_id, p_fence) $$;
create function public.target_transition(p_target_id uuid, p_fence bigint, p_from text[], p_to text,
  p_patch jsonb default '{}') returns jsonb language sql set search_path = ''
as $$ select private.target_transition(p_target_id, p_fence, p_from, p_to, p_patch) $$;
create function public.record_listing(p_target_id uuid, p_fence bigint, p_listing jsonb) returns jsonb
language sql set search_path = '' as $$ select private.record_listing(p_target_id, p_fence, p_listing) $$;
create function public.append_event(p_target_id uuid, p_fence bigint, p_level text, p_message text,
  p_data jsonb default '{}') returns void language sql set search_path = ''
as $$ select private.add_event(p_target_id, p_fence, p_level, p_message, p_data) $$;
create function public.settle_by_person(p_target_id uuid, p_posted boolean, p_url text default null) returns jsonb
language sql set search_path = '' as $$ select private.settle_by_person(p_target_id, p_posted, p_url) $$;

grant execute on function
  private.lease_account(uuid, text, integer), public.lease_account(uuid, text, integer),
  private.claim_target(uuid, text, integer), public.claim_target(uuid, text, integer),
  private.renew_lease(uuid, bigint, integer), public.renew_lease(uuid, bigint, integer),
  private.release_lease(uuid, bigint), public.release_lease(uuid, bigint),
  private.record_intent(uuid, bigint, text, text), public.record_intent(uuid, bigint, text, text),
  private.begin_submit(uuid, bigint), public.begin_submit(uuid, bigint),
  private.target_transition(uuid, bigint, text[], text, jsonb), public.target_transition(uuid, bigint, text[], text, jsonb),
  private.record_listing(uuid, bigint, jsonb), public.record_listing(uuid, bigint, jsonb),
  private.add_event(uuid, bigint, text, text, jsonb), public.append_event(uuid, bigint, text, text, jsonb)
to authenticated, hawker_worker;
grant execute on function private.settle_by_person(uuid, boolean, text), public.settle_by_person(uuid, boolean, text)
to authenticated;
