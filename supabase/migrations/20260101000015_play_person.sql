-- As core/posting/apply-person.ts and answers.ts.

-- The answers a question takes; core/posting/answers.ts is the same list, and what the buttons are made of.
create function private.answers_to(t public.job_targets) returns text[]
language sql immutable set search_path = ''
as $$
  select case when t.state = 'needs_human' then
    case t.question ->> 'kind'
      when 'ready' then '{publish}'::text[]
      when 'alike' then '{is-it,another-thing}'
      when 'there' then case when t.sign is not null and t.ending ->> 'code' = 'unexplained-rows' then '{is-it,wait}'::text[]
        else '{is-it,not-there,wait}' end
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
      t := private.posting_dismissed(t, true);
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
      t := private.posting_dismissed(t, true);
      if (a ->> 'again')::boolean then
        t := private.posting_pressed_again(t, jsonb_build_object('kind', 'again', 'hash', null), v_now);
      else
        t := private.posting_closed(t, 'failed', private.ending('not-there-said-person'), v_now);
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
    if private.is_active(t.state) then
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

create function private.posting_dismissed(t public.job_targets, p_unexplained boolean) returns public.job_targets
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
      where p_unexplained
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
