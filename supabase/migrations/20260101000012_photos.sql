-- Photos: a private bucket, one folder per workspace: <workspace_id>/<item_id>/<photo_id>.<ext>.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('listing-photos', 'listing-photos', false, 26214400, '{image/jpeg,image/png,image/webp}')
on conflict (id) do update set public = excluded.public, file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;

-- The workspace a path lies in, null for a path of another form: a bad path is nobody's, not an error.
create function private.photo_workspace(p_name text) returns uuid
language sql immutable set search_path = ''
as $$
  select case when p_name ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9a-f-]{36}/[0-9a-f-]{36}\.(jpg|jpeg|png|webp)$'
    then split_part(p_name, '/', 1)::uuid end
$$;
grant execute on function private.photo_workspace(text) to authenticated;

do $$
begin
  -- The bucket row is seen by its members' requests only when they may see it at all.
  if not exists (select from pg_policies where schemaname = 'storage' and tablename = 'buckets'
                 and policyname = 'listing photos bucket') then
    create policy "listing photos bucket" on storage.buckets for select to authenticated using (id = 'listing-photos');
  end if;
end
$$;

create policy "listing photos: members read" on storage.objects for select to authenticated
  using (bucket_id = 'listing-photos'
    and private.photo_workspace(name) in (select private.readable_workspaces()));
create policy "listing photos: editors add" on storage.objects for insert to authenticated
  with check (bucket_id = 'listing-photos'
    and private.photo_workspace(name) in (select private.editable_workspaces()));
create policy "listing photos: editors replace" on storage.objects for update to authenticated
  using (bucket_id = 'listing-photos' and private.photo_workspace(name) in (select private.editable_workspaces()))
  with check (bucket_id = 'listing-photos' and private.photo_workspace(name) in (select private.editable_workspaces()));
create policy "listing photos: editors remove" on storage.objects for delete to authenticated
  using (bucket_id = 'listing-photos' and private.photo_workspace(name) in (select private.editable_workspaces()));
