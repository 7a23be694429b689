-- Who drives: the lease of a login, and what is known of it besides one posting. The tab (as the signed-in person) and the
-- worker (as its own role) use the same functions.

-- The live lease of a login; null when nobody holds it.
create function private.live_lease(p_login_scope text) returns public.account_leases
language plpgsql volatile set search_path = ''
as $$
declare
  v_lease public.account_leases;
begin
  select * into v_lease from public.account_leases l where l.login_scope = p_login_scope and l.expires_at > private.clock();
  return v_lease;
end
$$;

-- With the login locked and nobody's lease on it: a live lease is never broken.
create function private.take_lease(p_login_scope text, p_account_id uuid, p_fence bigint, p_holder text, p_driver text)
returns public.account_leases
language plpgsql volatile set search_path = ''
as $$
declare
  v_lease public.account_leases;
  v_now constant timestamptz := private.clock();
begin
  insert into public.account_leases as l (login_scope, account_id, holder, driver, fence, expires_at, run_until)
  values (p_login_scope, p_account_id, p_holder, p_driver, p_fence, v_now + private.posting_limit('lease'),
    v_now + private.posting_limit('run'))
  on conflict (login_scope) do update set
    account_id = excluded.account_id, holder = excluded.holder, driver = excluded.driver, fence = excluded.fence,
    expires_at = excluded.expires_at, run_until = excluded.run_until
  where l.expires_at <= v_now
  returning * into v_lease;
  return v_lease;
end
$$;

create function private.account_for_driving(p_account_id uuid) returns public.platform_accounts
language plpgsql stable security definer set search_path = ''
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

create function private.check_holder(p_holder text) returns void
language plpgsql immutable set search_path = ''
as $$
begin
  if coalesce(length(p_holder), 0) not between 1 and 200 then
    perform private.refuse('HK400', 'a holder has 1 to 200 characters', 'Name this run of this host.');
  end if;
end
$$;

-- A lease without a target: watching an account's lists.
create function private.lease_account(p_account_id uuid, p_holder text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_account public.platform_accounts := private.account_for_driving(p_account_id);
  v_lease public.account_leases;
begin
  perform private.check_holder(p_holder);
  v_account.login_scope := private.lock_account(p_account_id);
  v_lease := private.live_lease(v_account.login_scope);
  if v_lease.fence is not null then
    return jsonb_build_object('held', false, 'reason', 'account_busy', 'expires_at', v_lease.expires_at);
  end if;
  v_lease := private.take_lease(v_account.login_scope, v_account.id, nextval('private.account_fence_seq'), p_holder,
    case when private.is_worker() then 'cloud' else 'tab' end);
  return jsonb_build_object('held', true, 'fence', v_lease.fence, 'expires_at', v_lease.expires_at);
end
$$;

-- Claims a posting for a holder: one run of one worker, or one start of one browser.
-- {claimed, fence, at, expires_at, target, resumed} or {claimed: false, at, reason, retry_at?, target}. Claiming what the same
-- holder drives under a live lease resumes it under the same fence: a woken service worker carries on.
create function private.claim_target(p_target_id uuid, p_holder text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_cloud constant boolean := private.is_worker();
  v_driver constant text := case when v_cloud then 'cloud' else 'tab' end;
  t public.job_targets;
  v_lease public.account_leases;
begin
  perform private.check_holder(p_holder);
  select * into t from public.job_targets j where j.id = p_target_id;
  perform private.check_operator(t.workspace_id, 'target');
  perform private.lock_account(t.account_id);
  select * into t from public.job_targets j where j.id = p_target_id for update;
  v_lease := private.live_lease(t.login_scope);
  if v_lease.fence = t.fence and v_lease.holder = p_holder then
    update public.account_leases l
    set expires_at = least(private.clock() + private.posting_limit('lease'), l.run_until)
    where l.login_scope = t.login_scope returning * into v_lease;
    return jsonb_build_object('claimed', true, 'resumed', true, 'fence', t.fence, 'at', private.clock(),
      'expires_at', v_lease.expires_at, 'target', to_jsonb(t));
  end if;
  if t.fence is not null and v_lease.fence is distinct from t.fence then
    t := (private.play_locked(t, '{"kind": "lapse"}')).t;
  end if;
  if v_cloud and not private.is_cloud_ready(t.account_id) then
    if t.state = 'queued' and t.driver = 'cloud' then
      t := (private.play_locked(t, '{"kind": "taken-away"}')).t;
    end if;
    return jsonb_build_object('claimed', false, 'at', private.clock(), 'reason', 'not_yours', 'target', to_jsonb(t));
  elsif v_lease.fence is not null then
    perform private.wait_for_account(t, v_cloud, v_lease.expires_at);
    return jsonb_build_object('claimed', false, 'at', private.clock(), 'reason', 'account_busy',
      'retry_at', v_lease.expires_at, 'target', to_jsonb(t));
  end if;
  return private.claim_free(t, p_holder, v_driver);
end
$$;

-- Asked with the lease it would take; the lease is taken only when it is driven from now on.
create function private.claim_free(t public.job_targets, p_holder text, p_driver text) returns jsonb
language plpgsql volatile set search_path = ''
as $$
declare
  v_fence constant bigint := nextval('private.account_fence_seq');
  v_event constant jsonb := jsonb_build_object('kind', 'claim', 'driver', p_driver, 'fence', v_fence);
  v_played record;
  v_lease public.account_leases;
begin
  v_played := private.play_locked(t, v_event);
  t := v_played.t;
  if v_played.code is not null or t.fence is distinct from v_fence then
    return jsonb_build_object('claimed', false, 'at', private.clock(), 'target', to_jsonb(t),
      'retry_at', case when v_played.code = 'not-due' then t.run_at end, 'reason', case when v_played.code is null or v_played.code = 'state' then 'state:' || t.state
        else replace(v_played.code, '-', '_') end);
  end if;
  v_lease := private.take_lease(t.login_scope, t.account_id, v_fence, p_holder, p_driver);
  return jsonb_build_object('claimed', true, 'resumed', false, 'fence', v_fence, 'at', private.clock(),
    'expires_at', v_lease.expires_at, 'target', to_jsonb(t));
end
$$;

-- A cloud target whose account is busy comes again when the lease ends, or as soon as it is given back; never before its time.
create function private.wait_for_account(t public.job_targets, p_cloud boolean, p_until timestamptz) returns void
language plpgsql volatile set search_path = ''
as $$
begin
  if p_cloud and t.state in ('queued', 'unknown') then
    if not t.waits_for_account then
      update public.job_targets j set waits_for_account = true where j.id = t.id;
    end if;
    perform private.enqueue_target(t, greatest(t.run_at, p_until));
  end if;
end
$$;

-- The longest waiting posting of the login goes next. Only what waits for the account is woken: what waits for a window
-- has its time.
create function private.wake_waiting(p_login_scope text) returns void
language plpgsql volatile set search_path = ''
as $$
declare
  v_target public.job_targets;
  v_now constant timestamptz := private.clock();
begin
  select t.* into v_target from public.job_targets t
  where t.login_scope = p_login_scope and t.waits_for_account and t.state in ('queued', 'unknown') and t.run_at <= v_now
  order by t.state = 'queued', t.priority, t.run_at, t.created_at, t.id limit 1;
  if found then
    perform private.enqueue_target(v_target, v_now);
  end if;
end
$$;

-- An account that waited for its owner works again: what rests because of it goes on now. The caller holds the login's lock.
create function private.wake_account(p_account_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_resting constant public.job_targets[] := array(select o from (select t from public.job_targets t
    where t.account_id = p_account_id and t.state = 'queued' and t.driver = 'cloud' and t.ending is not null
    order by t.job_id, t.id for update) as resting (o));
  v_target public.job_targets;
begin
  delete from private.circuit_breakers b where b.account_id = p_account_id;
  foreach v_target in array v_resting loop
    perform private.play_locked(v_target, '{"kind": "works-again"}');
  end loop;
end
$$;

create function private.renew_lease(p_account_id uuid, p_fence bigint) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_account public.platform_accounts := private.account_for_driving(p_account_id);
  v_now constant timestamptz := private.clock();
  v_expires timestamptz;
begin
  update public.account_leases l set expires_at = least(v_now + private.posting_limit('lease'), l.run_until)
  where l.account_id = v_account.id and l.fence = p_fence and l.expires_at > v_now
  returning l.expires_at into v_expires;
  if not found then
    perform private.refuse('HK409', 'stale fence', 'The lease is over: stop, and claim again.');
  end if;
  return jsonb_build_object('expires_at', v_expires);
end
$$;

-- Giving a lease back does not wait for the disk: forgotten in a crash, it ends by itself a little later. It waits for the
-- login, so that a claim that was just refused is found among those that wait.
create function private.release_lease(p_account_id uuid, p_fence bigint) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_account public.platform_accounts := private.account_for_driving(p_account_id);
begin
  perform set_config('synchronous_commit', 'off', true);
  v_account.login_scope := private.lock_account(p_account_id);
  delete from public.account_leases l where l.account_id = p_account_id and l.fence = p_fence;
  if not found then
    return false;
  end if;
  perform private.wake_waiting(v_account.login_scope);
  return true;
end
$$;

-- What a run of a worker holds is given back with it, also what it never heard that it got. What it left in the middle goes on
-- at once: by whoever comes next, as after a lease that lapsed. All logins are locked before anything is written.
create function public.worker_release(p_holder text) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_held constant uuid[] := array(select l.account_id from public.account_leases l where l.holder = p_holder);
  v_scopes text[];
  v_scope text;
  v_fences bigint[] := '{}';
  t public.job_targets;
begin
  perform set_config('synchronous_commit', 'off', true);
  perform private.lock_accounts(v_held);
  with gone as (
    delete from public.account_leases l where l.holder = p_holder and l.account_id = any (v_held)
    returning l.login_scope, l.fence)
  select coalesce(array_agg(g.login_scope), '{}'), coalesce(array_agg(g.fence), '{}') into v_scopes, v_fences from gone g;
  for t in select j.* from public.job_targets j where j.fence = any (v_fences)
      and private.is_active(j.state) order by j.job_id, j.id for update loop
    perform private.play_locked(t, '{"kind": "lapse"}');
  end loop;
  foreach v_scope in array v_scopes loop
    perform private.wake_waiting(v_scope);
  end loop;
  return cardinality(v_fences);
end
$$;
create index account_leases_holder on public.account_leases (holder);
revoke all on function public.worker_release(text) from public, anon, authenticated, service_role;
grant execute on function public.worker_release(text) to hawker_worker;

-- What is known of a posting's login besides it: whose rows are whose, whose outcome is unproven, what is watched for.
-- Another workspace with the same login is told that something there is unclear, and nothing about it.
create function private.login_books(p_target_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  t public.job_targets;
begin
  select * into t from public.job_targets j where j.id = p_target_id;
  perform private.check_operator(t.workspace_id, 'target');
  return jsonb_build_object(
    -- Of two that answer for one row the later one counts: what a posting proved, or a record, after what was dismissed.
    'owned', (select coalesce(jsonb_agg(to_jsonb(o) - 'rank' order by o.rank), '[]') from (
      select d.row_id as "externalId", null as posting, null as item, 'person' as by, 0 as rank
      from public.job_targets o, jsonb_array_elements_text(o.dismissed) d (row_id)
      where o.login_scope = t.login_scope and o.workspace_id = t.workspace_id and o.id <> t.id and o.dismissed <> '[]'
      union all
      select l.external_id, o.id, l.item_id, coalesce(o.listing ->> 'by', 'record'), case when o.id is null then 1 else 2 end
      from public.listings l
      left join public.job_targets o on o.listing_id = l.id and o.state = 'done'
      where l.account_id = t.account_id and o.id is distinct from t.id
        and (o.id is not null or l.item_id is not null)) o),
    'rivals', (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'isUnclear', private.is_unclear(o),
        'twin', case when o.workspace_id = t.workspace_id then o.twin else t.twin end)), '[]') from public.job_targets o
      where o.login_scope = t.login_scope and o.id <> t.id and private.may_have_a_row(o)
        and (o.workspace_id = t.workspace_id or o.twin is null or t.twin is null or private.are_twins(o.twin, t.twin))),
    'watched', (select coalesce(jsonb_agg(to_jsonb(o)), '[]') from public.job_targets o
      where o.login_scope = t.login_scope and o.workspace_id = t.workspace_id and o.closed_at is not null
        and private.is_watched(o)));
end
$$;

-- The public names: they run with the caller's rights and forward.
create function public.lease_account(p_account_id uuid, p_holder text) returns jsonb
language sql set search_path = '' as $$ select private.lease_account(p_account_id, p_holder) $$;
create function public.claim_target(p_target_id uuid, p_holder text) returns jsonb
language sql set search_path = '' as $$ select private.claim_target(p_target_id, p_holder) $$;
create function public.renew_lease(p_account_id uuid, p_fence bigint) returns jsonb
language sql set search_path = '' as $$ select private.renew_lease(p_account_id, p_fence) $$;
create function public.release_lease(p_account_id uuid, p_fence bigint) returns boolean
language sql set search_path = '' as $$ select private.release_lease(p_account_id, p_fence) $$;
create function public.login_books(p_target_id uuid) returns jsonb
language sql set search_path = '' as $$ select private.login_books(p_target_id) $$;

grant execute on function
  private.lease_account(uuid, text), public.lease_account(uuid, text),
  private.claim_target(uuid, text), public.claim_target(uuid, text),
  private.renew_lease(uuid, bigint), public.renew_lease(uuid, bigint),
  private.release_lease(uuid, bigint), public.release_lease(uuid, bigint),
  private.login_books(uuid), public.login_books(uuid)
to authenticated, hawker_worker;
