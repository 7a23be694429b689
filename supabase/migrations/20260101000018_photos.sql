-- Photos: a private bucket, one folder per workspace: <workspace_id>/<item_id>/<photo_id>.<ext>.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('listing-photos', 'listing-photos', false, 26214400, '{image/jpeg,image/png,image/webp}')
on conflict (id) do update set public = excluded.public, file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;

-- The workspace a path lies in, null for a path of another form: a bad path is nobody's, not an error.
create function private.photo_workspace(p_name text) returns uuid
language sql immutable set search_path = ''
as $$
  select case when p_name ~ '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/){2}[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(jpg|png|webp)$'
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

-- Objects that nothing needs any more, for the worker to delete through the storage interface (deleting the row alone
-- would leave the bytes). What is kept: a photo of an item; for thirty days one that was removed, or whose item was, since
-- another device or a deleted item's undo may still bring it back; a photo named by a job that is under way or failed
-- lately; and for a day any object, because a photo is uploaded before its row is written.
create function public.worker_unused_photos(p_limit integer default 200) returns text[]
language sql stable security definer set search_path = ''
as $$
  select coalesce(array_agg(unused.name), '{}') from (
    select o.name from storage.objects o
    where o.bucket_id = 'listing-photos' and private.photo_workspace(o.name) is not null
      and o.created_at < now() - interval '1 day'
      and not exists (
        select from public.item_photos p join public.items i on i.id = p.item_id
        where p.storage_path = o.name
          and coalesce(p.deleted_at, i.deleted_at, now()) > now() - interval '30 days')
      and not exists (
        select from public.job_targets t join public.listing_jobs j on j.id = t.job_id
        where t.workspace_id = private.photo_workspace(o.name) and t.state not in ('done', 'cancelled')
          and (t.state <> 'failed' or t.updated_at > now() - interval '30 days')
          and coalesce(j.payload #> array['items', t.id::text, 'photos'], j.payload #> '{item,photos}') @> jsonb_build_array(
            jsonb_build_object('id', split_part(split_part(o.name, '/', 3), '.', 1))))
    order by o.created_at limit p_limit) as unused
$$;
grant execute on function public.worker_unused_photos(integer) to hawker_worker;
