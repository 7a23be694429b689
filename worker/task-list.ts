/** Every kind of work the queue may hand out. */
import type { TaskList } from "graphile-worker";
import { removePhotos } from "./tasks/remove-photos.ts";
import { runTarget } from "./tasks/run-target.ts";
import { sweep } from "./tasks/sweep.ts";
import { runOf, type Task, type TaskName } from "./tasks/task.ts";
import { verifyAccount } from "./tasks/verify-account.ts";
import { watchAccount } from "./tasks/watch-account.ts";
import type { WorkerContext } from "./worker-context.ts";

const tasksOf = (context: WorkerContext) =>
  ({
    run_target: runTarget(context),
    verify_account: verifyAccount(context),
    watch_account: watchAccount(context),
    sweep: sweep(context),
    remove_photos: removePhotos(context),
  }) satisfies Record<TaskName, Task>;

export const taskListOf = (
  context: WorkerContext,
  replaced: Partial<Record<TaskName, Task>> = {},
): { list: TaskList; running(): number } => {
  let running = 0;
  const list: TaskList = Object.fromEntries(
    Object.entries({ ...tasksOf(context), ...replaced }).map(([name, task]) => [
      name,
      async (payload, helpers) => {
        const log = context.log.child({ task: name, job: helpers.job.id });
        running += 1;
        try {
          await task(payload, runOf(helpers, context.stopNow));
        } catch (error) {
          log.error({ err: error, attempt: helpers.job.attempts }, "task failed");
          throw error;
        } finally {
          running -= 1;
        }
      },
    ]),
  );
  return { list, running: () => running };
};
