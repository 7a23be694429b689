-- Circuit breakers of the worker: an account, or a whole channel, that keeps failing rests for a while.
-- One seller's trouble is theirs: a channel rests only when accounts of several sellers fail there in a row. Only failures
-- that may pass are counted (a site that does not answer); what needs a person is not retried anyway.

create table private.circuit_breakers (
  account_id uuid primary key references public.platform_accounts (id) on delete cascade,
  failures integer not null default 1,
  rests_until timestamptz,
  failed_at timestamptz not null default private.clock()
);
alter table private.circuit_breakers enable row level security;
revoke all on table private.circuit_breakers from public, anon, authenticated, service_role;
create policy "functions only" on private.circuit_breakers for all to authenticated using (false);
create index circuit_breakers_failed on private.circuit_breakers (failed_at);

-- When this account may be driven again, or null when it may now. An account rests after 3 failures in a row: 30 seconds,
-- doubling up to half an hour. A channel rests while at least three accounts of two workspaces do.
create function public.worker_breaker(p_account_id uuid) returns timestamptz
language sql stable security definer set search_path = ''
as $$
  select max(until) from (
    select b.rests_until as until from private.circuit_breakers b
    where b.account_id = p_account_id and b.rests_until > private.clock()
    union all
    select min(b.rests_until) from private.circuit_breakers b
    join public.platform_accounts a on a.id = b.account_id
    where b.rests_until > private.clock()
      and a.platform = (select o.platform from public.platform_accounts o where o.id = p_account_id)
    having count(*) >= 3 and count(distinct a.workspace_id) >= 2
  ) rests
$$;

-- A success forgets everything. Failures older than an hour count for nothing.
create function public.worker_breaker_note(p_account_id uuid, p_ok boolean) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if p_ok then
    delete from private.circuit_breakers b where b.account_id = p_account_id;
    return;
  end if;
  insert into private.circuit_breakers as b (account_id) values (p_account_id)
  on conflict (account_id) do update set
    failures = case when b.failed_at < private.clock() - interval '1 hour' then 1 else b.failures + 1 end,
    failed_at = private.clock();
  update private.circuit_breakers b set rests_until = private.clock()
    + least(interval '30 minutes', interval '30 seconds' * power(2, least(10, b.failures - 3)))
  where b.account_id = p_account_id and b.failures >= 3;
end
$$;

revoke all on function public.worker_breaker(uuid), public.worker_breaker_note(uuid, boolean)
  from public, anon, authenticated, service_role;
grant execute on function public.worker_breaker(uuid), public.worker_breaker_note(uuid, boolean) to hawker_worker;
