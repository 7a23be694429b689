-- Circuit breakers of the worker: a channel or an account that keeps failing rests for a while.
-- A scope is `channel:<platform>` or `account:<id>`. Only failures that may pass are counted (a site that does not
-- answer, a browser that died): what needs a person is not retried anyway.

create table private.circuit_breakers (
  scope text primary key check (length(scope) <= 100),
  failures integer not null default 1,
  closed_until timestamptz,
  changed_at timestamptz not null default now()
);
alter table private.circuit_breakers enable row level security;
revoke all on table private.circuit_breakers from public, anon, authenticated, service_role;
create policy "functions only" on private.circuit_breakers for all to authenticated using (false);

create function public.worker_breaker(p_scopes text[]) returns timestamptz
language sql stable security definer set search_path = ''
as $$
  select max(b.closed_until) from private.circuit_breakers b
  where b.scope = any (p_scopes) and b.closed_until > clock_timestamp()
$$;

-- A success forgets everything. An account rests after 3 failures in a row, a channel after 10: 30 seconds, doubling up
-- to half an hour. Failures older than an hour count for nothing.
create function public.worker_breaker_note(p_scopes text[], p_ok boolean) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if p_ok then
    delete from private.circuit_breakers b where b.scope = any (p_scopes);
    return;
  end if;
  insert into private.circuit_breakers as b (scope) select s from unnest(p_scopes) s order by s
  on conflict (scope) do update set
    failures = case when b.changed_at < now() - interval '1 hour' then 1 else b.failures + 1 end,
    changed_at = now();
  update private.circuit_breakers b set closed_until = clock_timestamp() + least(interval '30 minutes',
      interval '30 seconds' * power(2, least(10, b.failures - l.most)))
  from (select s, case when s like 'channel:%' then 10 else 3 end as most from unnest(p_scopes) s) l
  where b.scope = l.s and b.failures >= l.most;
end
$$;

revoke all on function public.worker_breaker(text[]), public.worker_breaker_note(text[], boolean)
  from public, anon, authenticated, service_role;
grant execute on function public.worker_breaker(text[]), public.worker_breaker_note(text[], boolean) to hawker_worker;
