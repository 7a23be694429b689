-- Two loose ends of driving from the cloud.

-- A cloud target that found its account busy waits for the lease's end. When the lease is given back earlier, the queue
-- entry comes due at once: pickup follows the release, not the clock.
create function private.wake_waiting_targets() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_target public.job_targets;
begin
  for v_target in
    select t.* from public.job_targets t
    where t.account_id = old.account_id and t.state = 'queued' and t.driver = 'cloud' and t.run_at <= now()
      and exists (select from graphile_worker.jobs q
        where q.key = t.id::text and q.run_at > now() and q.locked_at is null and q.attempts = 0)
    order by t.id limit 1
  loop
    perform private.enqueue_target(v_target, now(), 0);
  end loop;
  return null;
end
$$;
create trigger wake_waiting_targets after delete on public.account_leases
for each row execute function private.wake_waiting_targets();

-- A due cloud target whose account may no longer be used from the cloud would be offered again for ever.
create function public.worker_refuse_target(p_target_id uuid, p_reason text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_target public.job_targets;
begin
  update public.job_targets t set state = 'failed', state_reason = p_reason
  where t.id = p_target_id and t.state = 'queued' and t.driver = 'cloud' returning * into v_target;
  if found then
    perform private.append_event(v_target, 'error', 'Failed: ' || p_reason, null);
  end if;
end
$$;
revoke all on function public.worker_refuse_target(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.worker_refuse_target(uuid, text) to hawker_worker;
