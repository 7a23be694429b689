-- As core/posting/apply-evidence.ts.

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
  v_first boolean;
begin
  if v_kind = 'pressed' then
    if (e ->> 'attempt')::int <= t.settled_attempts then
      code := 'already-known';
      return;
    end if;
    -- Its permit was given before a power cut, or by a record that was put back: it is found anew. It is the one that was
    -- guessed, and with which words it went out is not on record.
    if (e ->> 'attempt')::int > t.permits then
      t.permits := (e ->> 'attempt')::int;
      t.presses := t.presses + (t.guess is distinct from 'restored')::int;
      t.guess := nullif(t.guess, 'restored');
      t.marker := null;
      t.twin := null;
      t.permit := null;
      t.consent := null;
      t.window_ms := greatest(t.window_ms, private.hour_ms());
    end if;
    t := private.posting_opened(t, coalesce((t.permit ->> 'until')::timestamptz, v_now), v_now);
    t.ending := private.ending('no-answer');

  elsif v_kind = 'pressed-by-person' then
    -- Told of when it was asked for: this is that press.
    v_told := t.guess is not distinct from 'told';
    v_first := t.presses = 0 or v_told;
    t.reworded := case when v_told then t.reworded else private.is_reworded(t, e -> 'marker') end;
    t.presses := t.presses + (not v_told)::int;
    t.guess := case when v_told then null else t.guess end;
    t.consent := null;
    t.permit := null; -- unused or not, it settles nothing any more
    t.marker := coalesce(case when not v_first then t.marker end, e -> 'marker');
    t.twin := coalesce(case when not v_first then t.twin end, e -> 'twin');
    t.baseline := coalesce(t.baseline, nullif(e -> 'baseline', 'null'));
    t.window_ms := greatest(case when v_told then 0 else t.window_ms end, (e -> 'policy' ->> 'windowMs')::bigint);
    t.absence_proves := (e -> 'policy' ->> 'absenceProves')::boolean;
    t := private.posting_opened(t, v_now, v_now);
    t.ending := private.ending('no-answer');

  elsif v_kind = 'form-stands' then
    -- It can be pressed from now on, without anybody hearing of it: what has ended is watched for as well.
    if t.filled_at is not null then
      code := 'already-known';
      return;
    end if;
    t.filled_at := v_now;
    t := private.posting_words_of_form(t, e);
    if t.presses = 0 then
      t.baseline := coalesce(t.baseline, nullif(e -> 'baseline', 'null'));
    end if;
    if private.is_final(t.state) then
      t.closed_at := coalesce(t.closed_at, v_now);
      t.ending := case when t.ending ->> 'code' = 'cancelled' then t.ending || '{"filled": true}' else t.ending end;
    end if;

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
        or private.is_final(t.state) and t.closed_at is null) then
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
    if t.presses = 0 then
      t.presses := 1;
      t.guess := 'restored';
      t.marker := null;
      t.twin := null;
    end if;
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
