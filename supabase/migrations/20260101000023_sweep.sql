-- Puts right what a killed worker, a closed browser or a lost queue entry left behind, and calls a person when an hour is
-- over. Safe to run at any time, by any number of workers at once: it never waits for a lock, what is locked is somebody's
-- and comes up again.

-- Plays an event to a posting whose login, row and job nobody else has just now. @returns whether it was played.
create function private.play_if_free(p_target_id uuid, p_event jsonb) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  t public.job_targets;
  v_played record;
begin
  select * into t from public.job_targets j where j.id = p_target_id;
  if t.id is null or not private.try_lock_login(t.login_scope) then
    return false;
  end if;
  select * into t from public.job_targets j where j.id = p_target_id and j.login_scope = t.login_scope
  for update skip locked;
  if not found then
    return false;
  end if;
  perform from private.job_tallies j where j.job_id = t.job_id for update skip locked;
  if not found then
    return false;
  end if;
  v_played := private.play_locked(t, p_event);
  return v_played.code is null;
end
$$;

-- A killed worker's entries and leases are free at once; Graphile Worker itself would keep its entries locked for four hours.
create function private.bury_workers(p_now timestamptz, p_dead_after interval) returns text[]
language plpgsql security definer set search_path = ''
as $$
declare
  v_dead text[];
begin
  with gone as (
    delete from private.worker_heartbeats h
    where h.worker_id in (select d.worker_id from private.worker_heartbeats d
      where d.beat_at < p_now - p_dead_after for update skip locked)
    returning h.worker_id)
  select coalesce(array_agg(worker_id), '{}') into v_dead from gone;
  if cardinality(v_dead) > 0 then
    perform graphile_worker.force_unlock_workers(v_dead);
    -- Expired, not deleted, and under a new number: a dead holder that wakes after all is told that it is stale.
    update public.account_leases l set expires_at = p_now, fence = nextval('private.account_fence_seq')
    where l.login_scope in (select d.login_scope from public.account_leases d
      where split_part(d.holder, '/', 1) = any (v_dead) for update skip locked);
  end if;
  return v_dead;
end
$$;

-- Runs whose lease is over, and hours that are. In the order of their jobs, as everybody locks the tallies.
create function private.sweep_postings(p_now timestamptz, out lapsed integer, out asked integer)
language plpgsql security definer set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  v_due record;
begin
  lapsed := 0;
  asked := 0;
  for v_due in
    (select t.id, t.job_id, 'lapse' as kind from public.job_targets t
      where t.fence is not null and t.state in ('claimed', 'filling', 'submitting', 'unknown')
        and not exists (select from public.account_leases l where l.login_scope = t.login_scope and l.fence = t.fence
          and l.expires_at > p_now)
      order by t.fence limit 500)
    union all
    (select t.id, t.job_id, 'hour' from public.job_targets t
      where t.state in ('queued', 'unknown') and t.decide_by <= p_now
        -- Hundreds of these must not hide the one whose hour it is.
        and not private.is_behind(t, private.served_at(t), p_now)
      order by t.decide_by limit 500)
    order by job_id, id
  loop
    if private.play_if_free(v_due.id, jsonb_build_object('kind', v_due.kind)) then
      lapsed := lapsed + (v_due.kind = 'lapse')::int;
      asked := asked + (v_due.kind = 'hour')::int;
    end if;
  end loop;
end
$$;

-- What is due for the cloud and has no live entry in the queue would wait for ever. An entry that runs is live, its last try
-- as well.
create function private.sweep_queue(p_now timestamptz) returns integer
language plpgsql security definer set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  c_late constant timestamptz := p_now - interval '30 seconds';
  v_lost record;
  v_target public.job_targets;
  v_count integer := 0;
begin
  for v_lost in
    with lost as materialized (
      select t.id, t.login_scope, t.account_id from public.job_targets t
      where t.state in ('queued', 'unknown') and t.run_at < c_late
        and private.due_for_cloud(t) < c_late
        and not exists (select from graphile_worker.jobs q
          where q.key = t.id::text and (q.attempts < q.max_attempts or q.locked_at is not null)))
    select l.id, l.login_scope from lost l where private.is_cloud_ready(l.account_id) order by l.login_scope limit 500
  loop
    if private.try_lock_login(v_lost.login_scope) then
      select * into v_target from public.job_targets j
      where j.id = v_lost.id and j.login_scope = v_lost.login_scope and j.state in ('queued', 'unknown');
      if found then
        perform private.enqueue_target(v_target, p_now);
        v_count := v_count + 1;
      end if;
    end if;
  end loop;
  return v_count;
end
$$;

create function public.sweep(p_dead_after_seconds integer default 20) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_now constant timestamptz := private.clock();
  v_dead text[];
  v_swept record;
  v_lost integer;
begin
  -- One sweep at a time; a second one has nothing to add.
  if not pg_try_advisory_xact_lock(hashtextextended('hawker sweep', 0)) then
    return '{"busy": true}';
  end if;
  v_dead := private.bury_workers(v_now, make_interval(secs => p_dead_after_seconds));
  v_swept := private.sweep_postings(v_now);
  v_lost := private.sweep_queue(v_now);
  delete from public.idempotency_keys k where k.created_at < now() - interval '7 days';
  delete from public.posting_events e where e.at < now() - interval '31 days';
  return jsonb_build_object('dead', to_jsonb(v_dead), 'lapsed', v_swept.lapsed, 'asked', v_swept.asked, 'lost', v_lost);
end
$$;
grant execute on function public.sweep(integer) to hawker_worker;

-- After the database was put back from a backup: what was open then may have been posted since, and fences of that time must
-- not come again. Run once, as the database's owner, before the worker is started (docs/architecture.md).
create function public.after_restore() returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_target public.job_targets;
  v_count integer := 0;
begin
  perform setval('private.account_fence_seq', nextval('private.account_fence_seq') + 1000000);
  delete from public.account_leases where true;
  for v_target in select * from public.job_targets t where t.action = 'list'
      and not private.is_final(t.state) order by t.login_scope, t.id loop
    v_count := v_count + (private.play(v_target.id, '{"kind": "restored"}') is null)::int;
  end loop;
  return v_count;
end
$$;
revoke all on function public.after_restore() from public, anon, authenticated, service_role;

-- The worker's watch over what closed without proof: whether a login still has something to watch for.
create function public.worker_watched(p_account_id uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(t.id order by t.closed_at), '[]') from public.job_targets t
  where t.account_id = p_account_id and t.closed_at is not null
    and private.is_watched(t)
$$;
create function public.worker_watch_again(p_account_id uuid, p_after_seconds integer) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if not private.is_cloud_ready(p_account_id) then
    return; -- disconnected meanwhile, or not for the cloud any more
  end if;
  perform private.enqueue('watch_account', json_build_object('accountId', p_account_id), 'watch:' || p_account_id,
    private.clock() + make_interval(secs => least(86400, greatest(60, p_after_seconds))), 10);
end
$$;
revoke all on function public.worker_watched(uuid), public.worker_watch_again(uuid, integer)
  from public, anon, authenticated, service_role;
grant execute on function public.worker_watched(uuid), public.worker_watch_again(uuid, integer) to hawker_worker;
