-- Events from outside: from whoever drives a posting, and from people.

-- Whether it is an event an outsider may tell, with everything its kind needs (core/posting/events.ts).
create function private.is_told_event(e jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return coalesce(pg_column_size(e) < 2000000 and case e ->> 'kind'
    when 'fill' then e @@ '$.fence.type() == "number"' and private.is_marked(e)
    when 'looked' then e @@ '$.fence.type() == "number" && $.baseline.type() == "array"'
    when 'ready' then e @@ '$.fence.type() == "number"'
    when 'permit' then e @@ '$.fence.type() == "number" && $.hash.type() == "string"'
      and private.is_marked(e) and private.has_policy(e)
    when 'requeue' then e @@ '$.fence.type() == "number" && $.ending.code.type() == "string" && $.inMs.type() == "number"
      && $.usesAttempt.type() == "boolean" && (!exists ($.crashed) || $.crashed.type() == "boolean")'
    when 'fail' then e @@ '$.fence.type() == "number" && $.ending.code.type() == "string"'
    when 'finish' then e @@ '$.fence.type() == "number"'
    when 'ask' then e @@ '$.fence.type() == "number" && $.ending.code.type() == "string"'
      and private.are_rows(e -> 'candidates') and e ->> 'question' in ('alike', 'there', 'field', 'stop')
    when 'unpressed' then e @@ '$.fence.type() == "number" && $.attempt.type() == "number"'
    when 'pressed' then e @@ '$.attempt.type() == "number"'
    when 'pressed-by-person' then e @@ '$.baseline.type() == "array" || $.baseline == null'
      and private.is_marked(e) and private.has_policy(e)
    when 'said-listed' then e @@ '($.externalId.type() == "string" || $.externalId == null)
      && ($.url.type() == "string" || $.url == null)' and private.is_row(e ->> 'externalId') and private.is_link(e ->> 'url')
    when 'said-no' then e @@ '$.fence.type() == "number" && $.attempt.type() == "number" && $.message.type() == "string"'
    when 'found' then e @@ '$.externalId.type() == "string" && ($.url.type() == "string" || $.url == null)'
      and e ->> 'by' in ('id', 'likeness') and private.is_row(e ->> 'externalId') and private.is_link(e ->> 'url')
      and private.is_recorded(e)
    when 'late-row' then private.are_rows(e -> 'candidates')
    when 'absent' then e @@ '$.fence.type() == "number" && $.againInMs.type() == "number"'
      and private.are_rows(e -> 'unexplained')
    when 'unreadable' then e @@ '$.fence.type() == "number" && $.why.type() == "string" && $.againInMs.type() == "number"'
    when 'answer' then e @@ '$.question.type() == "number" && $.answer.kind.type() == "string"'
      and case e #>> '{answer,kind}'
        when 'is-it' then e @@ '$.answer.externalId.type() == "string"' and private.is_row(e #>> '{answer,externalId}')
          and private.is_link(e #>> '{answer,url}')
        when 'not-there' then e @@ '$.answer.again.type() == "boolean"'
        else true end
    when 'cancel' then true
    when 'retry' then not e ? 'item' or e @@ '$.item.id.type() == "string" && $.item.title.type() == "string"
      && $.item.photos.type() == "array"'
    when 'take-over' then e ->> 'driver' in ('tab', 'cloud')
  end, false);
end
$$;

create function private.is_row(p_external_id text) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return p_external_id is null or length(p_external_id) between 1 and 300;
end
$$;

-- It is shown to people as a link.
create function private.is_link(p_url text) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return p_url is null or (length(p_url) <= 2000 and p_url ~ '^https://\S+$');
end
$$;

-- What of a found row is for the books alone: how it stands there, and what it costs.
create function private.is_recorded(e jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return e @@ '!exists ($.status) || $.status.type() == "string"' and (not e ? 'record'
    or e @@ '$.record.title.type() == "string" && $.record.priceMinor >= 0 && $.record.currency like_regex "^[A-Z]{3}$"');
end
$$;

-- Rows of an account's own list, as a question shows them.
create function private.are_rows(p_rows jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return jsonb_typeof(p_rows) = 'array' and not p_rows @? '$[*] ? (!(@.externalId.type() == "string"
    && @.title.type() == "string" && @.priceText.type() == "string" && @.status.type() == "string"
    && (@.url == null || @.url.type() == "string" && @.url like_regex "^https://\\S+$")))';
end
$$;

create function private.is_marked(e jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return e @@ '$.marker.title.type() == "string" && $.marker.priceText.type() == "string"
    && $.twin.title.type() == "string" && $.twin.cents.type() == "array"';
end
$$;

create function private.has_policy(e jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return e @@ '$.policy.windowMs >= 0 && $.policy.windowMs <= 604800000 && $.policy.absenceProves.type() == "boolean"';
end
$$;

-- What is tried again lists its item as it was mended, whoever drives it: for this target, not for others of its job, which
-- were asked for as the item was. Locked last, as whatever moves a target does with its job.
create function private.keep_item(t public.job_targets, p_item jsonb) returns void
language plpgsql volatile set search_path = ''
as $$
begin
  update public.listing_jobs j
  set payload = j.payload || jsonb_build_object('items',
    coalesce(j.payload -> 'items', '{}') || jsonb_build_object(t.id, p_item))
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
    perform private.keep_item(t, p_event -> 'item');
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
  update public.job_targets j set report = coalesce(p_report, j.report),
    progress = case when j.state in ('done', 'failed', 'cancelled') then j.progress else coalesce(p_progress, j.progress) end
  where j.id = p_target_id and j.fence = p_fence returning * into t;
  if not found then
    return false;
  end if;
  for v_line in select * from jsonb_array_elements(coalesce(p_lines, '[]')) loop
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
