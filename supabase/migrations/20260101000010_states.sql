-- What every event makes of a posting: it is opened, closed, queued, asked about. As core/posting/windows.ts; private functions that
-- take the row and give it back, and write nothing.

create function private.ending(p_code text) returns jsonb
language sql immutable set search_path = ''
as $$ select jsonb_build_object('code', p_code) $$;

-- It may have been posted: looked for from now on, over the window that counts from p_from. Whoever pressed goes on
-- looking; whoever was about to press is stopped.
create function private.posting_opened(t public.job_targets, p_from timestamptz, p_now timestamptz)
returns public.job_targets language plpgsql immutable set search_path = ''
as $$
declare
  v_looked constant boolean := t.state = 'unknown';
begin
  t.fence := case when t.state in ('unknown', 'submitting') then t.fence end;
  t.state := 'unknown';
  t.unsettled_at := greatest(t.unsettled_at, p_from);
  t.absent_at := null;
  t.question := null;
  t.closed_at := null;
  t.quiet_until := null;
  t.run_at := p_now + private.posting_limit('first_look');
  t.decide_by := greatest(t.decide_by, t.unsettled_at
    + private.posting_limit(case when t.sign is null then 'hour' else 'day' end),
    -- What comes to light late is looked for before anybody is called.
    case when not v_looked then p_now + private.posting_limit('hour') end);
  return t;
end
$$;

-- It ended without proof that nothing came of it: what was filled or pressed is watched for.
create function private.posting_closed(t public.job_targets, p_state text, p_ending jsonb, p_now timestamptz)
returns public.job_targets language plpgsql immutable set search_path = ''
as $$
begin
  -- Ended again over rows that came up since: those are answered for, and the watch goes on as it was.
  if t.closed_at is not null then
    t := private.posting_dismissed(t, false);
  end if;
  t.closed_at := case when t.presses > 0 or t.filled_at is not null then coalesce(t.closed_at, p_now) end;
  t.state := p_state;
  t.ending := p_ending;
  t.fence := null;
  t.run_until := null;
  t.question := null;
  t.cancel_asked := false;
  -- What was agreed to ends with it: whatever reopens it later asks before it presses.
  t.consent := null;
  t.permit := null;
  t.settled_attempts := t.permits;
  return t;
end
$$;

create function private.posting_queued(t public.job_targets, p_run_at timestamptz) returns public.job_targets
language plpgsql immutable set search_path = ''
as $$
begin
  t.state := 'queued';
  t.fence := null;
  t.run_until := null;
  t.question := null;
  t.run_at := p_run_at;
  return t;
end
$$;

-- A person is asked, and nobody drives it meanwhile.
create function private.posting_asked(t public.job_targets, p_kind text, p_ending jsonb, p_candidates jsonb,
  p_now timestamptz) returns public.job_targets
language plpgsql immutable set search_path = ''
as $$
begin
  t.questions := t.questions + 1;
  t.question := jsonb_build_object('number', t.questions, 'kind', p_kind, 'askedAt', p_now, 'candidates', p_candidates);
  t.state := 'needs_human';
  t.fence := null;
  t.run_until := null;
  t.ending := p_ending;
  return t;
end
$$;

-- Nothing is on record of the one press there may have been.
create function private.is_press_unknown(t public.job_targets) returns boolean
language sql immutable set search_path = ''
as $$ select coalesce(t.guess = 'restored' and t.presses = 1, false) $$;

create function private.posting_cancelled(t public.job_targets, p_now timestamptz) returns public.job_targets
language sql immutable set search_path = ''
as $$
  select private.posting_closed(t, 'cancelled', jsonb_build_object('code', 'cancelled', 'pressed', t.presses > 0,
    'filled', t.filled_at is not null)
    || case when private.is_press_unknown(t) then '{"restored": true}' else '{}' end::jsonb, p_now)
$$;

create function private.is_held(t public.job_targets, e jsonb, k private.keeper) returns boolean
language sql immutable set search_path = ''
as $$ select coalesce(t.fence = (e ->> 'fence')::bigint and k.live_fence = (e ->> 'fence')::bigint, false) $$;

create function private.milliseconds(p_ms jsonb) returns interval
language sql immutable set search_path = ''
as $$ select make_interval(secs => least(86400000, greatest(0, coalesce((p_ms #>> '{}')::numeric, 0))) / 1000.0) $$;

-- Pressed once more with these words: not those of an earlier press, as far as they are known.
create function private.is_reworded(t public.job_targets, p_marker jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return t.reworded or t.presses > 0 and (
    t.marker ->> 'title' is distinct from p_marker ->> 'title'
    or t.marker ->> 'priceText' is distinct from p_marker ->> 'priceText'
    or coalesce(t.marker ->> 'sku', '') <> coalesce(p_marker ->> 'sku', ''));
end
$$;

-- What its listing would be known by from when a form is filled, which may be pressed without anybody hearing of it.
create function private.posting_words_of_form(t public.job_targets, e jsonb) returns public.job_targets
language plpgsql immutable set search_path = ''
as $$
begin
  if t.presses > 0 then
    t.reworded := private.is_reworded(t, e -> 'marker');
  else
    t.marker := e -> 'marker';
    t.twin := e -> 'twin';
  end if;
  return t;
end
$$;
