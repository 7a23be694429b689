-- create_job: job, targets, first events and queue entries in one transaction, once per idempotency key.
-- Public functions run with the caller's rights and only forward; the work is in the private schema, which is not
-- exposed, and checks the caller's role itself.

-- Puts a task into the queue. PL/pgSQL, because the queue's schema is installed after the migrations. Entries carry no queue
-- name: that an account does one thing at a time is its lease's doing (docs/adr/0005-the-lease-is-the-only-queue.md). They
-- may be tried often: a worker that was killed with one is no fault of it, and whether something is given up is decided
-- over the posting (its attempts, its hour), not over the entry.
-- add_jobs looks up entries by their key through a join that the planner, who knows nothing of a queue that grew since it
-- was last analysed, answers by reading the whole queue; and plans anew at each call. By index, planned once.
create function private.enqueue(p_task text, p_payload json, p_job_key text, p_run_at timestamptz default now(),
  p_priority integer default 0) returns void
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
begin
  perform graphile_worker.add_job(p_task, p_payload, run_at => p_run_at, max_attempts => 25, job_key => p_job_key,
    priority => p_priority);
end
$$;

-- Functions in SQL that are not inlined are planned at every call; in PL/pgSQL once a session.
create function private.enqueue_target(p_target public.job_targets, p_run_at timestamptz) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.enqueue(
    case when p_target.action = 'verify' then 'verify_account' else 'run_target' end,
    json_build_object('targetId', p_target.id),
    p_target.id::text, p_run_at, p_target.priority);
end
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
returns void language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.listing_job_events (job_id, target_id, workspace_id, platform, level, message, data)
  values (p_target.job_id, p_target.id, p_target.workspace_id, p_target.platform, p_level, left(p_message, 2000),
    coalesce(p_data, '{}'));
end
$$;

-- Which listing of an item at an account this is: login, item, and 1, or one more for each further one. Refused while one of
-- them is open or may have been posted, and while one is live unless another is wanted on purpose; never refused for what a
-- person has published already. Call it with the login locked.
create function private.next_op_key(p_account public.platform_accounts, p_item_id uuid, p_another boolean, p_pressed boolean)
returns text
language plpgsql volatile set search_path = ''
as $$
declare
  c_listing constant text := p_account.login_key || '|' || p_item_id || '|';
  v_first constant public.job_targets := private.standing_posting(p_account.login_scope, p_item_id, p_another, null);
  v_ordinal integer := 1;
begin
  if v_first.id is not null and not p_pressed then
    perform private.refuse('HK409', case when v_first.state = 'done' then 'this item is already listed at this account'
        else 'this item is already being listed at this account' end,
      case when v_first.state = 'done' then 'Ask to list it again on purpose. It is job '
        else 'Wait for it, answer what it asks, or cancel it. It is job ' end || v_first.job_id || '.');
  end if;
  -- Of an item that was deleted and came back the postings are there, without their item.
  while exists (select from public.job_targets t where t.op_key = c_listing || v_ordinal) loop
    v_ordinal := v_ordinal + 1;
  end loop;
  return c_listing || v_ordinal;
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
  elsif coalesce(length(p_route), 0) not between 1 and 200 or length(p_body_hash) > 200 then
    perform private.refuse('HK400', 'a route and a body hash have 1 to 200 characters');
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
  v_now constant timestamptz := private.clock();
  v_run_at timestamptz := coalesce((p_request ->> 'runAt')::timestamptz, v_now);
  v_fallback integer := (p_request ->> 'fallbackAfterSeconds')::integer;
  -- It was pressed at the site before this service could hear of it, by hand or while the service did not know the login:
  -- nothing of that can be refused.
  v_pressed boolean := coalesce((p_request ->> 'pressed')::boolean, false);
  v_stored jsonb;
  v_wanted uuid[];
  v_job public.listing_jobs;
  v_target public.job_targets;
  v_account public.platform_accounts;
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
  elsif v_pressed and (v_driver <> 'tab' or v_action <> 'list' or p_request ->> 'runAt' is not null
      or v_fallback is not null) then
    perform private.refuse('HK400', 'only what a tab lists now can have been published by hand already',
      'Send driver "tab" without runAt and fallbackAfterSeconds, or leave pressed out.');
  elsif v_pressed then
    v_run_at := v_now + private.posting_limit('first_look');
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
      and not private.is_cloud_ready(a.id)) then
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
    -- Nulls inside the item stay: an override of null is a difference at one channel, not the absence of one.
    jsonb_build_object('again', v_again, 'priority', v_priority)
      || case when v_item is null then '{}' else jsonb_build_object('item', v_item) end
      || case when coalesce(p_request ->> 'city', '') = '' then '{}'
           else jsonb_build_object('city', p_request ->> 'city') end
      || case when v_fallback is null then '{}' else jsonb_build_object('fallbackAfterSeconds', v_fallback) end,
    v_run_at, v_driver, v_mode, p_idempotency_key,
    (select jsonb_agg(distinct a.platform) from public.platform_accounts a where a.id = any (v_wanted)))
  returning * into v_job;

  -- Logins are locked in order, so that two jobs over the same ones cannot wait for each other.
  for v_account in select * from public.platform_accounts a where a.id = any (v_wanted) order by a.login_scope, a.id loop
    v_account.login_scope := private.lock_account(v_account.id);
    insert into public.job_targets (job_id, workspace_id, account_id, login_scope, item_id, platform, action, driver, mode,
      op_key, state, ending, progress, run_at, priority, fallback_at, decide_by, is_beside, tab_claimed, unsettled_at,
      presses, guess, window_ms, consent)
    values (v_job.id, v_workspace, v_account.id, v_account.login_scope, v_item_id, v_account.platform, v_action, v_driver,
      v_mode, case when v_action = 'list' then private.next_op_key(v_account, v_item_id, v_again, v_pressed)
        else v_job.id || '|' || v_account.id end,
      case when v_pressed then 'unknown' else 'queued' end,
      case when v_pressed then private.ending('no-answer') end,
      case when v_pressed then '{"percent":94,"message":"Checking that it is listed"}'::jsonb
        else '{"percent":0,"message":"Queued"}' end,
      v_run_at, v_priority, v_run_at + make_interval(secs => v_fallback),
      case when v_pressed then v_now else greatest(v_run_at, v_now) end + private.posting_limit('hour'), v_again, v_pressed,
      case when v_pressed then v_now end,
      -- As pressedBefore of core/posting/windows.ts: how it was pressed follows, and takes the guess's place.
      v_pressed::int, case when v_pressed then 'told' end, case when v_pressed then private.hour_ms() else 0 end,
      case when v_mode = 'publish' and v_action = 'list' and not v_pressed then
        jsonb_build_object('kind', case when v_again then 'another' else 'start' end, 'hash', null) end)
    returning * into v_target;
    perform private.append_event(v_target, 'info', case
        when v_pressed then 'Publish was pressed before this service heard of it'
        when v_run_at > v_now then 'Scheduled'
        else 'Queued' end, jsonb_build_object('driver', v_driver));
    if private.due_for_cloud(v_target) is not null and private.is_cloud_ready(v_account.id) then
      perform private.enqueue_target(v_target, private.due_for_cloud(v_target));
    end if;
  end loop;

  v_answer := private.job_answer(v_job.id);
  update public.idempotency_keys k set status = 201, response = v_answer
  where k.user_id = v_user and k.key = p_idempotency_key and k.route = c_route;
  return v_answer || '{"replayed": false}';
end
$$;

-- The targets of a job the caller may act on, with their logins locked, in order; refused as if the job did not exist when it
-- is somebody else's. The job's own row is never locked: what moves a target locks the target first and the job last.
create function private.targets_for_editing(p_job_id uuid) returns setof public.job_targets
language plpgsql volatile security definer set search_path = ''
as $$
declare
  v_workspace uuid;
begin
  select j.workspace_id into v_workspace from public.listing_jobs j where j.id = p_job_id;
  perform private.check_operator(v_workspace, 'job');
  perform private.lock_accounts(array(select t.account_id from public.job_targets t where t.job_id = p_job_id));
  return query select * from public.job_targets t where t.job_id = p_job_id order by t.login_scope, t.id for update;
end
$$;

-- Cancels what can be. What is driven, or may have been posted, is asked to stop and says by itself how it ended.
create function private.cancel_job(p_job_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_target public.job_targets;
begin
  for v_target in select * from private.targets_for_editing(p_job_id) loop
    if not private.is_final(v_target.state) and not v_target.cancel_asked then
      perform private.play_locked(v_target, '{"kind": "cancel"}');
    end if;
  end loop;
  return private.job_answer(p_job_id);
end
$$;
create function public.cancel_job(p_job_id uuid) returns jsonb
language sql security invoker set search_path = ''
as $$ select private.cancel_job(p_job_id) $$;

-- Tries again what failed. What waits for a person is answered, not retried: an answer says which question it answers. What
-- another job has listed since, or is listing, stays over; it holds up none of the others.
-- Asked again under the same id, because the answer was lost: answered, and nothing is retried a second time.
create function private.retry_job(p_job_id uuid, p_event_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_target public.job_targets;
  v_event_id uuid;
  v_played record;
  v_tried integer := 0;
  v_superseded public.job_targets;
begin
  for v_target in select * from private.targets_for_editing(p_job_id) loop
    v_event_id := md5(p_event_id::text || v_target.id::text)::uuid;
    if exists (select from public.posting_events e where e.id = v_event_id and e.target_id = v_target.id) then
      v_tried := v_tried + 1;
    elsif v_target.state = 'failed' then
      v_played := private.play_locked(v_target, '{"kind": "retry"}');
      if v_played.code is null then
        v_tried := v_tried + 1;
        insert into public.posting_events (id, target_id, workspace_id, kind, event, answer)
        select v_event_id, v_target.id, v_target.workspace_id, 'retry', '{"kind": "retry"}', '{"ok": true}'
        where v_event_id is not null;
      else
        v_superseded := v_target;
      end if;
    end if;
  end loop;
  if v_tried = 0 and v_superseded.id is not null then
    perform private.refuse('HK409', 'this item was listed, or is being listed, at this account by another job',
      'Look at that one, job ' || private.successor_of(v_superseded) || '; this one is over.');
  elsif v_tried = 0 then
    perform private.refuse('HK409', 'nothing in this job can be tried again',
      'Only what failed can. What waits for you is answered: POST .../targets/{id}/answer.');
  end if;
  return private.job_answer(p_job_id);
end
$$;
create function public.retry_job(p_job_id uuid, p_event_id uuid default null) returns jsonb
language sql security invoker set search_path = ''
as $$ select private.retry_job(p_job_id, p_event_id) $$;

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

grant execute on function
  private.cancel_job(uuid), public.cancel_job(uuid), private.retry_job(uuid, uuid), public.retry_job(uuid, uuid),
  private.idempotency_begin(text, text, text), public.idempotency_begin(text, text, text),
  private.idempotency_finish(text, text, integer, jsonb), public.idempotency_finish(text, text, integer, jsonb)
to authenticated;
