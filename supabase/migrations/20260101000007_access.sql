-- Who may do what. Grants say which verbs and columns exist for a role at all; policies say which rows.
-- viewer reads; operator also edits items and runs jobs; admin and owner also manage members.
-- Jobs, targets, events, leases and fences are written by functions only: no API role may touch their rows directly.

do $$
declare
  t record;
begin
  for t in select c.oid::regclass as name from pg_class c
           where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p') loop
    execute format('alter table %s enable row level security', t.name);
    execute format('revoke all on table %s from public, anon, authenticated, service_role', t.name);
  end loop;
end
$$;
revoke all on all sequences in schema public from public, anon, authenticated, service_role;
revoke all on all sequences in schema private from public, anon, authenticated, service_role;

-- workspaces and members
grant select on public.workspaces to authenticated;
grant update (name) on public.workspaces to authenticated;
create policy "members read" on public.workspaces for select to authenticated
  using (id in (select private.readable_workspaces()));
create policy "managers rename" on public.workspaces for update to authenticated
  using (id in (select private.managed_workspaces())) with check (id in (select private.managed_workspaces()));

-- Nobody makes somebody else a member: their rows and accounts would be the workspace's without their word.
grant select, delete on public.workspace_members to authenticated;
grant update (role) on public.workspace_members to authenticated;
create policy "members read" on public.workspace_members for select to authenticated
  using (workspace_id in (select private.readable_workspaces()));
create policy "managers change, only owners touch owners" on public.workspace_members for update to authenticated
  using (workspace_id in (select private.managed_workspaces())
    and (role <> 'owner' or workspace_id in (select private.my_workspaces('{owner}'))))
  with check (workspace_id in (select private.managed_workspaces())
    and (role <> 'owner' or workspace_id in (select private.my_workspaces('{owner}'))));
create policy "managers remove, anyone leaves" on public.workspace_members for delete to authenticated
  using (user_id = (select auth.uid())
    or (workspace_id in (select private.managed_workspaces())
      and (role <> 'owner' or workspace_id in (select private.my_workspaces('{owner}')))));

-- inventory
grant select, insert, update, delete on public.items, public.item_photos to authenticated;
create policy "members read" on public.items for select to authenticated
  using (workspace_id in (select private.readable_workspaces()));
create policy "editors add" on public.items for insert to authenticated
  with check (workspace_id in (select private.editable_workspaces()));
create policy "editors change" on public.items for update to authenticated
  using (workspace_id in (select private.editable_workspaces()))
  with check (workspace_id in (select private.editable_workspaces()));
create policy "editors remove" on public.items for delete to authenticated
  using (workspace_id in (select private.editable_workspaces()));

create policy "members read" on public.item_photos for select to authenticated
  using (workspace_id in (select private.readable_workspaces()));
create policy "editors add" on public.item_photos for insert to authenticated
  with check (workspace_id in (select private.editable_workspaces()));
create policy "editors change" on public.item_photos for update to authenticated
  using (workspace_id in (select private.editable_workspaces()))
  with check (workspace_id in (select private.editable_workspaces()));
create policy "editors remove" on public.item_photos for delete to authenticated
  using (workspace_id in (select private.editable_workspaces()));

-- accounts: every column but the sealed session
grant select (id, user_id, workspace_id, platform, handle, login_key, login_proven_at, display_name, status, status_reason, replay,
    cloud_allowed, last_verified_at, last_action_at, session_meta, session_version, session_expires_at, consent_id, device_id,
    created_at, updated_at)
  on public.platform_accounts to authenticated, hawker_worker;
grant update (display_name, cloud_allowed) on public.platform_accounts to authenticated;
create policy "members read" on public.platform_accounts for select to authenticated
  using (workspace_id in (select private.readable_workspaces()));
create policy "editors change" on public.platform_accounts for update to authenticated
  using (workspace_id in (select private.editable_workspaces()))
  with check (workspace_id in (select private.editable_workspaces()));

-- A device's key is told once and never changed: a changed key would let somebody else sign in its name.
grant select, insert on public.devices to authenticated;
grant update (name, revoked_at) on public.devices to authenticated;
create policy "own devices" on public.devices for select to authenticated using (user_id = (select auth.uid()));
create policy "add own" on public.devices for insert to authenticated
  with check (user_id = (select auth.uid()) and workspace_id in (select private.editable_workspaces()));
create policy "change own" on public.devices for update to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

grant select on public.consents to authenticated;
create policy "members read" on public.consents for select to authenticated
  using (workspace_id in (select private.readable_workspaces()));

grant select on public.listings to authenticated;
grant update (status, item_id) on public.listings to authenticated;
create policy "members read" on public.listings for select to authenticated
  using (workspace_id in (select private.readable_workspaces()));
create policy "editors change" on public.listings for update to authenticated
  using (workspace_id in (select private.editable_workspaces()))
  with check (workspace_id in (select private.editable_workspaces()));

-- jobs: read only; create_job and the driver functions write
grant select on public.listing_jobs, public.job_targets, public.listing_job_events to authenticated;
create policy "members read" on public.listing_jobs for select to authenticated
  using (workspace_id in (select private.readable_workspaces()));
create policy "members read" on public.job_targets for select to authenticated
  using (workspace_id in (select private.readable_workspaces()));
create policy "members read" on public.listing_job_events for select to authenticated
  using (workspace_id in (select private.readable_workspaces()));

grant select on public.account_leases, public.posting_events to authenticated;
create policy "members read" on public.account_leases for select to authenticated
  using (account_id in (select a.id from public.platform_accounts a));
create policy "members read" on public.posting_events for select to authenticated
  using (workspace_id in (select private.readable_workspaces()));

grant select on public.audit_log to authenticated;
create policy "managers read" on public.audit_log for select to authenticated
  using (workspace_id in (select private.managed_workspaces()));

-- Touched by functions only. The policies say so out loud.
create policy "functions only" on public.idempotency_keys for all to authenticated using (false);
create policy "functions only" on private.session_high_water for all to authenticated using (false);
create policy "functions only" on private.worker_heartbeats for all to authenticated using (false);
create policy "functions only" on private.job_tallies for all to authenticated using (false);
create policy "functions only" on private.posting_moves for all to authenticated using (false);

-- The worker reads what a task needs (never the sealed session) and writes through functions.
grant select on public.items, public.item_photos, public.devices, public.consents, public.listings,
  public.listing_jobs, public.job_targets, public.account_leases, public.posting_events to hawker_worker;
create policy "worker reads" on public.items for select to hawker_worker using (true);
create policy "worker reads" on public.item_photos for select to hawker_worker using (true);
create policy "worker reads" on public.platform_accounts for select to hawker_worker using (true);
create policy "worker reads" on public.devices for select to hawker_worker using (true);
create policy "worker reads" on public.consents for select to hawker_worker using (true);
create policy "worker reads" on public.listings for select to hawker_worker using (true);
create policy "worker reads" on public.listing_jobs for select to hawker_worker using (true);
create policy "worker reads" on public.job_targets for select to hawker_worker using (true);
create policy "worker reads" on public.account_leases for select to hawker_worker using (true);
create policy "worker reads" on public.posting_events for select to hawker_worker using (true);

grant select on private.posting_moves to hawker_worker;
create policy "worker reads" on private.posting_moves for select to hawker_worker using (true);
