-- Events from outside: from whoever drives a posting, and from people.

-- What is tried again lists its item as it was mended, whoever drives it: for this target, not for others of its job, which
-- were asked for as the item was. Locked last, as whatever moves a target does with its job.
create function private.keep_wanted(t public.job_targets, p_what text, p_wanted jsonb) returns void
language plpgsql volatile set search_path = ''
as $$
begin
  update public.listing_jobs j
  set payload = j.payload || jsonb_build_object(p_what,
    coalesce(j.payload -> p_what, '{}') || jsonb_build_object(t.id, p_wanted))
  where j.id = t.job_id;
end
$$;

-- Told twice under one id, it is played once and answered alike.
create function private.posting_event(p_target_id uuid, p_event jsonb, p_event_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c_person constant text[] := '{answer,cancel,retry,take-over}';
  v_kind constant text := p_event ->> 'kind';
  t public.job_targets;
  v_known public.posting_events;
  v_played record;
  v_answer jsonb;
begin
  select * into t from public.job_targets j where j.id = p_target_id;
  perform private.check_operator(t.workspace_id, 'target');
  if not private.is_told_event(p_event) then
    perform private.refuse('HK400', format('this is no event of a posting (%s), or not all of it', v_kind),
      'See core/posting/events.ts.');
  elsif v_kind = any (c_person) and (select auth.uid()) is null then
    perform private.refuse('HK403', 'only a person answers, cancels, retries or takes over');
  elsif v_kind = 'retry' and p_event #>> '{item,id}' <> t.item_id::text then
    perform private.refuse('HK400', 'this is not the item of this target', 'Start a job for another item.');
  end if;
  perform private.lock_account(t.account_id);
  if p_event_id is not null then
    select * into v_known from public.posting_events e where e.id = p_event_id;
    if found and (v_known.target_id, v_known.event) is distinct from (p_target_id, p_event) then
      perform private.refuse('HK409', 'this event id was used for something else', 'Use a new id.');
    elsif found then
      return v_known.answer || jsonb_build_object('target',
        (select to_jsonb(j) from public.job_targets j where j.id = p_target_id));
    end if;
  end if;
  select * into t from public.job_targets j where j.id = p_target_id for update;
  v_played := private.play_locked(t, p_event);
  if v_played.code is null and v_kind = 'retry' and p_event ? 'item' then
    perform private.keep_wanted(t, 'items', p_event -> 'item');
  end if;
  if v_played.code is null and v_kind = 'retry' and p_event ? 'city' then
    perform private.keep_wanted(t, 'cities', p_event -> 'city');
  end if;
  v_answer := case when v_played.code is null then '{"ok": true}'
    else jsonb_build_object('ok', false, 'code', v_played.code) end;
  if p_event_id is not null then
    insert into public.posting_events (id, target_id, workspace_id, kind, fence, event, answer)
    values (p_event_id, p_target_id, t.workspace_id, v_kind, (p_event ->> 'fence')::bigint, p_event, v_answer);
  end if;
  return v_answer || jsonb_build_object('target', to_jsonb(v_played.t));
end
$$;
create function public.posting_event(p_target_id uuid, p_event jsonb, p_event_id uuid default null) returns jsonb
language sql set search_path = '' as $$ select private.posting_event(p_target_id, p_event, p_event_id) $$;

create function private.check_progress(p_progress jsonb, p_report jsonb, p_lines jsonb) returns void
language plpgsql immutable set search_path = ''
as $$
begin
  if jsonb_typeof(p_progress) <> 'null' and not private.is_progress(p_progress) then
    perform private.refuse('HK400', 'p_progress is {percent, message}: a number up to 100 and a text');
  elsif jsonb_typeof(p_report) not in ('object', 'null') or pg_column_size(p_report) > 2000000 then
    perform private.refuse('HK400', 'p_report is an object of less than 2 MB');
  elsif jsonb_typeof(p_lines) <> 'null' and not private.are_lines(p_lines) then
    perform private.refuse('HK400', 'p_lines is an array of {message, level, data}',
      'A level is info, warn or error; data is an object of less than 60 kB.');
  end if;
end
$$;

-- How a run goes on: progress, the report of the steps, and lines of the log, in one call under its fence.
create function private.report_progress(p_target_id uuid, p_fence bigint, p_progress jsonb, p_report jsonb, p_lines jsonb)
returns boolean language plpgsql security definer set search_path = ''
as $$
declare
  t public.job_targets;
  v_line jsonb;
begin
  select * into t from public.job_targets j where j.id = p_target_id;
  perform private.check_operator(t.workspace_id, 'target');
  perform private.check_progress(p_progress, p_report, p_lines);
  update public.job_targets j set report = coalesce(nullif(p_report, 'null'), j.report),
    progress = case when private.is_final(j.state) then j.progress else coalesce(nullif(p_progress, 'null'), j.progress) end
  where j.id = p_target_id and j.fence = p_fence returning * into t;
  if not found then
    return false;
  end if;
  for v_line in select * from jsonb_array_elements(coalesce(nullif(p_lines, 'null'), '[]')) loop
    perform private.append_event(t, coalesce(v_line ->> 'level', 'info'), v_line ->> 'message', v_line -> 'data');
  end loop;
  return true;
end
$$;
create function public.report_progress(p_target_id uuid, p_fence bigint, p_progress jsonb default null,
  p_report jsonb default null, p_lines jsonb default null) returns boolean
language sql set search_path = ''
as $$ select private.report_progress(p_target_id, p_fence, p_progress, p_report, p_lines) $$;

grant execute on function
  private.posting_event(uuid, jsonb, uuid), public.posting_event(uuid, jsonb, uuid),
  private.report_progress(uuid, bigint, jsonb, jsonb, jsonb), public.report_progress(uuid, bigint, jsonb, jsonb, jsonb)
to authenticated, hawker_worker;
