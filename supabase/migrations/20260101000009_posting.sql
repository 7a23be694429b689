-- What an event makes of a posting. The same machine as core/posting/apply.ts, where the reasons stand; a test plays random
-- events to both and compares. Here it is the judge: a permit is refused where the row is.
--   Each part takes the row, the event and what the keeper knows, and gives the row back, or a code when it refuses.
--   private.play_locked() alone checks and writes (20260101000018_playing.sql).

insert into private.posting_moves (event, from_state, to_state)
select distinct event, f, t from (values
  ('claim', '{queued,needs_human}'::text[], '{claimed,cancelled}'::text[]),
  ('claim', '{unknown}'::text[], '{unknown}'::text[]),
  ('fill', '{claimed,filling}'::text[], '{filling}'::text[]),
  ('looked', '{claimed}'::text[], '{claimed}'::text[]),
  ('looked', '{filling}'::text[], '{filling}'::text[]),
  ('ready', '{filling}'::text[], '{needs_human,cancelled}'::text[]),
  ('permit', '{filling}'::text[], '{submitting}'::text[]),
  ('requeue', '{claimed,filling}'::text[], '{queued,failed,needs_human,cancelled}'::text[]),
  ('requeue', '{unknown}'::text[], '{unknown}'::text[]),
  ('fail', '{claimed,filling}'::text[], '{failed,cancelled}'::text[]),
  ('finish', '{claimed,filling}'::text[], '{done}'::text[]),
  ('ask', '{claimed,filling}'::text[], '{needs_human,cancelled}'::text[]),
  ('ask', '{unknown}'::text[], '{needs_human,unknown}'::text[]),
  ('lapse', '{claimed,filling}'::text[], '{queued,cancelled}'::text[]),
  ('lapse', '{submitting}'::text[], '{unknown}'::text[]),
  ('lapse', '{unknown}'::text[], '{unknown}'::text[]),
  ('unpressed', '{submitting}'::text[], '{filling}'::text[]),
  ('unpressed', '{unknown,needs_human}'::text[], '{queued,cancelled}'::text[]),
  ('pressed', '{queued,claimed,filling,submitting,needs_human,failed,cancelled}'::text[], '{unknown}'::text[]),
  ('pressed-by-person', '{queued,claimed,filling,submitting,unknown,needs_human,failed,cancelled}'::text[], '{unknown}'::text[]),
  ('said-listed', '{queued,claimed,filling,submitting,unknown,needs_human,failed,cancelled,done}'::text[], '{unknown}'::text[]),
  ('said-no', '{submitting}'::text[], '{needs_human,cancelled}'::text[]),
  ('found', '{queued,claimed,filling,submitting,unknown,needs_human,failed,cancelled,done}'::text[], '{done}'::text[]),
  ('found', '{failed,cancelled}'::text[], '{needs_human}'::text[]),
  ('row-lost', '{done}'::text[], '{unknown}'::text[]),
  ('late-row', '{failed,cancelled}'::text[], '{needs_human}'::text[]),
  ('absent', '{unknown}'::text[], '{unknown,queued,needs_human,cancelled}'::text[]),
  ('unreadable', '{unknown}'::text[], '{unknown}'::text[]),
  ('answer', '{needs_human}'::text[], '{queued,unknown,done,failed}'::text[]),
  ('cancel', '{queued,needs_human}'::text[], '{cancelled}'::text[]),
  ('cancel', '{claimed}'::text[], '{claimed}'::text[]),
  ('cancel', '{filling}'::text[], '{filling}'::text[]),
  ('cancel', '{submitting}'::text[], '{submitting}'::text[]),
  ('cancel', '{unknown,needs_human}'::text[], '{unknown}'::text[]),
  ('retry', '{failed}'::text[], '{queued}'::text[]),
  ('take-over', '{queued,needs_human}'::text[], '{queued,unknown}'::text[]),
  ('restored', '{queued,claimed,filling,submitting,unknown,needs_human}'::text[], '{unknown}'::text[]),
  ('hour', '{queued,unknown}'::text[], '{needs_human}'::text[])
) as moves (event, fs, ts), unnest(fs) as f, unnest(ts) as t;

-- The keeper's clock, in one place: tests put another in its stead.
create function private.clock() returns timestamptz
language sql volatile set search_path = ''
as $$ select clock_timestamp() $$;

-- What the keeper knows besides the row, at the moment of the event.
create type private.keeper as (
  now timestamptz,
  live_fence bigint,
  lease_until timestamptz,
  gone text,
  cloud_ready boolean,
  served_at timestamptz
);

-- The numbers of core/posting/limits.ts; a test compares them.
create function private.posting_limit(p_name text) returns interval
language sql immutable set search_path = ''
as $$
  select case p_name
    when 'second' then interval '1 second'
    when 'permit' then interval '10 seconds'
    when 'lease_left' then interval '20 seconds'
    when 'reading' then interval '5 minutes'
    when 'lease' then interval '120 seconds'
    when 'run' then interval '15 minutes'
    when 'first_look' then interval '3 seconds'
    when 'agree' then interval '30 seconds'
    when 'hour' then interval '1 hour'
    when 'day' then interval '1 day'
    when 'watch' then interval '30 days'
  end
$$;

create function private.posting_most(p_name text) returns integer
language sql immutable set search_path = ''
as $$
  select case p_name
    when 'attempts' then 3
    when 'crashes' then 2
    when 'presses' then 3
  end
$$;

-- As window_ms holds it.
create function private.hour_ms() returns bigint
language sql immutable set search_path = ''
as $$ select (extract(epoch from private.posting_limit('hour')) * 1000)::bigint $$;

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
  t.closed_at := case when t.presses > 0 or t.filled_at is not null then p_now end;
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

-- Claims, runs that end, leases that lapse, and the hour.
create function private.play_driving(inout t public.job_targets, e jsonb, k private.keeper, out code text)
language plpgsql volatile set search_path = ''
as $$
declare
  v_kind constant text := e ->> 'kind';
  v_now constant timestamptz := k.now;
  v_awaited boolean;
  v_unsettled boolean := t.unsettled_at is not null;
begin
  if v_kind = 'claim' then
    v_awaited := t.question ->> 'kind' = 'stuck' and t.claimed_at is null;
    if t.state <> 'unknown' then
      if t.state = 'needs_human' and v_awaited is not true or v_unsettled then
        code := 'state';
      elsif t.cancel_asked then
        t := private.posting_cancelled(t, v_now);
        return;
      elsif t.run_at > v_now + private.posting_limit('second') then
        code := 'not-due';
      elsif not (e ->> 'driver' = t.driver or e ->> 'driver' = 'cloud' and t.fallback_at is not null
          and v_now >= t.fallback_at and not t.tab_claimed and t.presses = 0) then
        code := 'not-yours';
      end if;
      if code is not null then
        return;
      end if;
      t.state := 'claimed';
      t.driver := e ->> 'driver';
      t.decide_by := case when v_awaited then v_now + private.posting_limit('hour') else t.decide_by end;
    end if;
    t.fence := (e ->> 'fence')::bigint;
    t.claimed_at := v_now;
    t.question := null;
    t.run_until := v_now + private.posting_limit('run');
    t.tab_claimed := t.tab_claimed or e ->> 'driver' = 'tab';
    return;

  elsif v_kind = 'lapse' then
    if k.live_fence is not null and t.fence = k.live_fence then
      code := 'state';
    elsif t.state = 'submitting' then
      t := private.posting_opened(t, coalesce((t.permit ->> 'until')::timestamptz, v_now), v_now);
      t.fence := null;
      t.run_until := null;
      t.ending := private.ending('no-answer');
    elsif t.state = 'unknown' then
      t.fence := null;
      t.run_until := null;
    elsif t.cancel_asked then
      t := private.posting_cancelled(t, v_now);
    else
      t := private.posting_queued(t, v_now);
      t.ending := private.ending('interrupted');
    end if;
    return;

  elsif v_kind = 'hour' then
    -- Behind others at a login that is being served, its turn has not come yet.
    if v_now < t.decide_by or not v_unsettled and t.claimed_at is null and k.served_at is not null
        and v_now < k.served_at + private.posting_limit('hour') then
      code := 'not-due';
      return;
    end if;
    t := private.posting_asked(t, case when v_unsettled then 'there' else 'stuck' end,
      case
        when t.sign is not null then private.ending('said-listed')
        when v_unsettled then private.ending('hour-over')
        when coalesce(t.ending ->> 'code', 'nobody-came') = 'nobody-came' then private.ending('nobody-came')
        when t.ending ->> 'code' = 'stuck' then t.ending
        else jsonb_build_object('code', 'stuck', 'last', t.ending)
      end, '[]', v_now);
    return;
  end if;

  if not private.is_held(t, e, k) then
    code := 'stale-fence';
  elsif t.cancel_asked and not v_unsettled and v_kind in ('ready', 'requeue', 'fail', 'ask') then
    -- A run that ends with nothing unproven ends what was cancelled meanwhile, whatever it ended with.
    t := private.posting_cancelled(t, v_now);
  elsif v_kind = 'fill' then
    t.state := 'filling';
    t.ending := null;
    if t.presses = 0 then
      t.marker := e -> 'marker';
      t.twin := e -> 'twin';
    end if;
    -- The cloud's page ends with its run; a tab's form may stand before a person from now on.
    t.filled_at := case when t.driver = 'tab' then v_now else t.filled_at end;
  elsif v_kind = 'looked' then
    t.baseline := case when t.presses > 0 and t.baseline is not null then t.baseline else e -> 'baseline' end;
    t.reading_at := v_now;
    t.reading_fence := (e ->> 'fence')::bigint;
  elsif v_kind = 'ready' then
    t := private.posting_asked(t, 'ready', null, '[]', v_now);
    t.consent := null;
  elsif v_kind = 'fail' then
    t := private.posting_closed(t, 'failed', e -> 'ending', v_now);
  elsif v_kind = 'finish' then
    if t.action = 'list' then
      code := 'state';
    else
      t.state := 'done';
      t.ending := null;
      t.run_until := null;
      t.cancel_asked := false;
    end if;
  elsif v_kind = 'ask' then
    if t.state = 'unknown' and e ->> 'question' not in ('there', 'field', 'stop') then
      code := 'state'; -- no other answer settles what is unproven
    elsif e ->> 'question' = 'there' and v_now < t.quiet_until then
      t.fence := null; -- "wait" was answered to what is asked again
      t.run_until := null;
      t.run_at := v_now + private.posting_limit('hour');
    else
      t := private.posting_asked(t, e ->> 'question', e -> 'ending', e -> 'candidates', v_now);
    end if;
  elsif v_kind = 'requeue' then
    if t.state = 'unknown' then
      t.fence := null;
      t.run_until := null;
      t.run_at := v_now + private.milliseconds(e -> 'inMs');
      return;
    end if;
    t.crashes := t.crashes + coalesce((e ->> 'crashed')::boolean, false)::int;
    t.attempt := t.attempt + (e ->> 'usesAttempt')::boolean::int;
    if t.crashes >= private.posting_most('crashes') then
      t := private.posting_asked(t, 'field', private.ending('page-kills-browser'), '[]', v_now);
      t.crashes := 0;
      t.attempt := t.attempt - (e ->> 'usesAttempt')::boolean::int;
    elsif (e ->> 'usesAttempt')::boolean and t.attempt >= private.posting_most('attempts') then
      t.crashes := t.crashes - coalesce((e ->> 'crashed')::boolean, false)::int;
      t := private.posting_closed(t, 'failed', e -> 'ending', v_now);
    else
      t := private.posting_queued(t, v_now + private.milliseconds(e -> 'inMs'));
      t.ending := e -> 'ending';
    end if;
  end if;
end
$$;

-- The permit: one press, given last, to whoever holds the lease, for an unused consent.
create function private.play_permit(inout t public.job_targets, e jsonb, k private.keeper, out code text)
language plpgsql volatile set search_path = ''
as $$
declare
  v_now constant timestamptz := k.now;
  v_kind constant text := e ->> 'kind';
  v_consent constant text := t.consent ->> 'kind';
begin
  if v_kind = 'permit' then
    code := case
      when not private.is_held(t, e, k) then 'stale-fence'
      when t.cancel_asked then 'cancelled'
      when k.gone is not null then k.gone
      when t.sign is not null then 'already-known'
      when t.consent is null then 'no-consent'
      when t.baseline is null or t.reading_fence is distinct from (e ->> 'fence')::bigint or t.reading_at is null
        or t.reading_at > v_now or v_now - t.reading_at > private.posting_limit('reading') then 'no-reading'
      when not t.is_beside and v_consent <> 'again' and private.is_item_pressed(t) then 'superseded'
      when private.is_twin_unclear(t, e -> 'twin') then 'twin-unclear'
      when k.lease_until is null or k.lease_until < v_now + private.posting_limit('lease_left') then 'lease-too-short'
      when t.run_until is null or v_now >= t.run_until then 'lease-too-short'
      when t.consent ->> 'hash' is not null and t.consent ->> 'hash' is distinct from e ->> 'hash' then 'no-consent'
    end;
    if code is not null then
      return;
    end if;
    t.state := 'submitting';
    t.permits := t.permits + 1;
    t.presses := t.presses + 1;
    t.permit := jsonb_build_object('attempt', t.permits, 'fence', (e ->> 'fence')::bigint, 'at', v_now,
      'until', v_now + private.posting_limit('permit'), 'consent', t.consent);
    t.consent := null;
    t.marker := e -> 'marker';
    t.twin := e -> 'twin';
    t.window_ms := (e -> 'policy' ->> 'windowMs')::bigint;
    t.absence_proves := (e -> 'policy' ->> 'absenceProves')::boolean;
    t.unsettled_at := v_now + private.posting_limit('permit');
    t.absent_at := null;
    t.ending := null;
    return;
  end if;

  if v_kind = 'unpressed' then
    if t.permit is null or (t.permit ->> 'attempt')::int is distinct from (e ->> 'attempt')::int
        or (t.permit ->> 'fence')::bigint is distinct from (e ->> 'fence')::bigint then
      code := 'other-attempt';
    elsif t.sign is not null then
      code := 'already-known';
    end if;
  elsif not private.is_held(t, e, k) then
    code := 'stale-fence';
  elsif (t.permit ->> 'attempt')::int is distinct from (e ->> 'attempt')::int then
    code := 'other-attempt';
  end if;
  if code is not null then
    return;
  end if;
  -- What a permit took is given back: the consent, and that something may have been pressed. Nothing was unproven when it
  -- was given, and what else may have been pressed since leaves no permit to give back.
  t.presses := greatest(0, t.presses - 1);
  t.consent := coalesce(t.permit -> 'consent', t.consent);
  t.permit := null;
  t.unsettled_at := null;
  if v_kind = 'said-no' and t.cancel_asked then
    t := private.posting_cancelled(t, v_now);
  elsif v_kind = 'said-no' then
    -- In review mode what is mended by hand is shown again before it is published.
    t.consent := case when t.mode = 'review' then null else t.consent end;
    t := private.posting_asked(t, 'field', jsonb_build_object('code', 'refused', 'message', e ->> 'message'), '[]', v_now);
  elsif t.state = 'submitting' then
    t.state := 'filling';
  elsif t.cancel_asked then
    t := private.posting_cancelled(t, v_now);
  else
    t := private.posting_queued(t, v_now);
    t.ending := private.ending('permit-void');
    t.absent_at := null;
  end if;
end
$$;

-- What the site showed and what a host's own record says: true whoever brings it, however late.
create function private.play_evidence(inout t public.job_targets, e jsonb, k private.keeper, out code text,
  out reopens uuid)
language plpgsql volatile set search_path = ''
as $$
declare
  v_now constant timestamptz := k.now;
  v_kind constant text := e ->> 'kind';
  v_row constant text := e ->> 'externalId';
  v_from timestamptz;
  v_owner record;
  v_told boolean;
begin
  if v_kind = 'pressed' then
    if (e ->> 'attempt')::int <= t.settled_attempts then
      code := 'already-known';
      return;
    end if;
    -- Its permit was given before a power cut, or by a record that was put back: it is found anew.
    if (e ->> 'attempt')::int > t.permits then
      t.permits := (e ->> 'attempt')::int;
      t.presses := t.presses + 1;
      t.permit := null;
      t.consent := null;
      t.window_ms := greatest(t.window_ms, private.hour_ms());
    end if;
    t := private.posting_opened(t, coalesce((t.permit ->> 'until')::timestamptz, v_now), v_now);
    t.ending := private.ending('no-answer');

  elsif v_kind = 'pressed-by-person' then
    -- Told of when it was asked for: this is that press.
    v_told := t.guess is not distinct from 'told';
    t.presses := t.presses + (not v_told)::int;
    t.guess := case when v_told then null else t.guess end;
    t.consent := null;
    t.permit := null; -- unused or not, it settles nothing any more
    t.marker := coalesce(t.marker, e -> 'marker');
    t.twin := coalesce(t.twin, e -> 'twin');
    t.baseline := coalesce(t.baseline, nullif(e -> 'baseline', 'null'));
    t.window_ms := greatest(case when v_told then 0 else t.window_ms end, (e -> 'policy' ->> 'windowMs')::bigint);
    t.absence_proves := (e -> 'policy' ->> 'absenceProves')::boolean;
    t := private.posting_opened(t, v_now, v_now);
    t.ending := private.ending('no-answer');

  elsif v_kind = 'said-listed' then
    -- A link on the page that leads to an older listing of one's own is no sign.
    if v_row is not null and t.baseline ? v_row then
      code := 'already-known';
      return;
    end if;
    if t.state = 'done' and (coalesce(v_row, t.sign ->> 'externalId') is null
        or coalesce(v_row, t.sign ->> 'externalId') = t.listing ->> 'externalId'
        or t.listing ->> 'by' is distinct from 'likeness') then
      code := 'already-known';
      return;
    end if;
    v_from := case
      when t.state = 'done' then v_now
      when t.state = 'submitting' then coalesce((t.permit ->> 'until')::timestamptz, v_now)
      else coalesce(t.unsettled_at, v_now) end;
    t.listing := case when t.state = 'done' then null else t.listing end;
    t.sign := jsonb_build_object('externalId', coalesce(v_row, t.sign ->> 'externalId'),
      'url', coalesce(e ->> 'url', t.sign ->> 'url'));
    t := private.posting_opened(t, v_from, v_now);
    t.ending := private.ending('said-listed');

  elsif v_kind = 'found' then
    if t.state = 'done' and (t.listing is null or t.listing ->> 'externalId' = v_row
        or t.listing ->> 'by' is distinct from 'likeness' or e ->> 'by' = 'likeness') then
      code := 'already-known';
      return;
    elsif e ->> 'by' = 'likeness' and (t.sign ->> 'externalId' <> v_row
        or t.state in ('done', 'failed', 'cancelled') and t.closed_at is null) then
      code := 'already-known'; -- the site named another row; or nothing of it was filled or pressed
      return;
    end if;
    select * into v_owner from private.owner_of(t, v_row);
    if v_owner.target_id is not null then
      if v_owner.proof is distinct from 'likeness' or e ->> 'by' = 'likeness' then
        code := 'row-taken';
        return;
      end if;
      reopens := v_owner.target_id;
    end if;
    if t.closed_at is not null and e ->> 'by' = 'likeness' then
      -- What looks like it weeks later may be something else: asked, not decided.
      if t.state in ('failed', 'cancelled') then
        t := private.posting_late(t, jsonb_build_array(jsonb_build_object('externalId', v_row, 'url', e ->> 'url',
          'title', '', 'priceText', '', 'status', 'active')), v_now);
      else
        code := 'already-known';
      end if;
      reopens := null;
      return;
    end if;
    t := private.posting_done(t, jsonb_build_object('externalId', v_row, 'url', coalesce(e ->> 'url', t.sign ->> 'url'),
      'by', e ->> 'by', 'status', e ->> 'status'));

  elsif v_kind = 'restored' then
    t.guess := case when t.presses = 0 then 'restored' else t.guess end;
    t.presses := greatest(1, t.presses);
    t.window_ms := greatest(t.window_ms, private.hour_ms());
    t := private.posting_opened(t, v_now, v_now);
    t.fence := null;
    t.permit := null; -- there may have been later ones
    t.ending := private.ending('restored');

  elsif v_kind = 'row-lost' then
    t := private.posting_opened(t, v_now, v_now);
    t.permit := null; -- what it was taken for may be its own after all
    t.listing := null;
    t.ending := private.ending('row-lost');

  elsif v_kind = 'late-row' then
    if t.closed_at is null then
      code := 'already-known';
      return;
    end if;
    t := private.posting_late(t, e -> 'candidates', v_now);
  end if;
end
$$;

-- What looks like it after it ended may be something else: asked, not decided.
create function private.posting_late(t public.job_targets, p_candidates jsonb, p_now timestamptz)
returns public.job_targets language plpgsql immutable set search_path = ''
as $$
begin
  t.unsettled_at := coalesce(t.unsettled_at, t.closed_at);
  return private.posting_asked(t, 'there', private.ending('late-row'), p_candidates, p_now);
end
$$;

-- A row proves it.
create function private.posting_done(t public.job_targets, p_listing jsonb)
returns public.job_targets language plpgsql immutable set search_path = ''
as $$
begin
  t.state := 'done';
  t.listing := p_listing;
  t.question := null;
  t.unsettled_at := null;
  t.absent_at := null;
  t.cancel_asked := false;
  t.closed_at := null;
  t.ending := case when t.presses = 0 then private.ending('already-listed') end;
  return t;
end
$$;

-- Looks for what may have been posted. Absence is two agreeing readings after the window; it asks, it does not press.
create function private.play_look(inout t public.job_targets, e jsonb, k private.keeper, out code text)
language plpgsql volatile set search_path = ''
as $$
declare
  v_now constant timestamptz := k.now;
  v_unsettled constant timestamptz := coalesce(t.unsettled_at, v_now);
  v_window_ends timestamptz;
begin
  if not private.is_held(t, e, k) then
    code := 'stale-fence';
    return;
  end if;
  t.fence := null;
  t.run_until := null;
  t.run_at := v_now + private.milliseconds(e -> 'againInMs');
  if e ->> 'kind' = 'unreadable' then
    return;
  end if;
  -- Seen once is seen.
  t.unexplained := t.unexplained || coalesce((select jsonb_agg(r) from jsonb_array_elements(e -> 'unexplained') r
    where not t.unexplained @> jsonb_build_array(jsonb_build_object('externalId', r -> 'externalId'))), '[]');
  v_window_ends := v_unsettled + make_interval(secs => t.window_ms / 1000.0);
  -- Whatever the host's clock says: a reading is taken after its claim, and before it is told of.
  if coalesce(t.claimed_at, '-infinity') <= v_window_ends then
    return;
  elsif t.absent_at is null then
    t.absent_at := v_now;
    return;
  elsif t.claimed_at < t.absent_at + private.posting_limit('agree') then
    return;
  elsif t.sign is not null and v_now < v_unsettled + private.posting_limit('day') then
    return; -- the site's own word outranks its list for a day
  elsif v_now < t.quiet_until then
    return;
  elsif t.sign is not null then
    t := private.posting_asked(t, 'there', private.ending('said-listed'), t.unexplained, v_now);
  elsif jsonb_array_length(t.unexplained) > 0 then
    t := private.posting_asked(t, 'there', jsonb_build_object('code', 'unexplained-rows',
      'count', jsonb_array_length(t.unexplained)), t.unexplained, v_now);
  elsif t.cancel_asked then
    t := private.posting_cancelled(t, v_now);
  elsif t.mode = 'publish' and t.absence_proves and t.presses < private.posting_most('presses') and t.permit is not null
      and (t.permit ->> 'attempt')::int > t.settled_attempts and not private.is_item_open(t) then
    t.consent := t.permit -> 'consent';
    t.unsettled_at := null;
    t.absent_at := null;
    t := private.posting_queued(t, v_now);
    t.settled_attempts := t.permits;
    t.decide_by := v_now + private.posting_limit('hour');
    t.ending := private.ending('not-found');
  else
    t := private.posting_asked(t, 'there',
      private.ending(case when private.is_press_unknown(t) then 'restored' else 'not-found' end), '[]', v_now);
  end if;
end
$$;

-- The answers a question takes; core/posting/answers.ts is the same list, and what the buttons are made of.
create function private.answers_to(t public.job_targets) returns text[]
language sql immutable set search_path = ''
as $$
  select case when t.state = 'needs_human' then
    case t.question ->> 'kind'
      when 'ready' then '{publish}'::text[]
      when 'alike' then '{is-it,another-thing}'
      when 'there' then '{is-it,not-there,wait}'
      when 'stuck' then case when t.driver = 'cloud' then '{go-on,wait}'::text[] else '{go-on,use-cloud,wait}' end
      else case when t.unsettled_at is null then '{go-on}'::text[] else '{go-on,is-it,not-there,wait}' end
    end
  else '{}' end
$$;

-- What a person does: answers, cancels, tries again, takes over.
create function private.play_person(inout t public.job_targets, e jsonb, k private.keeper, out code text,
  out reopens uuid)
language plpgsql volatile set search_path = ''
as $$
declare
  v_now constant timestamptz := k.now;
  v_kind constant text := e ->> 'kind';
  a constant jsonb := e -> 'answer';
  v_answer constant text := e -> 'answer' ->> 'kind';
  v_hour constant interval := private.posting_limit('hour');
  v_window_ends timestamptz;
  v_owner record;
begin
  if v_kind = 'answer' then
    if (t.question ->> 'number')::int is distinct from (e ->> 'question')::int then
      code := 'old-question';
    elsif not v_answer = any (private.answers_to(t)) then
      code := 'no-such-answer';
    elsif v_answer = 'publish' then
      t := private.posting_queued(t, v_now);
      t.consent := jsonb_build_object('kind', 'publish', 'hash', a ->> 'hash');
      t.decide_by := v_now + v_hour;
      t.ending := null;
    elsif v_answer = 'is-it' then
      select * into v_owner from private.owner_of(t, a ->> 'externalId');
      if v_owner.target_id is not null and v_owner.proof is distinct from 'likeness' then
        code := 'row-taken';
        return;
      end if;
      reopens := v_owner.target_id;
      t := private.posting_done(t, jsonb_build_object('externalId', a ->> 'externalId', 'url', a ->> 'url',
        'by', 'person', 'status', (select c ->> 'status' from jsonb_array_elements(t.question -> 'candidates') c
          where c ->> 'externalId' = a ->> 'externalId' limit 1)));
    elsif v_answer = 'another-thing' then
      t := private.posting_dismissed(t);
      t := private.posting_queued(t, v_now);
      t.decide_by := v_now + v_hour;
      t.ending := null;
    elsif v_answer = 'not-there' then
      v_window_ends := coalesce(t.unsettled_at, 'epoch') + make_interval(secs => t.window_ms / 1000.0);
      if v_now < v_window_ends then
        t := private.posting_looked_for(t, v_window_ends); -- nobody can know yet: asked again after the window
        t.decide_by := greatest(t.decide_by, v_window_ends + v_hour);
        return;
      end if;
      t := private.posting_dismissed(t);
      if (a ->> 'again')::boolean then
        t := private.posting_pressed_again(t, jsonb_build_object('kind', 'again', 'hash', null), v_now);
      else
        t := private.posting_closed(t, 'failed', private.ending('not-there-said-person'), v_now);
        t.settled_attempts := t.permits;
      end if;
    elsif v_answer = 'wait' then
      if t.unsettled_at is null then
        t := private.posting_queued(t, v_now);
      else
        t := private.posting_looked_for(t, v_now + private.posting_limit('first_look'));
        t.quiet_until := v_now + private.posting_limit('day');
      end if;
      t.decide_by := v_now + private.posting_limit('day');
    elsif v_answer = 'go-on' then
      if t.unsettled_at is null then
        -- Where nothing went on for an hour by itself, it is not asked about every hour.
        t.decide_by := v_now + case when t.question ->> 'kind' = 'stuck' then private.posting_limit('day') else v_hour end;
        t := private.posting_queued(t, v_now);
        t.ending := null;
      else
        t := private.posting_looked_for(t, v_now);
        t.decide_by := private.look_until(t, v_now);
      end if;
    elsif v_answer = 'use-cloud' then
      if not k.cloud_ready then
        code := 'not-yours';
        return;
      end if;
      t := private.posting_queued(t, v_now);
      t.driver := 'cloud';
      t.decide_by := v_now + v_hour;
      t.ending := null;
    end if;

  elsif v_kind = 'cancel' then
    -- What is driven, or may have been pressed, is not cancelled by saying so: it is a wish until that is known.
    if t.state in ('claimed', 'filling', 'submitting', 'unknown') then
      t.cancel_asked := true;
    elsif t.unsettled_at is not null and t.closed_at is null then
      t := private.posting_looked_for(t, v_now);
      t.cancel_asked := true;
      t.decide_by := private.look_until(t, v_now);
    else
      t := private.posting_cancelled(t, v_now);
    end if;

  elsif v_kind = 'retry' then
    if private.successor_of(t) is not null then
      code := 'superseded';
      return;
    end if;
    t := private.posting_pressed_again(t, case when t.mode = 'publish' then jsonb_build_object('kind',
      case when t.presses > 0 then 'again' else 'start' end, 'hash', null) end, v_now);

  elsif v_kind = 'take-over' then
    if e ->> 'driver' = 'cloud' and not k.cloud_ready then
      code := 'not-yours';
    elsif t.unsettled_at is not null then
      if t.state <> 'needs_human' then
        code := 'state';
        return;
      end if;
      t := private.posting_looked_for(t, v_now);
      t.driver := e ->> 'driver';
      t.decide_by := private.look_until(t, v_now);
    else
      t := private.posting_queued(t, v_now);
      t.driver := e ->> 'driver';
      t.tab_claimed := e ->> 'driver' = 'tab' and t.tab_claimed;
      t.fallback_at := null;
      t.decide_by := v_now + v_hour;
      t.ending := null;
    end if;
  end if;
end
$$;

create function private.look_until(t public.job_targets, p_now timestamptz) returns timestamptz
language sql immutable set search_path = ''
as $$
  select case when t.sign is not null and t.unsettled_at is not null
    then greatest(p_now + private.posting_limit('hour'), t.unsettled_at + private.posting_limit('day'))
    else p_now + private.posting_limit('hour') end
$$;

create function private.posting_looked_for(t public.job_targets, p_run_at timestamptz) returns public.job_targets
language plpgsql immutable set search_path = ''
as $$
begin
  t.state := 'unknown';
  t.fence := null;
  t.question := null;
  t.run_at := p_run_at;
  return t;
end
$$;

create function private.posting_dismissed(t public.job_targets) returns public.job_targets
language plpgsql immutable set search_path = ''
as $$
begin
  select coalesce(jsonb_agg(id order by at), '[]') into t.dismissed from (
    select id, min(at) as at from (
      select id, at from jsonb_array_elements_text(t.dismissed) with ordinality as d (id, at)
      union all
      select c ->> 'externalId', 100000 + at
      from jsonb_array_elements(coalesce(t.question -> 'candidates', '[]')) with ordinality as q (c, at)
      union all
      select c ->> 'externalId', 200000 + at from jsonb_array_elements(t.unexplained) with ordinality as u (c, at)
    ) rows group by id) known;
  return t;
end
$$;

-- Starts over with nothing unproven, for the consent given now.
create function private.posting_pressed_again(t public.job_targets, p_consent jsonb, p_now timestamptz)
returns public.job_targets language plpgsql immutable set search_path = ''
as $$
begin
  t := private.posting_queued(t, p_now);
  t.consent := p_consent;
  t.settled_attempts := t.permits;
  t.unsettled_at := null;
  t.absent_at := null;
  t.quiet_until := null;
  t.sign := null;
  t.unexplained := '[]';
  t.permit := null;
  t.filled_at := null;
  t.closed_at := null;
  t.cancel_asked := false;
  t.attempt := 0;
  t.crashes := 0;
  t.decide_by := p_now + private.posting_limit('hour');
  t.ending := null;
  return t;
end
$$;
