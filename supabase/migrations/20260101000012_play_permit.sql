-- As core/posting/apply-permit.ts.

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
    t.reworded := private.is_reworded(t, e -> 'marker');
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
    elsif (e ->> 'attempt')::int <= t.settled_attempts or t.sign is not null then
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
  elsif t.question ->> 'kind' in ('stop', 'field') then
    -- What a page asks of a person is asked all the same: nobody has answered it.
    t.absent_at := null;
  elsif t.permits - t.presses >= private.posting_most('given_back') then
    t := private.posting_asked(t, 'field', private.ending('permits-aged'), '[]', v_now);
    t.absent_at := null;
  else
    t := private.posting_queued(t, v_now);
    t.ending := private.ending('permit-void');
    t.decide_by := greatest(t.decide_by, v_now + private.posting_limit('hour'));
    t.absent_at := null;
  end if;
end
$$;
