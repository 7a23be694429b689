/** Where a target's photos are, by the ids its job names. */
import type { Database } from "./database.ts";

export type StoredPhoto = { id: string; path: string; sha256: string | null };

/** In the order of `photoIds`; only photos of this workspace, so a job cannot send somebody else's. */
export const storedPhotos = async (
  db: Database,
  workspaceId: string,
  photoIds: readonly string[],
): Promise<Map<string, StoredPhoto>> => {
  const rows = await db.rows<{ id: string; storage_path: string; sha256: string | null }>(
    "select id, storage_path, sha256 from public.item_photos where id = any($1::uuid[]) and workspace_id = $2 and deleted_at is null",
    [photoIds, workspaceId],
  );
  return new Map(rows.map((row) => [row.id, { id: row.id, path: row.storage_path, sha256: row.sha256 }]));
};
