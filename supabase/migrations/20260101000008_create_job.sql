-- create_job: job, targets, first events and queue entries in one transaction, once per idempotency key.
-- Public functions run with the caller's rights and only forward; the work is in the private schema, which is not
-- exposed, and checks the caller's role itself.

-- Puts a task into the queue. PL/pgSQL, because the queue's schema is installed after the migrations. Few named queues instead of one per account; the account lease does the rest.
create function private.queue_name(p_account_id uuid) returns text
language sql immutable set search_path = ''
as $$ select 'acct-' || ((hashtextextended(p_account_id::text, 0) % 32 + 32) % 32) $$;

create function private.enqueue(p_task text, p_payload json, p_account_id uuid, p_job_key text,
  p_run_at timestamptz default now(), p_priority integer default 0) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform graphile_worker.add_job(p_task, p_payload, queue_name => private.queue_name(p_account_id),
    run_at => p_run_at, max_attempts => 3, job_key => p_job_key, priority => p_priority);
end
$$;

create function private.enqueue_target(p_target public.job_targets, p_run_at timestamptz, p_priority integer)
returns void language sql security definer set search_path = ''
as $$
  select private.enqueue(
    case when p_target.action = 'verify' then 'verify_account' else 'run_target' end,
    case when p_target.action = 'verify'
      then json_build_object('accountId', p_target.account_id, 'targetId', p_target.id)
      else json_build_object('targetId', p_target.id) end,
    p_target.account_id, p_target.id::text, p_run_at, p_priority)
$$;

-- graphile_worker.remove_job by key, kept in one place: the worker and the API never touch the queue's tables.
create function private.dequeue_target(p_target_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform graphile_worker.remove_job(p_target_id::text);
end
$$;

create function private.append_event(p_target public.job_targets, p_level text, p_message text, p_data jsonb)
returns void language sql security definer set search_path = ''
as $$
  insert into public.listing_job_events (job_id, target_id, workspace_id, platform, level, message, data)
  values (p_target.job_id, p_target.id, p_target.workspace_id, p_target.platform, p_level, left(p_message, 2000),
    coalesce(p_data, '{}'))
$$;

-- What a person can change about an item decides its revision; bookkeeping (when which field changed) does not.
create function private.item_revision(p_item jsonb) returns text
language sql immutable set search_path = ''
as $$
  select encode(sha256(convert_to(
    (p_item - '{fieldTimes,createdAt,updatedAt,deletedAt,labels,notes}'::text[])::text, 'UTF8')), 'hex')
$$;

-- Retries of a target share its key; the same revision of an item listed at the same account by another job has the
-- same key, unless the seller says `again`. Anything but listing happens once per job.
create function private.op_key(p_workspace_id uuid, p_item_id uuid, p_account_id uuid, p_action text, p_revision text,
  p_job_id uuid, p_again boolean) returns text
language sql immutable set search_path = ''
as $$
  select encode(sha256(convert_to(concat_ws('|', 'hawker/op/v1', p_workspace_id, coalesce(p_item_id::text, '-'),
    p_account_id, p_action,
    case when p_action = 'list' and p_item_id is not null and not p_again then p_revision else p_job_id::text end),
    'UTF8')), 'hex')
$$;

-- Another target already holds this key. It keeps it while it may still post or has posted; otherwise it gives way.
create function private.supersede_op_key(p_op_key text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_old public.job_targets;
begin
  select * into v_old from public.job_targets t where t.op_key = p_op_key for update;
  if not found then
    return;
  end if;
  if v_old.state = 'done' then
    perform private.refuse('HK409', 'this item is already listed at this account',
      'Change the item, or ask to list it again on purpose.');
  elsif v_old.state in ('failed', 'cancelled', 'needs_human')
    and not exists (select from public.submit_fences f where f.op_key = p_op_key
                    and f.state in ('submitting', 'unknown', 'confirmed')) then
    update public.job_targets t set
      op_key = t.op_key || ':' || t.id,
      state = case when t.state = 'needs_human' then 'cancelled' else t.state end,
      state_reason = case when t.state = 'needs_human' then 'superseded' else t.state_reason end
    where t.id = v_old.id;
    delete from public.submit_fences f where f.op_key = p_op_key and f.state = 'intent';
  else
    perform private.refuse('HK409', 'this item is already being listed at this account',
      'Wait for job ' || v_old.job_id || ' or settle what it asks of you.');
  end if;
end
$$;

create function private.job_answer(p_job_id uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'job', (select to_jsonb(j) from public.listing_jobs j where j.id = p_job_id),
    'targets', (select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
                from public.job_targets t where t.job_id = p_job_id))
$$;

-- The stored answer for this key, null when the key is new. Taking a new key locks it until the transaction ends, so
-- of two requests racing with one key the second waits and gets the first one's answer.
create function private.take_idempotency_key(p_key text, p_route text, p_body_hash text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_row public.idempotency_keys;
begin
  if coalesce(length(p_key), 0) not between 1 and 200 or coalesce(p_body_hash, '') = '' then
    perform private.refuse('HK400', 'an idempotency key of 1 to 200 characters is needed',
      'Send a fresh UUID as Idempotency-Key.');
  end if;
  insert into public.idempotency_keys (user_id, key, route, body_hash)
  values ((select auth.uid()), p_key, p_route, p_body_hash)
  on conflict do nothing;
  if found then
    return null;
  end if;
  select * into v_row from public.idempotency_keys k
  where k.user_id = (select auth.uid()) and k.key = p_key and k.route = p_route for update;
  if v_row.body_hash <> p_body_hash then
    perform private.refuse('HK422', 'this idempotency key was used with another request body',
      'Use a new key for a new request.');
  end if;
  return jsonb_build_object('status', v_row.status, 'response', v_row.response);
end
$$;

create function private.create_job(p_request jsonb, p_idempotency_key text, p_body_hash text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c_route constant text := 'POST /api/listings/create-job';
  v_user uuid := (select auth.uid());
  v_workspace uuid;
  v_item jsonb := nullif(p_request -> 'item', 'null');
  v_item_id uuid;
  v_action text := coalesce(p_request ->> 'action', 'list');
  v_driver text := coalesce(p_request ->> 'driver', 'cloud');
  v_mode text := coalesce(p_request ->> 'mode', 'review');
  v_again boolean := coalesce((p_request ->> 'again')::boolean, false);
  v_priority integer := coalesce((p_request ->> 'priority')::integer, 0);
  v_run_at timestamptz := coalesce((p_request ->> 'runAt')::timestamptz, now());
  v_fallback integer := (p_request ->> 'fallbackAfterSeconds')::integer;
  v_stored jsonb;
  v_wanted uuid[];
  v_job public.listing_jobs;
  v_target public.job_targets;
  v_account record;
  v_key text;
  v_answer jsonb;
begin
  if v_user is null then
    perform private.refuse('HK403', 'sign in first');
  end if;
  v_stored := private.take_idempotency_key(p_idempotency_key, c_route, p_body_hash);
  if v_stored is not null then
    return (v_stored -> 'response') || '{"replayed": true}';
  end if;

  v_workspace := coalesce((p_request ->> 'workspaceId')::uuid, private.personal_workspace());
  if not private.is_member(v_workspace, '{viewer,operator,admin,owner}') then
    perform private.refuse('HK404', 'no such workspace', 'Check workspaceId.');
  elsif not private.is_member(v_workspace, '{operator,admin,owner}') then
    perform private.refuse('HK403', 'your role in this workspace may not run jobs', 'Ask an owner for the operator role.');
  end if;
  if v_driver not in ('tab', 'cloud') or v_mode not in ('review', 'publish') or v_action !~ '^[a-z_]{2,40}$' then
    perform private.refuse('HK400', 'unknown driver, mode or action');
  end if;

  v_wanted := array(select distinct (t ->> 'accountId')::uuid from jsonb_array_elements(
    case when jsonb_typeof(p_request -> 'targets') = 'array' then p_request -> 'targets' else '[]' end) as t);
  if cardinality(v_wanted) = 0 or cardinality(v_wanted) > 10000 then
    perform private.refuse('HK400', 'a job needs at least one target', 'Send targets: [{accountId, platform}].');
  end if;
  if (select count(*) from public.platform_accounts a where a.id = any (v_wanted) and a.workspace_id = v_workspace)
     <> cardinality(v_wanted) then
    perform private.refuse('HK404', 'a target names an account that is not in this workspace', 'Check targets.');
  end if;
  if v_driver = 'cloud' and exists (select from public.platform_accounts a where a.id = any (v_wanted)
      and (not a.cloud_allowed or a.session_payload_encrypted is null or a.replay = 'no')) then
    perform private.refuse('HK409', 'an account of this job may not be used from the cloud',
      'Connect it with cloud use allowed, or run the job from your browser.');
  end if;

  if v_item is not null or p_request ? 'inventoryItemId' then
    v_item_id := coalesce(v_item ->> 'id', p_request ->> 'inventoryItemId')::uuid;
    if exists (select from public.items i where i.id = v_item_id and i.workspace_id <> v_workspace) then
      perform private.refuse('HK404', 'no such item in this workspace', 'Check item.id.');
    end if;
    if v_item is null then
      select i.data || jsonb_build_object('id', i.id) into v_item from public.items i where i.id = v_item_id;
      if not found then
        perform private.refuse('HK404', 'no such item in this workspace', 'Check inventoryItemId.');
      end if;
    end if;
    -- The item may still be in the extension's outbox: it is made here and the sync overwrites it.
    insert into public.items (id, workspace_id, data, title, sku, field_times)
    values (v_item_id, v_workspace, v_item - '{id,photos,fieldTimes,createdAt,updatedAt,deletedAt}'::text[],
      left(coalesce(v_item ->> 'title', ''), 1000), left(nullif(v_item ->> 'sku', ''), 200),
      coalesce(v_item -> 'fieldTimes', '{}'))
    on conflict (id) do nothing;
  elsif v_action = 'list' then
    perform private.refuse('HK400', 'listing needs an item', 'Send item.');
  end if;

  insert into public.listing_jobs (user_id, workspace_id, inventory_item_id, action, payload, run_at, driver, mode,
    idempotency_key, platforms)
  values (v_user, v_workspace, v_item_id, v_action,
    jsonb_strip_nulls(jsonb_build_object('item', v_item, 'again', v_again, 'priority', v_priority,
      'fallbackAfterSeconds', v_fallback)),
    v_run_at, v_driver, v_mode, p_idempotency_key,
    (select jsonb_agg(distinct a.platform) from public.platform_accounts a where a.id = any (v_wanted)))
  returning * into v_job;

  -- Ordered, so that two jobs over the same accounts cannot wait for each other.
  for v_account in select a.id, a.platform, a.cloud_allowed, a.session_payload_encrypted is not null as sealed
                   from public.platform_accounts a where a.id = any (v_wanted) order by a.id loop
    v_key := private.op_key(v_workspace, v_item_id, v_account.id, v_action, private.item_revision(v_item), v_job.id,
      v_again);
    perform private.supersede_op_key(v_key);
    insert into public.job_targets (job_id, workspace_id, account_id, platform, action, driver, op_key, run_at)
    values (v_job.id, v_workspace, v_account.id, v_account.platform, v_action, v_driver, v_key, v_run_at)
    returning * into v_target;
    perform private.append_event(v_target, 'info',
      case when v_run_at > now() then 'Scheduled' else 'Queued' end, jsonb_build_object('driver', v_driver));
    if v_driver = 'cloud' then
      perform private.enqueue_target(v_target, v_run_at, v_priority);
    elsif v_fallback is not null and v_account.cloud_allowed and v_account.sealed then
      perform private.enqueue_target(v_target, v_run_at + make_interval(secs => v_fallback), v_priority);
    end if;
  end loop;

  v_answer := private.job_answer(v_job.id);
  update public.idempotency_keys k set status = 201, response = v_answer
  where k.user_id = v_user and k.key = p_idempotency_key and k.route = c_route;
  return v_answer || '{"replayed": false}';
exception
  when invalid_text_representation or invalid_datetime_format or datetime_field_overflow then
    perform private.refuse('HK400', 'the request holds a value of the wrong form', sqlerrm);
  when unique_violation then
    -- Two jobs for the same item and account in the same instant: the other one won.
    perform private.refuse('HK409', 'this item is already being listed at this account', 'Read the list of jobs.');
end
$$;

create function public.create_job(p_request jsonb, p_idempotency_key text, p_body_hash text) returns jsonb
language sql security invoker set search_path = ''
as $$ select private.create_job(p_request, p_idempotency_key, p_body_hash) $$;

-- A job the caller may act on; refuses as if it did not exist when it is somebody else's.
create function private.job_for_editing(p_job_id uuid) returns public.listing_jobs
language plpgsql security definer set search_path = ''
as $$
declare
  v_job public.listing_jobs;
begin
  select * into v_job from public.listing_jobs j where j.id = p_job_id for update;
  if not found or not private.is_member(v_job.workspace_id, '{viewer,operator,admin,owner}') then
    perform private.refuse('HK404', 'no such job', 'Check the id.');
  elsif not private.is_member(v_job.workspace_id, '{operator,admin,owner}') then
    perform private.refuse('HK403', 'your role in this workspace may not run jobs', 'Ask an owner for the operator role.');
  end if;
  return v_job;
end
$$;

-- Cancels what has not been submitted. A target that may have posted stays until that is known.
create function private.cancel_job(p_job_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_job public.listing_jobs := private.job_for_editing(p_job_id);
  v_target public.job_targets;
begin
  for v_target in
    update public.job_targets t set state = 'cancelled', state_reason = 'cancelled by a person', fence = null
    where t.job_id = v_job.id
      and (t.state in ('queued', 'claimed', 'filling')
        or (t.state = 'needs_human' and not exists (
          select from public.submit_fences f where f.op_key = t.op_key and f.state in ('submitting', 'unknown'))))
    returning t.*
  loop
    perform private.dequeue_target(v_target.id);
    delete from public.submit_fences f where f.target_id = v_target.id and f.state = 'intent';
    perform private.append_event(v_target, 'warn', 'Cancelled', null);
  end loop;
  perform private.audit(v_job.workspace_id, 'job.cancel', 'listing_jobs', v_job.id, null);
  return private.job_answer(p_job_id);
end
$$;
create function public.cancel_job(p_job_id uuid) returns jsonb
language sql security invoker set search_path = ''
as $$ select private.cancel_job(p_job_id) $$;

-- Tries failed and waiting targets again. One that may have posted is looked up first (settle_unknown), never repeated.
create function private.retry_job(p_job_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_job public.listing_jobs := private.job_for_editing(p_job_id);
  v_target public.job_targets;
  v_some boolean := false;
begin
  for v_target in
    select * from public.job_targets t where t.job_id = v_job.id and t.state in ('failed', 'needs_human')
    order by t.id for update
  loop
    v_some := true;
    if exists (select from public.submit_fences f where f.op_key = v_target.op_key
               and f.state in ('submitting', 'unknown')) then
      perform private.enqueue('settle_unknown', json_build_object('targetId', v_target.id), v_target.account_id,
        'settle:' || v_target.id);
      perform private.append_event(v_target, 'info', 'Looking whether it was posted before trying again', null);
      continue;
    end if;
    update public.job_targets t set state = 'queued', state_reason = null, fence = null, run_at = now(),
      progress = '{"percent":0,"message":"Queued"}'
    where t.id = v_target.id returning * into v_target;
    perform private.append_event(v_target, 'info', 'Queued again', null);
    if v_target.driver = 'cloud' then
      perform private.enqueue_target(v_target, now(), 0);
    end if;
  end loop;
  if not v_some then
    perform private.refuse('HK409', 'nothing in this job can be tried again', 'Only failed or waiting targets can.');
  end if;
  perform private.audit(v_job.workspace_id, 'job.retry', 'listing_jobs', v_job.id, null);
  return private.job_answer(p_job_id);
end
$$;
create function public.retry_job(p_job_id uuid) returns jsonb
language sql security invoker set search_path = ''
as $$ select private.retry_job(p_job_id) $$;

-- Writes other than create_job: begin before the work, finish with the answer to repeat.
create function private.idempotency_begin(p_key text, p_route text, p_body_hash text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_stored jsonb := private.take_idempotency_key(p_key, p_route, p_body_hash);
begin
  if v_stored is null then
    return '{"state": "new"}';
  elsif v_stored ->> 'status' is null then
    -- Begun and never finished: the same request may go on once the first one must be over.
    update public.idempotency_keys k set created_at = now()
    where k.user_id = (select auth.uid()) and k.key = p_key and k.route = p_route
      and k.created_at < now() - interval '30 seconds';
    return jsonb_build_object('state', case when found then 'new' else 'busy' end);
  end if;
  return v_stored || '{"state": "replay"}';
end
$$;
create function public.idempotency_begin(p_key text, p_route text, p_body_hash text) returns jsonb
language sql security invoker set search_path = ''
as $$ select private.idempotency_begin(p_key, p_route, p_body_hash) $$;

create function private.idempotency_finish(p_key text, p_route text, p_status integer, p_response jsonb) returns void
language sql security definer set search_path = ''
as $$
  update public.idempotency_keys k set status = p_status, response = p_response
  where k.user_id = (select auth.uid()) and k.key = p_key and k.route = p_route and k.status is null
$$;
create function public.idempotency_finish(p_key text, p_route text, p_status integer, p_response jsonb) returns void
language sql security invoker set search_path = ''
as $$ select private.idempotency_finish(p_key, p_route, p_status, p_response) $$;

-- Fixed windows, one atomic statement: holds over any number of API instances.
create function private.take_rate_limit(p_bucket text, p_limit integer, p_window_seconds integer) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_start timestamptz := to_timestamp(floor(extract(epoch from now()) / p_window_seconds) * p_window_seconds);
  v_count integer;
begin
  if (select auth.uid()) is null then
    perform private.refuse('HK403', 'sign in first');
  end if;
  insert into public.rate_limits as r (user_id, bucket, window_start, count)
  values ((select auth.uid()), p_bucket, v_start, 1)
  on conflict (user_id, bucket, window_start) do update set count = least(r.count + 1, p_limit + 1)
  returning r.count into v_count;
  return jsonb_build_object('allowed', v_count <= p_limit, 'remaining', greatest(0, p_limit - v_count),
    'reset_at', v_start + make_interval(secs => p_window_seconds));
end
$$;
create function public.take_rate_limit(p_bucket text, p_limit integer, p_window_seconds integer) returns jsonb
language sql security invoker set search_path = ''
as $$ select private.take_rate_limit(p_bucket, p_limit, p_window_seconds) $$;

grant execute on function
  private.create_job(jsonb, text, text), public.create_job(jsonb, text, text),
  private.cancel_job(uuid), public.cancel_job(uuid), private.retry_job(uuid), public.retry_job(uuid),
  private.idempotency_begin(text, text, text), public.idempotency_begin(text, text, text),
  private.idempotency_finish(text, text, integer, jsonb), public.idempotency_finish(text, text, integer, jsonb),
  private.take_rate_limit(text, integer, integer), public.take_rate_limit(text, integer, integer)
to authenticated;
