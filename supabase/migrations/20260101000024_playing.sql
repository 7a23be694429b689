-- Events are played here, and here alone is written what core/posting knows of a posting.
-- Invariants:
--   Every event goes through private.play_locked(), with the login's lock and the row's held.
--   No events are: that it waits for a lease (waits_for_account), the scope of its login, which follows its account's, and how a
--   run is getting on (report, progress).
--   A permit is committed before it is answered, whatever the session said about waiting for the disk.

-- The event a state changes by is told to the guard of the table, which refuses any other change.
create function private.guard_posting() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if not exists (select from private.posting_moves m where m.event = current_setting('hawker.event', true)
      and m.from_state = old.state and m.to_state = new.state) then
    perform private.refuse('HK409', format('a target cannot go from %s to %s', old.state, new.state),
      'Read the target again and act on its present state.');
  end if;
  new.settled_at := case when private.is_final(new.state) or new.state = 'needs_human' then now() end;
  return new;
end
$$;
create trigger guard_posting before update on public.job_targets
for each row when (new.state <> old.state) execute function private.guard_posting();

-- Plays an event to a posting that is locked, and writes what comes of it. A code when it is refused: then nothing changed.
-- A claim is asked with the lease it would take: that it is free, and its number, is the caller's to know.
create function private.play_locked(inout t public.job_targets, e jsonb, out code text)
language plpgsql security definer set search_path = ''
as $$
declare
  v_kind constant text := e ->> 'kind';
  v_before constant public.job_targets := t;
  k private.keeper;
  v_played record;
  v_reopens uuid;
begin
  if not exists (select from private.posting_moves m where m.event = v_kind and m.from_state = t.state) then
    code := 'state';
    return;
  end if;
  k := private.keeper_for(t, e);
  if v_kind in ('claim', 'fill', 'looked', 'ready', 'requeue', 'fail', 'finish', 'ask', 'lapse', 'hour', 'taken-away',
      'works-again') then
    v_played := private.play_driving(t, e, k);
  elsif v_kind in ('permit', 'unpressed', 'said-no') then
    v_played := private.play_permit(t, e, k);
  elsif v_kind in ('absent', 'unreadable') then
    v_played := private.play_look(t, e, k);
  elsif v_kind in ('answer', 'cancel', 'retry', 'take-over') then
    v_played := private.play_person(t, e, k);
    v_reopens := v_played.reopens;
  else
    v_played := private.play_evidence(t, e, k);
    v_reopens := v_played.reopens;
  end if;
  code := v_played.code;
  if code is not null then
    return;
  end if;
  t := v_played.t;
  if private.is_open(t.state) and not private.is_open(v_before.state) and private.is_item_open(t) then
    -- Another posting of the item can be pressed at this login.
    t := v_before;
    code := 'superseded';
    return;
  end if;

  perform private.lock_other(t.job_id, v_reopens);
  t.waits_for_account := t.waits_for_account and t.state in ('queued', 'unknown') and v_kind <> 'claim';
  if t.state = 'done' and t.action = 'list' and t.listing is distinct from v_before.listing then
    t.listing_id := private.record_listing(t, e);
  elsif t.listing is null and v_before.listing is not null then
    t.listing_id := null;
  end if;
  t.progress := private.progress_of(t, v_before);
  t := private.write_posting(t, v_kind);
  if v_before.listing_id is not null and v_before.listing_id is distinct from t.listing_id then
    perform private.release_listing(v_before.listing_id);
  end if;
  perform private.tell_posting(t, v_before, e);
  perform private.enqueue_posting(t, v_before);
  if v_reopens is not null then
    perform private.play(v_reopens, '{"kind": "row-lost"}');
  end if;
end
$$;

-- An event that moves two postings has both rows and both tallies before it writes, in the order everybody takes them.
create function private.lock_other(p_job_id uuid, p_other_id uuid) returns void
language plpgsql volatile set search_path = ''
as $$
declare
  v_other_job uuid;
begin
  if p_other_id is not null then
    select o.job_id into v_other_job from public.job_targets o where o.id = p_other_id for update;
    perform from private.job_tallies j where j.job_id in (p_job_id, v_other_job) order by j.job_id for update;
  end if;
end
$$;

create function private.progress_of(t public.job_targets, p_before public.job_targets) returns jsonb
language plpgsql immutable set search_path = ''
as $$
begin
  return case
    when t.state = p_before.state then t.progress
    when t.state = 'done' then '{"percent":100,"message":"Done"}'
    when t.state = 'queued' then '{"percent":0,"message":"Queued"}'
    when t.state = 'submitting' then '{"percent":90,"message":"Publishing"}'
    when t.state = 'unknown' then '{"percent":94,"message":"Checking that it is listed"}'
    else t.progress end;
end
$$;

-- The one place that writes what an event made of a posting.
create function private.write_posting(t public.job_targets, p_kind text) returns public.job_targets
language plpgsql volatile set search_path = ''
as $$
begin
  perform set_config('hawker.event', p_kind, true);
  if p_kind = 'permit' then
    perform set_config('synchronous_commit', 'on', true);
  end if;
  update public.job_targets j set
    driver = t.driver, state = t.state, ending = t.ending, run_at = t.run_at, attempt = t.attempt, crashes = t.crashes,
    fence = t.fence, claimed_at = t.claimed_at, run_until = t.run_until, tab_claimed = t.tab_claimed,
    fallback_at = t.fallback_at, waits_for_account = t.waits_for_account, consent = t.consent, permits = t.permits,
    presses = t.presses, permit = t.permit, settled_attempts = t.settled_attempts, guess = t.guess,
    unsettled_at = t.unsettled_at, window_ms = t.window_ms, absence_proves = t.absence_proves, sign = t.sign,
    marker = t.marker, reworded = t.reworded, twin = t.twin, baseline = t.baseline, reading_at = t.reading_at, reading_fence = t.reading_fence,
    absent_at = t.absent_at, quiet_until = t.quiet_until, unexplained = t.unexplained, dismissed = t.dismissed, filled_at = t.filled_at,
    question = t.question, questions = t.questions, decide_by = t.decide_by, cancel_asked = t.cancel_asked,
    listing = t.listing, closed_at = t.closed_at, listing_id = t.listing_id, progress = t.progress
  where j.id = t.id returning * into t;
  return t;
end
$$;

-- Why it is looked for: only some of it is a press.
create function private.line_of_unknown(p_kind text) returns text
language sql immutable set search_path = ''
as $$
  select case p_kind
    when 'pressed-by-person' then 'Published by hand, the outcome is not known yet'
    when 'said-listed' then 'The site said that it is listed; looking for it'
    when 'row-lost' then 'Its listing is another item''s; looking for its own'
    when 'restored' then 'Put back from a backup; looking for what may have been published since'
    when 'take-over' then 'Taken over; looking for it'
    else 'Submitted, the outcome is not known yet' end
$$;

-- One line of what happened for whoever reads the log; code and parameters for whoever puts it into words.
create function private.tell_posting(t public.job_targets, p_before public.job_targets, e jsonb) returns void
language plpgsql volatile set search_path = ''
as $$
declare
  v_kind constant text := e ->> 'kind';
  v_line text;
begin
  v_line := case
    when v_kind = 'answer' then 'Answered by a person'
    when v_kind = 'cancel' and t.state <> 'cancelled' then 'Cancel asked for'
    when v_kind = 'absent' then 'Looked, and not found'
    when v_kind = 'unreadable' then 'The list could not be read whole'
    when t.state = p_before.state then null
    when t.state = 'queued' then 'Queued again'
    when t.state = 'submitting' then 'Submitting'
    when t.state = 'unknown' then private.line_of_unknown(v_kind)
    when t.state = 'done' then 'Done'
    when t.state = 'failed' then 'Failed'
    when t.state = 'cancelled' then 'Cancelled'
    when t.state = 'needs_human' then 'Waiting for a person' end;
  if v_line is not null then
    perform private.append_event(t, case
        when t.state = 'failed' then 'error'
        when t.state in ('unknown', 'needs_human', 'cancelled') then 'warn'
        else 'info' end,
      v_line, jsonb_strip_nulls(jsonb_build_object('event', v_kind, 'state', t.state,
        'ending', case when pg_column_size(t.ending) < 32768 then t.ending else private.ending(t.ending ->> 'code') end,
        'question', t.question ->> 'kind', 'answer', e -> 'answer' ->> 'kind')));
  end if;
  if v_kind in ('answer', 'cancel', 'retry', 'take-over') then
    perform private.audit(t.workspace_id, 'target.' || v_kind, 'job_targets', t.id, jsonb_strip_nulls(
      jsonb_build_object('answer', e -> 'answer' ->> 'kind', 'driver', e ->> 'driver')));
  end if;
  if t.state <> p_before.state and t.state in ('done', 'failed', 'needs_human', 'unknown') then
    -- To the minute, and never waited for: nothing is decided by it.
    update public.platform_accounts a set last_action_at = now()
    where a.id = (select o.id from public.platform_accounts o where o.id = t.account_id
      and (o.last_action_at is null or o.last_action_at < now() - interval '1 minute') for no key update skip locked);
  end if;
end
$$;

-- The listing a posting proved, by the channel's own id.
create function private.record_listing(t public.job_targets, e jsonb) returns uuid
language plpgsql volatile set search_path = ''
as $$
declare
  v_record constant jsonb := coalesce(e -> 'record', '{}');
  v_url constant text := t.listing ->> 'url';
  v_id uuid;
begin
  insert into public.listings as l (workspace_id, item_id, account_id, platform, external_id, url, title, price_minor,
    currency, status)
  values (t.workspace_id, t.item_id, t.account_id, t.platform, left(t.listing ->> 'externalId', 300),
    case when v_url ~ '^https?://' then left(v_url, 2000) end,
    coalesce(v_record ->> 'title', t.marker ->> 'title'), (v_record ->> 'priceMinor')::bigint,
    v_record ->> 'currency',
    case when t.listing ->> 'status' in ('sold', 'ended') then t.listing ->> 'status' else 'active' end)
  on conflict (account_id, external_id) do update set
    item_id = coalesce(excluded.item_id, l.item_id), url = coalesce(excluded.url, l.url),
    title = coalesce(excluded.title, l.title), price_minor = coalesce(excluded.price_minor, l.price_minor),
    currency = coalesce(excluded.currency, l.currency), status = excluded.status, last_seen_at = now()
  returning id into v_id;
  return v_id;
end
$$;

-- A row that turned out to be another's is nobody's again, unless a better proof has taken it.
create function private.release_listing(p_listing_id uuid) returns void
language plpgsql volatile set search_path = ''
as $$
begin
  update public.listings l set item_id = null where l.id = p_listing_id
    and not exists (select from public.job_targets o where o.listing_id = l.id and o.state = 'done');
end
$$;

-- What has to come next by itself, as an entry of the queue: one a posting, whatever it is for.
create function private.enqueue_posting(t public.job_targets, p_before public.job_targets) returns void
language plpgsql volatile set search_path = ''
as $$
declare
  v_at timestamptz;
begin
  if t.closed_at is not null and p_before.closed_at is null then
    perform private.watch_account(t.account_id, private.posting_limit('hour'));
  end if;
  if (t.state, t.run_at, t.driver, t.fallback_at) is not distinct from
     (p_before.state, p_before.run_at, p_before.driver, p_before.fallback_at) then
    return;
  end if;
  v_at := case when t.state <> 'unknown' or private.is_cloud_ready(t.account_id) then private.due_for_cloud(t) end;
  if v_at is not null then
    perform private.enqueue_target(t, v_at);
  elsif p_before.state in ('queued', 'unknown', 'needs_human') and not private.is_worker() then
    perform private.dequeue_target(t.id); -- a person, or their browser, saw to it; the worker's own entry ends with its run
  end if;
end
$$;

-- What closed filled or pressed, without proof, is looked for now and then, whoever else reads that login's lists. The soonest look counts.
create function private.watch_account(p_account_id uuid, p_after interval) returns void
language plpgsql volatile set search_path = ''
as $$
declare
  c_key constant text := 'watch:' || p_account_id;
  v_at constant timestamptz := private.clock() + p_after;
begin
  if private.is_cloud_ready(p_account_id) and not exists (select from graphile_worker.jobs q
      where q.key = c_key and q.run_at <= v_at and q.attempts < q.max_attempts) then
    perform private.enqueue('watch_account', json_build_object('accountId', p_account_id), c_key, v_at, 10);
  end if;
end
$$;

-- While it could not be used nobody looked: it is looked at as soon as it can.
create function private.watch_again() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if new.status = 'connected' and private.is_cloud_ready(new)
    and not (old.status = 'connected' and private.is_cloud_ready(old))
    and exists (select from public.job_targets t where t.account_id = new.id and t.closed_at is not null and private.is_watched(t)) then
    perform private.watch_account(new.id, private.posting_limit('first_look'));
  end if;
  return null;
end
$$;
create trigger watch_again after update of status, cloud_allowed, replay, session_payload_encrypted on public.platform_accounts
for each row execute function private.watch_again();

-- @returns the code when it is refused.
create function private.play(p_target_id uuid, p_event jsonb) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  t public.job_targets;
  v_played record;
begin
  perform private.lock_account(j.account_id) from public.job_targets j where j.id = p_target_id;
  select * into t from public.job_targets j where j.id = p_target_id for update;
  v_played := private.play_locked(t, p_event);
  return v_played.code;
end
$$;
