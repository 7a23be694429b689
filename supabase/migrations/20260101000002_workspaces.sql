-- Who owns everything: a workspace, its members and their roles. One personal workspace per person, made at sign-up.

create table public.workspaces (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 120),
  personal boolean not null default false,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now()
);
create unique index workspaces_one_personal on public.workspaces (created_by) where personal;
create index workspaces_created_by on public.workspaces (created_by);

create table public.workspace_members (
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  role text not null check (role in ('owner', 'admin', 'operator', 'viewer')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, user_id)
);
create index workspace_members_user on public.workspace_members (user_id, workspace_id) include (role);

-- The workspaces a person belongs to, at one of the given roles. Policies use it as
-- `workspace_id in (select private.my_workspaces('{...}'))`: evaluated once per statement, not once per row.
create function private.my_workspaces(p_roles text[]) returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select m.workspace_id from public.workspace_members m
  where m.user_id = (select auth.uid()) and m.role = any (p_roles)
$$;

create function private.readable_workspaces() returns setof uuid
language sql stable security definer set search_path = ''
as $$ select private.my_workspaces('{viewer,operator,admin,owner}') $$;

create function private.editable_workspaces() returns setof uuid
language sql stable security definer set search_path = ''
as $$ select private.my_workspaces('{operator,admin,owner}') $$;

create function private.managed_workspaces() returns setof uuid
language sql stable security definer set search_path = ''
as $$ select private.my_workspaces('{admin,owner}') $$;

create function private.is_member(p_workspace_id uuid, p_roles text[]) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (
    select from public.workspace_members m
    where m.workspace_id = p_workspace_id and m.user_id = (select auth.uid()) and m.role = any (p_roles)
  )
$$;

create function private.personal_workspace() returns uuid
language sql stable security definer set search_path = ''
as $$ select w.id from public.workspaces w where w.personal and w.created_by = (select auth.uid()) $$;

create function private.create_personal_workspace() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_id uuid;
begin
  insert into public.workspaces (name, personal, created_by)
  values (coalesce(nullif(left(split_part(coalesce(new.email, ''), '@', 1), 100), ''), 'My workspace'), true, new.id)
  returning id into v_id;
  insert into public.workspace_members (workspace_id, user_id, role) values (v_id, new.id, 'owner');
  return new;
end
$$;

create trigger hawker_personal_workspace
after insert on auth.users for each row execute function private.create_personal_workspace();

-- A workspace without an owner could never be managed again.
create function private.keep_an_owner() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if old.role = 'owner'
     and exists (select from public.workspaces w where w.id = old.workspace_id)
     and exists (select from auth.users u where u.id = old.user_id)
     and not exists (
       select from public.workspace_members m
       where m.workspace_id = old.workspace_id and m.role = 'owner'
         and not (m.user_id = old.user_id)
     )
     and (tg_op = 'DELETE' or new.role <> 'owner') then
    perform private.refuse('HK409', 'the last owner of a workspace cannot leave it',
      'Make another member an owner first.');
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger keep_an_owner before update or delete on public.workspace_members
for each row execute function private.keep_an_owner();

grant execute on function private.my_workspaces(text[]), private.readable_workspaces(), private.editable_workspaces(),
  private.managed_workspaces(), private.is_member(uuid, text[]), private.personal_workspace() to authenticated;
