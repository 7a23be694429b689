/**
 * Forms that are not begun before the test says so: what goes wrong at a site after the look before the press is wrong by the
 * time of the press, however fast or slow the machine is.
 */
import type { WorkerContext } from "../worker-context.ts";

type HeldForms = {
  /** For `workingWorld({ change })`. */
  change(context: WorkerContext): WorkerContext;
  /** When the lists were read and the form is about to be begun. */
  read(targetId: string): Promise<void>;
  begin(targetId: string): void;
};

type Gate = { reached: PromiseWithResolvers<void>; opened: PromiseWithResolvers<void> };

export const heldForms = (): HeldForms => {
  const gates = new Map<string, Gate>();
  const gateOf = (targetId: string): Gate => {
    const gate = gates.get(targetId) ?? {
      reached: Promise.withResolvers<void>(),
      opened: Promise.withResolvers<void>(),
    };
    gates.set(targetId, gate);
    return gate;
  };
  const isFill = (name: string, { p_event: event }: Record<string, unknown>): boolean =>
    name === "posting_event" && (event as { kind: string }).kind === "fill";
  return {
    change: (context) => ({
      ...context,
      db: {
        ...context.db,
        async call<T>(name: string, args: Record<string, unknown>): Promise<T> {
          if (isFill(name, args)) {
            const { reached, opened } = gateOf(String(args["p_target_id"]));
            reached.resolve();
            await opened.promise;
          }
          return context.db.call<T>(name, args);
        },
      },
    }),
    read: (targetId) => gateOf(targetId).reached.promise,
    begin: (targetId) => gateOf(targetId).opened.resolve(),
  };
};
