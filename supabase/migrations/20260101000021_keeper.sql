-- What the keeper of a posting's record knows besides it: who may act on it, whose turn a login's is, what the other postings
-- of the login say. core/posting/keeper.ts is the same for a browser that keeps the record itself.

create function private.may_operate(p_workspace_id uuid) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
  return private.is_worker() or private.is_member(p_workspace_id, '{operator,admin,owner}');
end
$$;

-- Whether the caller may act on this target; refused as if it did not exist when it is somebody else's.
create function private.check_operator(p_workspace_id uuid, p_what text) returns void
language plpgsql stable security definer set search_path = ''
as $$
begin
  if p_workspace_id is not null and private.may_operate(p_workspace_id) then
    return;
  elsif p_workspace_id is not null and private.is_member(p_workspace_id, '{viewer}') then
    perform private.refuse('HK403', 'your role in this workspace may not run jobs', 'Ask an owner for the operator role.');
  else
    perform private.refuse('HK404', 'no such ' || p_what, 'Check the id.');
  end if;
end
$$;

-- Who has a login's lock may change its postings, its lease and its entries in the queue. Locks are taken in this order:
-- logins, by their scope; targets; the tallies of jobs, by their id. The sweep never waits for one.
create function private.lock_login(p_login_scope text) returns void
language plpgsql volatile set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('hawker login ' || p_login_scope, 0));
end
$$;
create function private.try_lock_login(p_login_scope text) returns boolean
language plpgsql volatile set search_path = ''
as $$
begin
  return pg_try_advisory_xact_lock(hashtextextended('hawker login ' || p_login_scope, 0));
end
$$;

-- @returns the scope that is locked: while the lock was waited for the login may have become proven.
create function private.lock_account(p_account_id uuid) returns text
language plpgsql volatile set search_path = ''
as $$
declare
  v_scope text;
  v_locked text;
begin
  loop
    select a.login_scope into v_scope from public.platform_accounts a where a.id = p_account_id;
    exit when v_scope is not distinct from v_locked;
    perform private.lock_login(v_scope);
    v_locked := v_scope;
  end loop;
  return v_locked;
end
$$;
create function private.lock_accounts(p_account_ids uuid[]) returns void
language plpgsql volatile set search_path = ''
as $$
declare
  v_account_id uuid;
begin
  for v_account_id in select a.id from public.platform_accounts a where a.id = any (p_account_ids)
      order by a.login_scope, a.id loop
    perform private.lock_account(v_account_id);
  end loop;
end
$$;

-- Whether it stands in the way of another posting of its item. One whose listing was sold or ended does not.
create function private.is_standing(t public.job_targets) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return case t.state
    when 'failed' then false
    when 'cancelled' then false
    when 'done' then not exists (
      select from public.listings l where l.id = t.listing_id and l.status in ('sold', 'ended'))
    else true end;
end
$$;

-- The first posting of an item at a login that is open, unsettled or live; live ones do not count beside which another is
-- wanted. Null when there is none.
create function private.standing_posting(p_login_scope text, p_item_id uuid, p_beside boolean, p_but uuid)
returns public.job_targets
language plpgsql stable set search_path = ''
as $$
declare
  v_first public.job_targets;
begin
  select * into v_first from public.job_targets o
  where o.login_scope = p_login_scope and o.item_id = p_item_id and o.action = 'list' and o.id is distinct from p_but
    and case when p_beside then not private.is_final(o.state) else private.is_standing(o) end
  order by o.created_at limit 1;
  return v_first;
end
$$;

-- The job of another posting of this item and login.
create function private.successor_of(t public.job_targets) returns uuid
language plpgsql stable set search_path = ''
as $$
begin
  return case when t.action = 'list'
    then (private.standing_posting(t.login_scope, t.item_id, t.is_beside, t.id)).job_id end;
end
$$;

-- Another posting of this item and login was pressed, and is unsettled or live.
create function private.is_item_pressed(t public.job_targets) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return t.action = 'list' and t.item_id is not null and exists (
    select from public.job_targets o where o.login_scope = t.login_scope and o.item_id = t.item_id and o.action = 'list'
      and o.id <> t.id and o.presses > 0 and private.is_standing(o));
end
$$;

-- Another posting of this item and login can still be pressed.
create function private.is_item_open(t public.job_targets) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return t.action = 'list' and t.item_id is not null and exists (
    select from public.job_targets o where o.login_scope = t.login_scope and o.item_id = t.item_id and o.action = 'list'
      and o.id <> t.id and private.is_open(o.state));
end
$$;

-- core/posting/marker.ts areTwins, over the keys it made.
create function private.are_twins(a jsonb, b jsonb) returns boolean
language sql immutable set search_path = ''
as $$
  select (starts_with(a ->> 'title', b ->> 'title') or starts_with(b ->> 'title', a ->> 'title'))
    and (a -> 'cents' = '[]' or b -> 'cents' = '[]'
      or exists (select from jsonb_array_elements(a -> 'cents') c where (b -> 'cents') @> c))
$$;

-- Open, with a press of which nothing yet says which row is its.
create function private.is_unclear(t public.job_targets) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return t.unsettled_at is not null and t.sign is null and not private.is_final(t.state);
end
$$;

-- It ended without proof a while ago: its row may still come up.
create function private.is_watched(t public.job_targets) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return coalesce(t.closed_at > private.clock() - private.posting_limit('watch'), false);
end
$$;

-- May have left a row that nobody knows yet: it is unproven, ended without proof, or was pressed more often than found.
create function private.may_have_a_row(t public.job_targets) returns boolean
language sql stable set search_path = ''
as $$
  select case
    when t.state = 'done' then t.presses > 1
    when t.state in ('failed', 'cancelled') then private.is_watched(t)
    else t.unsettled_at is not null or t.presses > 0
  end
$$;

-- Another posting of the login, whose rows could be taken for those of this twin, has a press whose outcome is unclear.
create function private.is_twin_unclear(t public.job_targets, p_twin jsonb) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return exists (select from public.job_targets o
    where o.login_scope = t.login_scope and o.id <> t.id and private.is_unclear(o)
      and (o.twin is null or private.are_twins(o.twin, p_twin)));
end
$$;

-- Whose a row of the account's own list is.
create function private.owner_of(t public.job_targets, p_row text, out target_id uuid, out proof text)
language plpgsql stable set search_path = ''
as $$
begin
  select o.id, o.listing ->> 'by' into target_id, proof from public.job_targets o
  where o.login_scope = t.login_scope and o.id <> t.id and o.state = 'done' and o.listing ->> 'externalId' = p_row
  limit 1;
end
$$;

create function private.is_cloud_ready(a public.platform_accounts) returns boolean
language sql immutable set search_path = ''
as $$ select a.cloud_allowed and a.session_payload_encrypted is not null and a.replay <> 'no' $$;
create function private.is_cloud_ready(p_account_id uuid) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return coalesce((select private.is_cloud_ready(a) from public.platform_accounts a where a.id = p_account_id), false);
end
$$;

-- When the cloud is to see to it by itself: null while it is not the cloud's to see to. Whether it may use the account is asked
-- besides.
create function private.due_for_cloud(t public.job_targets) returns timestamptz
language plpgsql immutable set search_path = ''
as $$
begin
  return case
    when t.state = 'unknown' or t.state = 'queued' and t.driver = 'cloud' then t.run_at
    when t.state = 'queued' and not t.tab_claimed and t.fallback_at is not null then greatest(t.run_at, t.fallback_at) end;
end
$$;

-- When one who may drive it last came for anything at its login: the cloud not for what is a tab's, and no tab for what is the
-- cloud's.
create function private.served_at(t public.job_targets) returns timestamptz
language plpgsql stable set search_path = ''
as $$
begin
  return (select max(o.claimed_at) from public.job_targets o where o.login_scope = t.login_scope
    and (t.fallback_at is not null or o.driver = t.driver));
end
$$;

-- Behind others at a login that is being served, its turn has not come yet; but another browser may be who serves it.
create function private.is_behind(t public.job_targets, p_served_at timestamptz, p_now timestamptz) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return coalesce(t.unsettled_at is null and t.claimed_at is null
    and p_now < p_served_at + private.posting_limit('hour') and p_now < t.decide_by + private.posting_limit('day'), false);
end
$$;

-- Why nothing of it may be published any more.
create function private.gone(t public.job_targets) returns text
language plpgsql stable set search_path = ''
as $$
begin
  if not exists (select from public.platform_accounts a where a.id = t.account_id and a.status <> 'disconnected') then
    return 'disconnected';
  end if;
  if t.action <> 'list' then
    return null;
  end if;
  return nullif(coalesce((select case when i.deleted_at is not null then 'deleted' when i.data -> 'quantity' = '0' then 'sold'
    else '' end from public.items i where i.id = t.item_id), 'deleted'), '');
end
$$;

create function private.keeper_for(t public.job_targets, p_event jsonb) returns private.keeper
language plpgsql volatile set search_path = ''
as $$
declare
  k private.keeper;
  v_kind constant text := p_event ->> 'kind';
begin
  k.now := private.clock();
  if v_kind <> 'claim' then -- a claim is asked with the lease it would take
    select l.fence, l.expires_at into k.live_fence, k.lease_until from public.account_leases l
    where l.login_scope = t.login_scope and l.expires_at > k.now;
  end if;
  k.gone := case when v_kind = 'permit' then private.gone(t) end;
  k.cloud_ready := v_kind in ('answer', 'take-over') and private.is_cloud_ready(t.account_id);
  if v_kind = 'hour' and t.claimed_at is null then
    k.served_at := private.served_at(t);
  end if;
  return k;
end
$$;
