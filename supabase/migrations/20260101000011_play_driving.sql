-- As core/posting/apply-driving.ts.

-- Claims, runs that end, leases that lapse, and the hour.
create function private.play_driving(inout t public.job_targets, e jsonb, k private.keeper, out code text)
language plpgsql volatile set search_path = ''
as $$
declare
  v_kind constant text := e ->> 'kind';
  v_now constant timestamptz := k.now;
  v_awaited boolean;
  v_struck record;
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
      -- A run that ends every time before it has ended anything is claimed again at once: nobody would see it queued by its hour.
      if t.ending ->> 'code' = 'interrupted' then
        v_struck := private.play_driving(t, '{"kind": "hour"}', k);
        if v_struck.code is null then
          t := v_struck.t;
          return;
        end if;
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
    if v_now < t.decide_by or private.is_behind(t, k.served_at, v_now) then
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

  if v_kind = 'taken-away' then
    if t.driver <> 'cloud' then
      code := 'not-yours';
      return;
    end if;
    t := private.posting_asked(t, 'stuck', jsonb_build_object('code', 'stuck', 'last', private.ending('cloud-off')), '[]', v_now);
    t.claimed_at := v_now;
    return;
  elsif v_kind = 'works-again' then
    if coalesce(t.ending ->> 'code' in ('account', 'resting'), false) and t.driver = 'cloud' and t.run_at > v_now then
      t.run_at := v_now;
    else
      code := 'already-known';
    end if;
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
    t := private.posting_words_of_form(t, e);
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
