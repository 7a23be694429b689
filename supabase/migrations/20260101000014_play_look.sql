-- As core/posting/apply-look.ts.

-- Looks for what may have been posted. Absence is two agreeing readings after the window; it asks, and presses only where it proves.
create function private.play_look(inout t public.job_targets, e jsonb, k private.keeper, out code text)
language plpgsql volatile set search_path = ''
as $$
declare
  v_now constant timestamptz := k.now;
  v_unsettled constant timestamptz := coalesce(t.unsettled_at, v_now);
  v_window_ends timestamptz;
  -- The site's own word outranks its list for a day, but for a new row that nobody owns.
  v_is_young_word constant boolean := t.sign is not null
    and v_now < coalesce(t.unsettled_at, v_now) + private.posting_limit('day');
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
  elsif v_is_young_word and jsonb_array_length(t.unexplained) = 0 then
    return;
  elsif v_now < t.quiet_until then
    return;
  elsif t.sign is not null and not v_is_young_word then
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
