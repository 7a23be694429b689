/** Deletes stored photos that nothing needs any more. Which those are, the database says. */
import type { WorkerContext } from "../worker-context.ts";
import type { Task } from "./task.ts";

const AT_ONCE = 200;

export const removePhotos =
  (context: Pick<WorkerContext, "db" | "log" | "photos">): Task =>
  async (_payload, { signal }) => {
    const removed = new Set<string>();
    for (;;) {
      signal.throwIfAborted();
      const unused = await context.db.call<string[]>("worker_unused_photos", { p_limit: AT_ONCE });
      if (unused.length === 0) break;
      if (unused.some((path) => removed.has(path)))
        throw new Error("Storage says it removed photos that are still there.");
      await context.photos.remove(unused);
      for (const path of unused) removed.add(path);
    }
    if (removed.size > 0)
      context.log.info({ removed: removed.size }, "photos that nothing needed were removed");
  };
