-- What there is to sell. The extension writes here through its outbox, so ids are made by the client and
-- `field_times` carries when each field was last edited (ISO strings): the newer edit of a field wins.

create table public.items (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  data jsonb not null default '{}' check (jsonb_typeof(data) = 'object' and pg_column_size(data) < 262144),
  title text not null default '' check (length(title) <= 1000),
  sku text check (length(sku) <= 200),
  field_times jsonb not null default '{}' check (jsonb_typeof(field_times) = 'object'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (id, workspace_id)
);
create index items_workspace on public.items (workspace_id, updated_at desc);
create index items_sku on public.items (workspace_id, sku) where sku is not null;
create trigger touch before update on public.items for each row execute function private.touch_updated_at();

create table public.item_photos (
  id uuid primary key default gen_random_uuid(),
  item_id uuid not null,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  position integer not null default 0 check (position between 0 and 999),
  storage_path text not null,
  width integer check (width > 0),
  height integer check (height > 0),
  mime text not null check (mime ~ '^image/[a-z0-9.+-]+$'),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes integer check (bytes >= 0),
  alt text check (length(alt) <= 1000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  -- The item must be of the same workspace, and the object is the photo's own in that workspace's folder: the worker
  -- fetches with a key that no policy holds back (core/item/photo-path.ts).
  foreign key (item_id, workspace_id) references public.items (id, workspace_id) on delete cascade,
  check (storage_path in (
    workspace_id::text || '/' || item_id::text || '/' || id::text || '.jpg',
    workspace_id::text || '/' || item_id::text || '/' || id::text || '.png',
    workspace_id::text || '/' || item_id::text || '/' || id::text || '.webp'))
);
create index item_photos_item on public.item_photos (item_id, workspace_id, position);
create index item_photos_workspace on public.item_photos (workspace_id);
create trigger touch before update on public.item_photos for each row execute function private.touch_updated_at();
