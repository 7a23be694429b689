-- How often a person may ask. The numbers are the service's own and live here: whoever calls names a budget and nothing
-- else, and every way to make a job goes through one. An operator changes them with SQL: `update private.budgets ...`.

create table private.budgets (
  -- The operation id of a route (server/routes).
  bucket text primary key check (bucket ~ '^[a-z][a-z-]{1,99}$'),
  per_window integer not null check (per_window > 0),
  window_seconds integer not null default 60 check (window_seconds between 1 and 86400)
);
insert into private.budgets (bucket, per_window) values
  ('list-accounts', 120), ('connect-account', 30), ('disconnect-account', 30), ('verify-account', 30),
  ('list-jobs', 240), ('get-job', 240), ('create-job', 120), ('cancel-job', 60), ('retry-job', 60),
  ('answer-target', 120), ('cancel-target', 120), ('retry-target', 120), ('take-over-target', 120);

-- One row per person and budget: a new window overwrites the old one, so nothing piles up.
create table private.budget_use (
  user_id uuid not null references auth.users (id) on delete cascade,
  bucket text not null references private.budgets (bucket) on delete cascade,
  window_start timestamptz not null,
  used integer not null,
  primary key (user_id, bucket)
);
create index budget_use_bucket on private.budget_use (bucket);

alter table private.budgets enable row level security;
alter table private.budget_use enable row level security;
create policy "functions only" on private.budgets for all to authenticated using (false);
create policy "functions only" on private.budget_use for all to authenticated using (false);

-- Fixed windows, one atomic statement: holds over any number of API instances.
create function private.take_budget(p_bucket text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_budget private.budgets;
  v_start timestamptz;
  v_used integer;
begin
  if (select auth.uid()) is null then
    perform private.refuse('HK403', 'sign in first');
  end if;
  select * into v_budget from private.budgets b where b.bucket = p_bucket;
  if not found then
    perform private.refuse('HK400', 'there is no such budget', 'Name an operation of the API.');
  end if;
  v_start := to_timestamp(floor(extract(epoch from now()) / v_budget.window_seconds) * v_budget.window_seconds);
  insert into private.budget_use as u (user_id, bucket, window_start, used)
  values ((select auth.uid()), p_bucket, v_start, 1)
  on conflict (user_id, bucket) do update set window_start = excluded.window_start,
    used = case when u.window_start = excluded.window_start then least(u.used + 1, v_budget.per_window + 1) else 1 end
  returning u.used into v_used;
  return jsonb_build_object('allowed', v_used <= v_budget.per_window, 'limit', v_budget.per_window,
    'remaining', greatest(0, v_budget.per_window - v_used),
    'reset_at', v_start + make_interval(secs => v_budget.window_seconds));
end
$$;
create function public.take_budget(p_bucket text) returns jsonb
language sql security invoker set search_path = '' as $$ select private.take_budget(p_bucket) $$;

-- The same bounds as the API's schema (core/api/jobs.ts), for whoever asks past it.
create function private.refuse_unbounded_job(p_request jsonb) returns void
language plpgsql volatile set search_path = ''
as $$
declare
  v_targets integer := case when jsonb_typeof(p_request -> 'targets') = 'array'
    then jsonb_array_length(p_request -> 'targets') else 0 end;
  v_field text;
begin
  if v_targets not between 1 and 50 then
    perform private.refuse('HK400', 'a job has 1 to 50 targets', 'Send targets: [{accountId, platform}].');
  elsif coalesce(p_request ->> 'action', 'list') not in ('list', 'verify') then
    perform private.refuse('HK400', 'action is "list" or "verify"');
  elsif private.is_integer(p_request -> 'priority', -10, 10) is false then
    perform private.refuse('HK400', 'priority is a whole number between -10 and 10');
  elsif private.is_integer(p_request -> 'fallbackAfterSeconds', 0, 86400) is false then
    perform private.refuse('HK400', 'fallbackAfterSeconds is a whole number between 0 and 86400');
  elsif private.is_near(p_request -> 'runAt', interval '2 years') is false then
    perform private.refuse('HK400', 'runAt is a time within two years of now', 'Send it as in 2026-01-31T12:00:00Z.');
  elsif length(p_request ->> 'city') > 100 then
    perform private.refuse('HK400', 'city has at most 100 characters');
  elsif jsonb_typeof(p_request -> 'item') not in ('object', 'null')
    or jsonb_typeof(p_request -> 'item') = 'object' and p_request #>> '{item,id}' is null then
    perform private.refuse('HK400', 'item is an object with an id');
  elsif length(p_request::text) > 524288 then
    perform private.refuse('HK400', 'the request is larger than 512 kB');
  end if;
  foreach v_field in array '{again,pressed}'::text[] loop
    if jsonb_typeof(p_request -> v_field) not in ('boolean', 'null') then
      perform private.refuse('HK400', v_field || ' is true or false');
    end if;
  end loop;
end
$$;

-- The one way to a job, in one round trip: the budget is taken and the job created by one call. A refusal comes back as
-- data instead of an error, because an error would give the budget back and make failing requests free of charge.
create function private.request_job(p_request jsonb, p_idempotency_key text, p_body_hash text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_budget jsonb := private.take_budget(
    case when p_request ->> 'action' = 'verify' then 'verify-account' else 'create-job' end);
  v_code text;
  v_message text;
  v_hint text;
begin
  if not (v_budget ->> 'allowed')::boolean then
    return jsonb_build_object('budget', v_budget);
  end if;
  begin
    perform private.refuse_unbounded_job(p_request);
    return private.create_job(p_request, p_idempotency_key, p_body_hash) || jsonb_build_object('budget', v_budget);
  exception when others then
    get stacked diagnostics v_code = returned_sqlstate, v_message = message_text, v_hint = pg_exception_hint;
    if v_code like '22%' or v_code in ('23502', '23514') then -- an id that is none, an item that no row can hold
      v_hint := v_message;
      v_message := 'the request holds a value of the wrong form';
      v_code := 'HK400';
    elsif v_code not like 'HK%' then
      raise;
    end if;
    return jsonb_build_object('budget', v_budget,
      'refusal', jsonb_build_object('code', v_code, 'message', v_message, 'hint', v_hint));
  end;
end
$$;
create function public.request_job(p_request jsonb, p_idempotency_key text, p_body_hash text) returns jsonb
language sql security invoker set search_path = ''
as $$ select private.request_job(p_request, p_idempotency_key, p_body_hash) $$;

grant execute on function private.take_budget(text), public.take_budget(text),
  private.request_job(jsonb, text, text), public.request_job(jsonb, text, text) to authenticated;
