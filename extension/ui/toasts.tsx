/** Short notes at the foot of the page, with at most one action (undo). Kept outside React so that anything may call. */
import { X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { Button, IconButton } from "./button.tsx";
import { text } from "./messages.ts";
import { MeaningIcon, type Meaning } from "./notices.tsx";

type Toast = { id: number; meaning: Meaning; message: string; action?: { label: string; run: () => void } };
type Listener = () => void;

const createToasts = () => {
  let list: readonly Toast[] = [];
  let next = 1;
  const listeners = new Set<Listener>();
  const set = (to: readonly Toast[]) => {
    list = to;
    listeners.forEach((tell) => tell());
  };
  return {
    show: (message: string, options: { meaning?: Meaning; action?: Toast["action"] } = {}) =>
      set([
        ...list.slice(-2),
        {
          id: next++,
          message,
          meaning: options.meaning ?? "ok",
          ...(options.action ? { action: options.action } : {}),
        },
      ]),
    close: (id: number) => set(list.filter((t) => t.id !== id)),
    subscribe: (tell: Listener) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    read: () => list,
  };
};
export const toasts = createToasts();

function Note({ toast }: { toast: Toast }) {
  useEffect(() => {
    if (toast.meaning === "failed") return;
    const timer = setTimeout(() => toasts.close(toast.id), toast.action ? 10_000 : 5_000);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <div className="animate-in pointer-events-auto flex items-center gap-2 rounded border border-line bg-raised py-2 pr-2 pl-3 shadow-pop">
      <MeaningIcon meaning={toast.meaning} />
      <span className="min-w-0 flex-1">{toast.message}</span>
      {toast.action ? (
        <Button
          small
          kind="secondary"
          onClick={() => {
            toast.action?.run();
            toasts.close(toast.id);
          }}
        >
          {toast.action.label}
        </Button>
      ) : null}
      <IconButton label={text.dismiss} onClick={() => toasts.close(toast.id)}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}

export function Toasts() {
  const list = useSyncExternalStore(toasts.subscribe, toasts.read);
  return (
    <div
      role="status"
      aria-live="polite"
      // In a narrow place the foot is where the buttons are that a person is about to press.
      className="pointer-events-none fixed left-1/2 z-[60] flex max-sm:top-3 sm:bottom-4 w-[min(440px,calc(100vw-24px))] -translate-x-1/2 flex-col gap-2"
    >
      {list.map((t) => (
        <Note key={t.id} toast={t} />
      ))}
    </div>
  );
}
