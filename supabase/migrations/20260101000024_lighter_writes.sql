-- What every write pays, made cheaper. Nothing here changes what is written.

-- A notice names the row by its column. Reading it out of the whole row as JSON took in the job's payload and cost a
-- tenth of a claim.
create or replace function private.notify_change() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_old boolean := tg_op = 'DELETE';
begin
  perform pg_notify('hawker_changes', json_build_object('schema', tg_table_schema, 'table', tg_table_name, 'type', tg_op,
    'id', case when v_old then old.id else new.id end,
    'workspace_id', case when v_old then old.workspace_id else new.workspace_id end)::text);
  return null;
end
$$;

-- add_jobs looks up entries by their key through a join that the planner, who knows nothing of a queue that grew since it
-- was last analysed, answers by reading the whole queue; and plans anew at each call. By index, planned once.
create or replace function private.enqueue(p_task text, p_payload json, p_account_id uuid, p_job_key text,
  p_run_at timestamptz default now(), p_priority integer default 0) returns void
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
begin
  perform graphile_worker.add_job(p_task, p_payload, run_at => p_run_at, max_attempts => 3, job_key => p_job_key,
    priority => p_priority);
end
$$;

-- Functions in SQL that are not inlined are planned at every call; in PL/pgSQL once a session.
create or replace function private.enqueue_target(p_target public.job_targets, p_run_at timestamptz, p_priority integer)
returns void language plpgsql security definer set search_path = ''
as $$
begin
  perform private.enqueue(
    case when p_target.action = 'verify' then 'verify_account' else 'run_target' end,
    case when p_target.action = 'verify'
      then json_build_object('accountId', p_target.account_id, 'targetId', p_target.id)
      else json_build_object('targetId', p_target.id) end,
    p_target.account_id, p_target.id::text, p_run_at, p_priority);
end
$$;

create or replace function private.append_event(p_target public.job_targets, p_level text, p_message text, p_data jsonb)
returns void language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.listing_job_events (job_id, target_id, workspace_id, platform, level, message, data)
  values (p_target.job_id, p_target.id, p_target.workspace_id, p_target.platform, p_level, left(p_message, 2000),
    coalesce(p_data, '{}'));
end
$$;

-- As before, but a new target is counted by one statement, and a target that moves finds its tally there.
create or replace function private.roll_up_target() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  c_active constant text[] := '{claimed,filling,submitting,unknown}';
  t private.job_tallies;
  v_new text := new.state;
  v_old text := case when tg_op = 'UPDATE' then old.state else '' end;
  v_percent integer := private.target_percent(new.state, new.progress);
  v_before integer := case when tg_op = 'UPDATE' then private.target_percent(old.state, old.progress) else 0 end;
  v_status text;
  v_progress jsonb;
begin
  if tg_op = 'UPDATE' and v_new = v_old and v_percent = v_before and new.progress = old.progress then
    return null;
  end if;
  if tg_op = 'INSERT' then
    insert into private.job_tallies as j (job_id, total, queued, active, needs_human, done, failed, cancelled, percent_sum)
    values (new.job_id, 1, (v_new = 'queued')::int, (v_new = any (c_active))::int, (v_new = 'needs_human')::int,
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
      active = j.active + (v_new = any (c_active))::int - (v_old = any (c_active))::int,
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
  update public.listing_jobs j set
    status = v_status,
    progress = v_progress,
    error = case when v_status in ('failed', 'partial', 'needs_human')
      then coalesce(case when new.state in ('failed', 'needs_human') then new.state_reason end, j.error) end,
    settled_at = case when v_status in ('queued', 'running') then null else coalesce(j.settled_at, now()) end,
    result = case when v_status in ('queued', 'running') then j.result
      else jsonb_build_object('done', t.done, 'failed', t.failed, 'needsHuman', t.needs_human,
        'cancelled', t.cancelled) end
  where j.id = new.job_id
    and (j.status, j.progress) is distinct from (v_status, v_progress);
  return null;
end
$$;
